"""Reports whose coverage matters: rules read the absence of their rows."""

from dataclasses import dataclass

from core.vocabulary.marketplaces import Channel


@dataclass(frozen=True)
class CoveredFormat:
    """A report format with coverage. Formats of one `kind` and channel have the same content.

    With `is_of_periods` each document covers the period that it states, in its currency; any other format's coverage is
    inferred from the days of its rows, unless stated. A delivery file, which people write, is covered only where
    stated: no Amazon report has a removal's delivery. `noun` names its rows.
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
"""Every covered format by its code; the first of a kind represents it."""
