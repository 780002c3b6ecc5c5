"""Reasons for Review: code, sentence and resolution of each.

Rules name a reason by its code and add parameters (`doubt`): dates as ISO texts, ids unchanged. The sentence is
formatted where it is shown or stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.vocabulary.coverage import COVERED_FORMATS
from core.vocabulary.marketplaces import REGIONS

SEPARATOR = "\x1f"
"""Between a reason's code and its parameters; SQL writes it as e'\\x1f'."""


@dataclass(frozen=True)
class ReviewReason:
    """One reason. `sentence` names its parameters in braces, in their order in `parameters`."""

    code: str
    sentence: str
    resolved_by: str
    parameters: tuple[str, ...] = ()


GAP = ("report_format", "region", "first", "last")
"""The parameters of a gap: days for which a report is not known to be whole. An empty first or last day means an open
end.
"""

_SYNC = "Sync the report for those days, or state that it is whole for them (--covers)."
_MORE_REPORTS = "Sync the report that says it."
_LOOK = "A person looks at the order in the marketplace."
_PREVIEW = "Sync a fee preview of the days of the charge, or look at the fee in the marketplace."


def _gap(code: str, consequence: str) -> ReviewReason:
    return ReviewReason(code, f"{{gap}}, so {consequence}.", _SYNC, GAP)


