"""Categories: the kinds of events for which money can be owed."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.vocabulary.marketplaces import Channel


class CategoryGroup(StrEnum):
    """A group of categories, as the pages list them."""

    INVENTORY = "inventory_issues"
    RETURNS = "customer_returns"
    SHIPMENTS = "shipment_errors"
    FEES = "overcharged_fees"
    REMOVALS = "removals"
    OTHER = "other"


GROUPS: dict[CategoryGroup, str] = {
    CategoryGroup.INVENTORY: "Inventory issues",
    CategoryGroup.RETURNS: "Customer returns",
    CategoryGroup.SHIPMENTS: "Shipment errors",
    CategoryGroup.FEES: "Overcharged fees",
    CategoryGroup.REMOVALS: "Removals",
    CategoryGroup.OTHER: "Other",
}
"""Label of each group, in the order in which lists show them."""

AUTOMATIC_PAYMENT = timedelta(days=7)
"""Days after an event within which an automatic payment may still arrive.

Amazon: 4–5 business days, and up to 5 days until the report shows it (help G4FKT5KQWFFJ7LDN and 200732720).
"""


@dataclass(frozen=True)
class Category:
    """One kind of event for which a reimbursement may be owed.

    `paid_automatically_by` are the channels that pay this kind without a claim in almost all cases, so that a fresh
    event is not yet ready to claim. `is_after_order`: it affects goods that a customer had ordered, which are worth
    their sale price less fees instead of their sourcing cost. `is_of_money`: an amount is owed instead of units, so a
    payment settles it by money.
    """

    code: str
    label: str
    group: CategoryGroup
    meaning: str
    channels: tuple[Channel, ...]
    paid_automatically_by: tuple[Channel, ...] = ()
    is_after_order: bool = False
    is_of_money: bool = False


_BOTH = (Channel.AMAZON, Channel.WALMART)
_AMAZON = (Channel.AMAZON,)

_ALL = (
    Category(
        "inventory_lost",
        "Inventory lost",
        CategoryGroup.INVENTORY,
        "Units reported lost in the warehouse and neither found nor paid.",
        _BOTH,
        _AMAZON,
    ),
    Category(
        "inventory_damaged",
        "Inventory damaged",
        CategoryGroup.INVENTORY,
        "Units that the marketplace damaged in its warehouse.",
        _BOTH,
        _AMAZON,
    ),
    Category(
        "inventory_destroyed",
        "Inventory destroyed",
        CategoryGroup.INVENTORY,
        "Units disposed of without an order.",
        _BOTH,
        _AMAZON,
    ),
    Category(
        "return_lost",
        "Return lost",
        CategoryGroup.RETURNS,
        "The customer was refunded and the goods never came back.",
        _BOTH,
        _AMAZON,
        is_after_order=True,
    ),
    Category(
        "replacement_lost",
        "Replacement lost",
        CategoryGroup.RETURNS,
        "A replacement was sent and the original never came back.",
        _BOTH,
        _AMAZON,
        is_after_order=True,
    ),
    Category(
        "return_carrier_damaged",
        "Return damaged by carrier",
        CategoryGroup.RETURNS,
        "The goods came back damaged by the carrier or by the marketplace.",
        _BOTH,
        _AMAZON,
        is_after_order=True,
    ),
    Category(
        "refunded_more",
        "Refunded more",
        CategoryGroup.RETURNS,
        "More was refunded than was charged for the goods.",
        _BOTH,
        _AMAZON,
        is_after_order=True,
        is_of_money=True,
    ),
    Category(
        "return_delayed",
        "Delayed return",
        CategoryGroup.RETURNS,
        "The goods came back after the customer's last day to return them.",
        _BOTH,
        _AMAZON,
        is_after_order=True,
    ),
    Category(
        "shipment_lost",
        "Shipment lost",
        CategoryGroup.SHIPMENTS,
        "Units shipped to the marketplace and not received.",
        _BOTH,
    ),
    Category(
        "shipment_damaged",
        "Shipment damaged",
        CategoryGroup.SHIPMENTS,
        "Units that were received damaged.",
        _BOTH,
    ),
    Category(
        "referral_fee_overcharge",
        "Referral fee overcharged",
        CategoryGroup.FEES,
        "A commission above the rate in force for the goods on that day.",
        _BOTH,
        is_after_order=True,
        is_of_money=True,
    ),
    Category(
        "fulfilment_fee_overcharge",
        "Fulfilment fee overcharged",
        CategoryGroup.FEES,
        "A fulfilment fee above the one for the goods' weight and dimensions.",
        _AMAZON,
        is_after_order=True,
        is_of_money=True,
    ),
    Category(
        "removal_lost",
        "Removal lost",
        CategoryGroup.REMOVALS,
        "Units that left the warehouse on a removal and never arrived.",
        _AMAZON,
    ),
    Category(
        "removal_damaged",
        "Removal damaged",
        CategoryGroup.REMOVALS,
        "Units of a removal that arrived damaged.",
        _AMAZON,
    ),
    Category(
        "other",
        "Other",
        CategoryGroup.OTHER,
        "Paid for a reason of no category: stored unchanged, never guessed.",
        _BOTH,
    ),
)

CATEGORIES: dict[str, Category] = {entry.code: entry for entry in _ALL}
"""Every category by its code, in the order in which lists show them."""
