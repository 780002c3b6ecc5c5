"""The reports that Recoup reads: label, channel and purpose of each.

loaders/formats declares how each is read, by the same codes.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.vocabulary.marketplaces import Channel


class Rhythm(StrEnum):
    """How often a report has rows, which determines how long it may be quiet before a file is missing.

    A `DOCUMENT` follows the previous one without a gap; `DAILY` is quiet for a week at most; `NOW_AND_THEN` for a
    multiple of its rows' mean distance; a `STATE` has no days to miss.
    """

    DOCUMENT = "document"
    DAILY = "daily"
    NOW_AND_THEN = "now and then"
    STATE = "state"


@dataclass(frozen=True)
class Report:
    """One report. `channel` is None for Recoup's own files.

    Without a report that `is_needed`, some events of a connected marketplace stay undetected. A report with `of_team`
    is imported by the reimbursement team only. Data that end more than `stale_after` days ago are stale; None: never.
    """

    code: str
    label: str
    channel: Channel | None
    what_for: str
    is_needed: bool = False
    of_team: bool = False
    stale_after: int | None = 14
    rhythm: Rhythm = Rhythm.NOW_AND_THEN

    @property
    def short(self) -> str:
        """The label for the head of a narrow column: `Returns`, `W. returns` of Walmart."""
        return _SHORT.get(self.code) or self.label


_AMAZON, _WALMART = Channel.AMAZON, Channel.WALMART
_PERIOD = 35
"""Days after which a settlement report is stale: periods have two weeks, and reports lag some days."""

_SHORT = {
    "amazon_reimbursements": "Reimbursements",
    "amazon_ledger_detail": "Ledger",
    "amazon_ledger_summary": "Ledger sums",
    "amazon_adjustments_legacy": "Adjustments",
    "amazon_customer_returns": "Returns",
    "amazon_replacements": "Replacements",
    "amazon_removal_orders": "Removals",
    "amazon_removal_shipments": "Rem. shipments",
    "amazon_settlement_v2": "Settlements",
    "amazon_settlement_v1": "Settlements V1",
    "amazon_finances": "Transactions",
    "amazon_orders": "Orders",
    "amazon_customer_shipments": "Shipments",
    "amazon_fee_preview": "Fees",
    "amazon_referral_fee_preview": "Referral fees",
    "amazon_inbound_shipments": "Inbound",
    "amazon_inbound_items": "Inbound items",
    "walmart_reconciliation": "W. reconciliation",
    "walmart_inventory_log": "W. inventory",
    "walmart_inbound_shipments": "W. inbound",
    "walmart_inbound_items": "W. inbound items",
    "walmart_returns": "W. returns",
    "cases": "Cases",
    "sourcing_costs": "Sourcing costs",
    "shipment_deliveries": "Deliveries",
}
"""Labels for heads of narrow columns, beside the long ones on hover."""

_ALL = (
    Report(
        "amazon_reimbursements",
        "Amazon FBA reimbursements",
        _AMAZON,
        "What Amazon paid and took back: everything that counts as Claimed.",
        is_needed=True,
    ),
    Report(
        "amazon_ledger_detail",
        "Amazon inventory ledger, detailed view",
        _AMAZON,
        "Each movement in the warehouses: inventory lost, damaged and destroyed.",
        is_needed=True,
        rhythm=Rhythm.DAILY,
    ),
    Report(
        "amazon_ledger_summary",
        "Amazon inventory ledger, summary view",
        _AMAZON,
        "Daily sums of the movements, a control of the detailed view.",
        rhythm=Rhythm.DAILY,
    ),
    Report(
        "amazon_adjustments_legacy",
        "Amazon inventory adjustments, until 2023",
        _AMAZON,
        "Units lost, damaged and found before there was a ledger.",
        stale_after=None,
    ),
    Report(
        "amazon_customer_returns",
        "Amazon FBA customer returns",
        _AMAZON,
        "Customers' returns and their condition: all categories of returns.",
        is_needed=True,
    ),
    Report(
        "amazon_replacements",
        "Amazon FBA replacements",
        _AMAZON,
        "Replacements: those whose original did not come back.",
        is_needed=True,
    ),
    Report(
        "amazon_removal_orders",
        "Amazon removal orders",
        _AMAZON,
        "Orders to send goods back or dispose of them: removals, inventory destroyed.",
        is_needed=True,
    ),
    Report(
        "amazon_removal_shipments",
        "Amazon removal shipments",
        _AMAZON,
        "The parcels of removals: removals lost and damaged.",
        is_needed=True,
    ),
    Report(
        "amazon_settlement_v2",
        "Amazon settlement report, V2",
        _AMAZON,
        "Refunds and charges: returns and overcharged fees.",
        is_needed=True,
        stale_after=_PERIOD,
        rhythm=Rhythm.DOCUMENT,
    ),
    Report(
        "amazon_settlement_v1",
        "Amazon settlement report, V1",
        _AMAZON,
        "Settlements of the older layout, which ended in 2026.",
        stale_after=None,
        rhythm=Rhythm.DOCUMENT,
    ),
    Report(
        "amazon_finances",
        "Amazon transactions",
        _AMAZON,
        "Amounts of a settlement before it is closed.",
        rhythm=Rhythm.DAILY,
    ),
    Report(
        "amazon_orders",
        "Amazon orders, by last update",
        _AMAZON,
        "Where goods were ordered, and for how much: returns, and rows without a marketplace.",
        is_needed=True,
        rhythm=Rhythm.DAILY,
    ),
    Report(
        "amazon_customer_shipments",
        "Amazon FBA shipments to customers",
        _AMAZON,
        "The units that left for customers, and the price of each.",
        rhythm=Rhythm.DAILY,
    ),
    Report(
        "amazon_fee_preview",
        "Amazon fee preview",
        _AMAZON,
        "Expected fulfilment fees: overcharged fulfilment fees.",
        is_needed=True,
        rhythm=Rhythm.STATE,
    ),
    Report(
        "amazon_referral_fee_preview",
        "Amazon referral fee preview",
        _AMAZON,
        "Expected commissions: overcharged referral fees.",
        is_needed=True,
        rhythm=Rhythm.STATE,
    ),
    Report(
        "amazon_inbound_shipments",
        "Amazon inbound shipments",
        _AMAZON,
        "Status of shipments to Amazon: shipments lost and damaged.",
        is_needed=True,
    ),
    Report(
        "amazon_inbound_items",
        "Amazon inbound shipment items",
        _AMAZON,
        "Units sent and received, by goods: shipments lost and damaged.",
        is_needed=True,
    ),
    Report(
        "walmart_reconciliation",
        "Walmart reconciliation report",
        _WALMART,
        "What Walmart paid, refunded and charged in a settlement period.",
        is_needed=True,
        stale_after=_PERIOD,
        rhythm=Rhythm.DOCUMENT,
    ),
    Report(
        "walmart_inventory_log",
        "Walmart inventory log",
        _WALMART,
        "Each movement in the warehouses: inventory lost, damaged and destroyed.",
        is_needed=True,
        rhythm=Rhythm.DAILY,
    ),
    Report(
        "walmart_inbound_shipments",
        "Walmart inbound shipments",
        _WALMART,
        "Status of shipments to Walmart: shipments lost and damaged.",
        is_needed=True,
    ),
    Report(
        "walmart_inbound_items",
        "Walmart inbound shipment items",
        _WALMART,
        "Units sent, received and damaged, by goods: shipments lost and damaged.",
        is_needed=True,
    ),
    Report(
        "walmart_returns",
        "Walmart returns",
        _WALMART,
        "Customers' returns and their refunds: all categories of returns.",
        is_needed=True,
    ),
    Report(
        "cases",
        "Cases (Recoup's own)",
        None,
        "The team's cases and their decisions.",
        of_team=True,
        stale_after=None,
        rhythm=Rhythm.STATE,
    ),
    Report(
        "sourcing_costs",
        "Sourcing costs (Recoup's own)",
        None,
        "Your cost of a unit: the best basis for the value of a claim.",
        stale_after=None,
        rhythm=Rhythm.STATE,
    ),
    Report(
        "shipment_deliveries",
        "Shipment deliveries (Recoup's own)",
        None,
        "The tracked day on which a shipment arrived, which starts its claim window.",
        of_team=True,
        stale_after=None,
        rhythm=Rhythm.STATE,
    ),
)

REPORTS: dict[str, Report] = {entry.code: entry for entry in _ALL}
"""Every report by its code, in the order in which lists show them."""