_ALL = (
    # of any category
    ReviewReason(
        "marketplace_unknown",
        "The marketplace is not known.",
        "Sync the orders report, or sync the file again with --marketplace.",
    ),
    ReviewReason(
        "clock_unknown",
        "No report and no delivery file gives the date from which the claim window runs.",
        "Take in a delivery file, or the report that has the date.",
    ),
    ReviewReason(
        "window_unknown",
        "No rule is known for the claim window on this date.",
        "A rule in core/claim_windows/windows.toml.",
    ),
    ReviewReason(
        "window_unconfirmed",
        "The claim window of this marketplace is unconfirmed.",
        "Look the window up in the marketplace; a confirmed rule in windows.toml.",
    ),
    ReviewReason(
        "window_contradicted",
        "Sources differ on whether the claim window is still open.",
        "Look the window up in the marketplace before filing.",
    ),
    ReviewReason(
        "not_worth_claiming",
        "By the prices and fees in the reports, a unit is worth nothing.",
        "A sourcing cost or a price for the SKU.",
    ),
    _gap("payments_not_covered", "it may have been paid unseen"),
    ReviewReason(
        "may_be_paid",
        "The payment {payment} of {paid_on} ({reason}) may be for it.",
        "Look up in the marketplace what the payment was for.",
        ("payment", "paid_on", "reason"),
    ),
    ReviewReason(
        "cash_not_reported",
        "{document} shows cash of {paid_on} ({reason}) that the reimbursements report does not have; it may be for it.",
        "Sync the reimbursements of that time.",
        ("document", "paid_on", "reason"),
    ),
    ReviewReason(
        "paid_in_part",
        "It was paid in part: look at whether the rest is still owed.",
        "Look at the payment in the marketplace.",
    ),
    ReviewReason(
        "payment_units_unknown",
        "The payment {payment} of {paid_on} does not say for how many units it is.",
        "Look up in the marketplace how many units were paid.",
        ("payment", "paid_on"),
    ),
    ReviewReason(
        "may_be_in_case",
        "The case {case} names these goods and may be for it.",
        "Look up what the case was filed for.",
        ("case",),
    ),
    ReviewReason(
        "case_denied",
        "The case {case} about the order was denied.",
        "Look up what was denied before asking again.",
        ("case",),
    ),
    ReviewReason(
        "may_be_found",
        "Units of the same goods were found on {found_on} beyond what was lost; these may be among them.",
        "Look the goods up in the inventory ledger.",
        ("found_on",),
    ),
    ReviewReason(
        "same_unit_elsewhere",
        "It may be the unit that is counted under {category} on {on}.",
        "Look the goods up in the inventory ledger: one unit is owed once.",
        ("category", "on"),
    ),
    # the warehouse
    ReviewReason(
        "unsellable_before",
        "The unit was unsellable before it was damaged, so its value is doubtful.",
        "A person decides whether it is worth a claim.",
    ),
    ReviewReason(
        "unsellable_lost",
        "The unit was not sellable ({disposition}) when it was lost.",
        "A person looks whether the unit was eligible.",
        ("disposition",),
    ),
    ReviewReason(
        "found_damaged",
        "Units were found on {on} as damaged: the marketplace may owe them still, as damaged.",
        "Look the goods up in the inventory ledger.",
        ("on",),
    ),
    ReviewReason(
        "sellable_again",
        "Units were graded sellable again on {on}; these may be among them.",
        "Look the goods up in the inventory ledger.",
        ("on",),
    ),
    ReviewReason(
        "awaits_removal",
        "A removal or disposal of the goods was ordered on {on} and not finished; these units may be of it.",
        "Sync the removal orders once the order is finished.",
        ("on",),
    ),
    ReviewReason(
        "unsellable_disposed",
        "The units were unsellable: Amazon may have paid for them before, or may dispose of them unasked.",
        "A person looks at how they became unsellable.",
    ),
    _gap("finds_not_covered", "the units may have been found unseen"),
    _gap("removal_orders_not_covered", "an order to dispose of the units may be missing"),
    ReviewReason(
        "disposal_order_unknown",
        "No report of Walmart says who ordered the disposal of the units.",
        "Ask the seller whether the disposal was ordered.",
    ),
    # of orders, refunds and what came back
    ReviewReason("refund_kind_unknown", "The report does not say what kind of refund it was.", _LOOK),
    ReviewReason(
        "fulfilment_unknown", "No report says that the marketplace fulfilled the order.", "Sync the orders report."
    ),
    ReviewReason(
        "sale_unknown",
        "No report shows the sale, so whether the whole price was refunded is not known.",
        "Sync the settlement or the orders of the sale.",
    ),
    ReviewReason(
        "refund_units_unknown",
        "The refund is not the price of whole units, so how many were refunded is not known.",
        _LOOK,
    ),
    ReviewReason(
        "refunded_in_parts",
        "The price was refunded in parts on several days.",
        _LOOK,
    ),
    ReviewReason(
        "currencies_differ",
        "The order was charged and refunded in different currencies.",
        _LOOK,
    ),
    ReviewReason(
        "guarantee_decided",
        "The refund is a claim or chargeback that was decided against the seller.",
        _LOOK,
    ),
    ReviewReason(
        "refunded_twice",
        "A guarantee claim or chargeback came on top of a refund.",
        _LOOK,
    ),
    ReviewReason(
        "charged_again",
        "The buyer was charged again for the goods.",
        _LOOK,
    ),
    ReviewReason(
        "fault_unknown",
        "No report says why the goods were returned, so whose fault it was is not known.",
        "Sync Walmart's returns report.",
    ),
    ReviewReason(
        "marketplace_fault",
        "It came back, and the return was the marketplace's fault: the refund may be its to bear.",
        _LOOK,
    ),
    ReviewReason("other_goods_back", "Other goods than those sold came back under the order.", "Look at the return."),
    ReviewReason(
        "sibling_back",
        "Other goods of the order came back without a refund of their own.",
        "Look at the return: it may be booked under another SKU.",
    ),
    ReviewReason(
        "return_says_paid",
        "The returns report says that the unit was reimbursed.",
        "Sync the reimbursements of that time.",
    ),
    ReviewReason(
        "return_arrival_unknown",
        "The return is completed, and no report says whether the goods arrived.",
        "Sync Walmart's returns again, or look at the return's tracking.",
    ),
    _gap("returns_not_covered", "the goods may have come back unseen"),
    ReviewReason(
        "may_still_come_back",
        "The customer can send the goods back until {until}, when it is too late to claim.",
        "Wait, or file before the window closes.",
        ("until",),
    ),
    ReviewReason(
        "refund_not_seen",
        "No report shows a refund for the return, so its claim window is counted from the return.",
        "Sync the settlement of the refund.",
    ),
    ReviewReason(
        "charge_incomplete",
        "The settlements do not show the charge for all units that were ordered.",
        "Sync the settlements since the order.",
    ),
    _gap("charges_not_covered", "a part of the charge may be unseen"),
    # shipments and removals
    ReviewReason(
        "shipment_state_unknown",
        "No report says whether the shipment is closed or was cancelled.",
        "Sync the inbound shipments.",
    ),
    ReviewReason(
        "receipts_unknown", "No report says how many units of it were received.", "Sync the inbound shipment items."
    ),
    ReviewReason(
        "delivery_contradicted",
        "The delivery file says that the shipment arrived, and the marketplace that it is still on its way.",
        "Check the delivery, or sync the inbound shipments again.",
    ),
    ReviewReason(
        "delivery_after_receipt",
        "The delivery date is after the first receipt.",
        "Correct the delivery file.",
    ),
    ReviewReason(
        "over_in_shipment",
        "More units than were sent arrived of another product of the shipment; these may be among them.",
        "Look at the shipment's contents in the marketplace.",
    ),
    ReviewReason(
        "over_in_other_shipment",
        "More units of the goods than were sent arrived with shipment {shipment}; these may be among them.",
        "Look at both shipments in the marketplace.",
        ("shipment",),
    ),
    ReviewReason(
        "shipment_behind",
        "The shipment as a whole counts more units as received than its products do.",
        "Sync the inbound shipment items again.",
    ),
    _gap("receipts_not_covered", "units that were received since may be missing here"),
    ReviewReason(
        "removal_arrival_unknown",
        "No report says whether the removal arrived.",
        "Take in a delivery file, or look at the parcel's tracking.",
    ),
    # fees
    ReviewReason("preview_undated", "The day of the fee preview is not known.", "Sync it with --exported-on."),
    ReviewReason("preview_too_far", "The fee preview is too far from the day of the charge.", _PREVIEW),
    ReviewReason("fees_changed", "The fees changed between the charge and the fee preview.", _PREVIEW),
    ReviewReason(
        "peak_season",
        "The charge may include a surcharge of the peak season, which the fee preview lacks.",
        _PREVIEW,
    ),
    ReviewReason(
        "preview_marketplace_unknown", "The fee preview does not name its marketplace.", "Sync it with --marketplace."
    ),
    ReviewReason(
        "may_be_sent_from_us",
        "The order may have been sent from the United States, at another fee.",
        _LOOK,
    ),
    ReviewReason(
        "may_be_sent_from_abroad", "The order may have been sent from another country, at another fee.", _LOOK
    ),
    ReviewReason("fee_tax", "The difference is what tax on the fee would be.", "Look at the invoice of the fees."),
    ReviewReason(
        "fee_given_back_in_part",
        "A part of the order was refunded, and a part of the fee given back with it.",
        _LOOK,
    ),
    ReviewReason("previews_contradict", "Two fee previews have different rates.", _PREVIEW),
    ReviewReason(
        "rate_by_price",
        "The rate depends on the price, and the goods were sold at another price than previewed.",
        _PREVIEW,
    ),
    ReviewReason(
        "price_tier",
        "The goods were sold at a higher price than previewed, at which another rate may hold.",
        _PREVIEW,
    ),
    ReviewReason(
        "fee_by_price",
        "The goods were sold at another price than previewed, at which another fulfilment fee may hold.",
        _PREVIEW,
    ),
)

