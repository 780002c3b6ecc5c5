"""Amazon: inventory adjustments, the report before the ledger."""

from core.vocabulary import Channel
from loaders.declare.columns import Count, Moment, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonAdjustmentsLegacy(ReportFormat):
    """Inventory adjustments (GET_FBA_FULFILLMENT_INVENTORY_ADJUSTMENTS_DATA), withdrawn on 31 January 2023: only old
    files exist.

    The ledger's detailed view has the same events. An adjustment counts only where the ledger has none of the same
    goods, warehouse and reason within a day: `derived.adjustment` ensures that, whichever was loaded first.
    """

    code = "amazon_adjustments_legacy"
    table = "legacy_adjustment"
    key = ("adjusted_on", "transaction_id", "fnsku", "sku", "quantity", "fulfilment_center", "reason", "disposition")
    dated_by = "adjusted_on"
    place = unassigned_unless_only(Channel.AMAZON)

    adjusted_at = Moment(header="adjusted-date", also=("adjustment-date",), day="adjusted_on", required=True)
    transaction_id = Text(header="transaction-item-id", of_digits=True)
    fnsku = Text(header="fnsku")
    sku = Text(header="sku", also=("seller-sku", "msku"))
    fulfilment_center = Text(header="fulfillment-center-id", also=("fulfilment-center-id", "fulfilment-centre-id"))
    quantity = Count(header="quantity", required=True)
    reason = Text(header="reason", required=True)
    disposition = Text(header="disposition")
