"""The reports whose silence rules read, so that it has to be known for which days they are whole."""

from dataclasses import dataclass

from core.vocabulary.marketplaces import Channel


@dataclass(frozen=True)
class CoveredFormat:
    """A report format of which coverage is kept. Formats of one `kind` and channel say the same.

    One that `is_of_periods` covers the period that each of its documents states, in that document's currency; the
    coverage of any other is told by the days of its rows, unless it is stated. Of the delivery file, which people
    write, only what is stated counts: of a removal's parcel, which no report of Amazon's follows. `noun` is what its
    rows tell.
    """

    code: str
    channel: Channel
    kind: str
    label: str
    noun: str
    is_of_periods: bool = False


_AMAZON, _WALMART = Channel.AMAZON, Channel.WALMART

_ALL = (
    CoveredFormat("amazon_reimbursements", _AMAZON, "reimbursements", "reimbursements report", "reimbursements"),
    CoveredFormat("amazon_customer_returns", _AMAZON, "returns", "customer returns report", "customer returns"),
    CoveredFormat("amazon_replacements", _AMAZON, "replacements", "replacements report", "replacements"),
    CoveredFormat("amazon_orders", _AMAZON, "orders", "orders report", "orders"),
    CoveredFormat("amazon_ledger_detail", _AMAZON, "ledger", "inventory ledger", "inventory ledger"),
    CoveredFormat(
        "amazon_inbound_shipments", _AMAZON, "inbound", "report of shipments to Amazon", "shipments to Amazon"
    ),
    CoveredFormat("amazon_removal_shipments", _AMAZON, "removals", "removal shipments report", "removal shipments"),
    CoveredFormat("amazon_removal_orders", _AMAZON, "removal_orders", "removal orders report", "removal orders"),
    CoveredFormat("shipment_deliveries", _AMAZON, "deliveries", "delivery file", "deliveries"),
    CoveredFormat(
        "amazon_settlement_v2", _AMAZON, "settlements", "settlement report", "settlements", is_of_periods=True
    ),
    CoveredFormat(
        "amazon_settlement_v1", _AMAZON, "settlements", "settlement report", "settlements", is_of_periods=True
    ),
    CoveredFormat(
        "walmart_reconciliation",
        _WALMART,
        "settlements",
        "reconciliation report",
        "reconciliation reports",
        is_of_periods=True,
    ),
    CoveredFormat("walmart_returns", _WALMART, "returns", "returns report", "returns"),
    CoveredFormat("walmart_inventory_log", _WALMART, "ledger", "inventory log", "inventory log"),
    CoveredFormat(
        "walmart_inbound_shipments", _WALMART, "inbound", "report of shipments to Walmart", "shipments to Walmart"
    ),
)

COVERED_FORMATS: dict[str, CoveredFormat] = {entry.code: entry for entry in _ALL}
"""Every one by its format's code; of several of a kind the first stands for it."""
