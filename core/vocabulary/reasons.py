"""The marketplaces' reason codes and their meanings. An unknown code is stored unchanged and never becomes money.

Amazon's ledger codes: official help G4FKT5KQWFFJ7LDN. Amazon publishes no list of reimbursement reasons, and Walmart
none of its inventory log's codes: those below were seen in reports or in public code and its issues, so they are
compared folded (`fold`; `Lost_Outbound` and `Lost:Outbound` agree). A reason that does not concern goods is `other`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from core.vocabulary.marketplaces import Channel

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NOT_COMPARED = re.compile("[^0-9A-Za-z]+")

Meaning = Literal["lost", "found", "damaged", "disposed", "not_money"]


def fold(text: str) -> str:
    """A text folded for comparison of codes and headers: lower case, ASCII letters and digits only (`Lost_Warehouse`
    and `lost warehouse` agree). Same as `derived.fold` in SQL, independent of the server's locale.
    """
    return _NOT_COMPARED.sub("", text).lower()


def reason_in_words(code: str) -> str:
    """A code for people: `Lost_Warehouse` is `Lost warehouse`, `WFS LostInventory` is `WFS lost inventory`."""
    parts = _WORDS.findall(code)
    if not parts:
        return code
    is_loud = code.isupper()
    words = " ".join(part if part.isupper() and not is_loud else part.lower() for part in parts)
    return words[0].upper() + words[1:]


@dataclass(frozen=True)
class AdjustmentReason:
    """The meaning of a reason code of an inventory adjustment.

    `sign` is the sign of the quantity for which the meaning applies (a lost unit leaves, a found one comes back);
    `doubt` is the reason for Review (core.vocabulary.review_reasons) of such an event, or empty.
    """

    channel: Channel
    code: str
    meaning: Meaning
    sign: Literal[-1, 0, 1]
    label: str
    doubt: str = ""


_UNSELLABLE = "unsellable_before"


def _amazon(code: str, meaning: Meaning, sign: Literal[-1, 0, 1], label: str, doubt: str = "") -> AdjustmentReason:
    return AdjustmentReason(Channel.AMAZON, code, meaning, sign, label, doubt)


def _walmart(code: str, meaning: Meaning, sign: Literal[-1, 0, 1], label: str) -> AdjustmentReason:
    return AdjustmentReason(Channel.WALMART, code, meaning, sign, label)


ADJUSTMENT_REASONS: tuple[AdjustmentReason, ...] = (
    _amazon("M", "lost", -1, "Misplaced"),
    _amazon("5", "lost", -1, "Misplaced"),
    _amazon("F", "found", 1, "Found"),
    _amazon("N", "found", 1, "Found, or transferred as the result of a reimbursement"),
    _amazon("E", "damaged", -1, "Damaged in the warehouse, was sellable"),
    _amazon("6", "damaged", -1, "Damaged in the warehouse, was damaged by the carrier"),
    _amazon("7", "damaged", -1, "Damaged in the warehouse, was expired", _UNSELLABLE),
    _amazon("H", "damaged", -1, "Damaged in the warehouse, was damaged by a customer", _UNSELLABLE),
    _amazon("K", "damaged", -1, "Damaged in the warehouse, was defective", _UNSELLABLE),
    _amazon("U", "damaged", -1, "Damaged in the warehouse, was damaged by the distributor", _UNSELLABLE),
    _amazon("P", "not_money", 0, "Changed disposition, in"),
    _amazon("Q", "not_money", 0, "Changed disposition, out"),
    _amazon("D", "disposed", -1, "Disposed of"),
    _amazon("G", "not_money", 0, "Donated"),
    _amazon("3", "not_money", 0, "Product redefined, out"),
    _amazon("4", "not_money", 0, "Product redefined, in"),
    _amazon("O", "not_money", 0, "Ownership corrected"),
    _walmart("SIP", "not_money", 0, "Shipped to a customer"),
    _walmart("LOST", "lost", -1, "Lost in the warehouse"),
    _walmart("MISSING", "lost", -1, "Missing in the warehouse"),
    _walmart("MISPLACED", "lost", -1, "Misplaced in the warehouse"),
    _walmart("LOSTINVENTORY", "lost", -1, "Lost inventory"),
    _walmart("LOSTINWAREHOUSE", "lost", -1, "Lost in the warehouse"),
    _walmart("INVENTORYLOST", "lost", -1, "Lost inventory"),
    _walmart("FOUND", "found", 1, "Found in the warehouse"),
    _walmart("FOUNDINVENTORY", "found", 1, "Found inventory"),
    _walmart("FOUNDINWAREHOUSE", "found", 1, "Found in the warehouse"),
    _walmart("INVENTORYFOUND", "found", 1, "Found inventory"),
    _walmart("DAMAGED", "damaged", -1, "Damaged in the warehouse"),
    _walmart("DAMAGE", "damaged", -1, "Damaged in the warehouse"),
    _walmart("DAMAGEDINWAREHOUSE", "damaged", -1, "Damaged in the warehouse"),
    _walmart("DAMAGEINWAREHOUSE", "damaged", -1, "Damaged in the warehouse"),
    _walmart("WAREHOUSEDAMAGE", "damaged", -1, "Damaged in the warehouse"),
    _walmart("INVENTORYDAMAGED", "damaged", -1, "Damaged inventory"),
    _walmart("DISPOSED", "disposed", -1, "Disposed of"),
    _walmart("DISPOSAL", "disposed", -1, "Disposed of"),
    _walmart("DESTROYED", "disposed", -1, "Destroyed"),
    _walmart("INVENTORYDISPOSED", "disposed", -1, "Disposed inventory"),
    _walmart("INVENTORYDISPOSAL", "disposed", -1, "Disposed inventory"),
    _walmart("INVENTORYDESTROYED", "disposed", -1, "Destroyed inventory"),
    _walmart("DISPOSEDINWAREHOUSE", "disposed", -1, "Disposed of in the warehouse"),
    _walmart("DESTROYEDINWAREHOUSE", "disposed", -1, "Destroyed in the warehouse"),
)
"""Reason codes of inventory adjustments. Walmart's are matched by code, else by description, both folded."""