REVIEW_REASONS: dict[str, ReviewReason] = {reason.code: reason for reason in _ALL}
"""Every reason by its code."""


def doubt(code: str, *parameters: str) -> str:
    """A reason with its parameters, as rules hand it on."""
    return SEPARATOR.join((code, *parameters))


def code_of(encoded: str) -> str:
    """The reason's code of a doubt."""
    return encoded.partition(SEPARATOR)[0]


def parameters_of(encoded: str) -> dict[str, str]:
    """The parameters of a doubt, by their names."""
    code, *values = encoded.split(SEPARATOR)
    return dict(zip(REVIEW_REASONS[code].parameters, values, strict=True))


def sentence_of(encoded: str) -> str:
    """A doubt as a sentence, with ISO dates."""
    parameters = parameters_of(encoded)
    if "first" in parameters:
        parameters["gap"] = _gap_in_words(**parameters)
    return REVIEW_REASONS[code_of(encoded)].sentence.format(**parameters)


def _gap_in_words(report_format: str, region: str, first: str, last: str) -> str:
    report = f"The {COVERED_FORMATS[report_format].label}"
    if region in REGIONS:
        report += f" of {REGIONS[region]}"
    if not first and not last:
        return f"{report} is not there"
    if not first:
        return f"{report} is not known to be whole before {_day_after(last)}"
    if not last:
        return f"{report} is not known to be whole after {_day_after(first, -1)}"
    return f"{report} is not known to be whole from {first} to {last}"


def _day_after(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def first_reason(doubts: Sequence[str]) -> str | None:
    """What is said of units that are in Review for some reasons, the most important first."""
    return sentence_of(doubts[0]) if doubts else None