@dataclass(frozen=True)
class PaymentReason:
    """The category that a reimbursement's reason pays for; `is_take_back` marks reasons used only for reversals.

    `also` are other categories that the same reason pays for: the marketplaces use one word for several kinds. A
    payment that matches no event is shown under `category`.
    """

    channel: Channel
    reason: str
    category: str
    is_take_back: bool = False
    also: tuple[str, ...] = ()


def _pays(channel: Channel, category: str, *reasons: str, also: tuple[str, ...] = ()) -> tuple[PaymentReason, ...]:
    return tuple(PaymentReason(channel, reason, category, also=also) for reason in reasons)


_RETURNS = ("return_lost", "return_carrier_damaged", "return_delayed", "replacement_lost", "refunded_more")


PAYMENT_REASONS: tuple[PaymentReason, ...] = (
    *_pays(
        Channel.AMAZON,
        "inventory_lost",
        "Lost_Warehouse",
        "WAREHOUSE_LOST",
        "WAREHOUSE_LOST_MANUAL",
        "MISSING_FROM_INVENTORY",
    ),
    *_pays(
        Channel.AMAZON,
        "inventory_damaged",
        "Damaged_Warehouse",
        "WAREHOUSE_DAMAGE",
        "WAREHOUSE_DAMAGE_EXCEPTION",
    ),
    *_pays(
        Channel.AMAZON,
        "return_lost",
        "CustomerReturn",
        "CustomerServiceIssue",
        "Reversal_Reimbursement",
        "CS_ERROR_ITEMS",
        "CRETURN_WRONG_ITEM",
        "ReturnAdjustment",
        "Lost_Outbound",
        "Damaged_Outbound",
        also=_RETURNS[1:],
    ),
    *_pays(Channel.AMAZON, "replacement_lost", "Free_Replacement_Refund_Items", also=("return_lost",)),
    *_pays(Channel.AMAZON, "shipment_lost", "Lost_Inbound", "MISSING_FROM_INBOUND"),
    *_pays(Channel.AMAZON, "shipment_damaged", "Damaged_Inbound", "INBOUND_CARRIER_DAMAGE"),
    *_pays(Channel.AMAZON, "removal_lost", "Removal_Order_Lost"),
    *_pays(Channel.AMAZON, "removal_damaged", "Removal_Order_Damaged"),
    *_pays(
        Channel.AMAZON,
        "fulfilment_fee_overcharge",
        "Fee_Correction",
        "INCORRECT_FEES_ITEMS",
        "INCORRECT_FEES_NON_ITEMIZED",
        "WEIGHT_AND_DIMENSIONS_CHANGE",
        also=("referral_fee_overcharge",),
    ),
    *_pays(
        Channel.AMAZON,
        "other",
        "RE_EVALUATION",
        "MULTICHANNEL_ORDER_LOST",
        "MULTICHANNEL_ORDER_DAMAGED",
        "MULTICHANNEL_ORDER_LATE",
        "GeneralAdjustment",
        "CARRIER_DAMAGED_DISCARD",
        "EXCESSIVE_LIABILITY",
        "LIQUIDATIONS_ADJUSTMENTS",
        "REIMBURSEMENT_FOR_RETURN_SHIPPING",
    ),
    PaymentReason(Channel.AMAZON, "COMPENSATED_CLAWBACK", "other", is_take_back=True),
    PaymentReason(Channel.AMAZON, "MISSING_FROM_INBOUND_CLAWBACK", "shipment_lost", is_take_back=True),
    PaymentReason(Channel.AMAZON, "PAYMENT_RETRACTION_ITEMS", "other", is_take_back=True),
    *_pays(Channel.WALMART, "inventory_lost", "WFS LostInventory"),
    *_pays(Channel.WALMART, "inventory_damaged", "WFS DamageInWarehouse"),
    PaymentReason(Channel.WALMART, "WFS FoundInventory", "inventory_lost", is_take_back=True),
)
"""Reasons for which money is paid or taken back. The sign decides which, never the reason."""
