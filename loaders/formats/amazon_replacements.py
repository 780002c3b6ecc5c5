"""Amazon: FBA replacements."""

from core.vocabulary import Channel
from loaders.declare.columns import Count, Moment, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonReplacements(ReportFormat):
    """Replacements (GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA): replacement units and their original
    order.
    """

    code = "amazon_replacements"
    table = "replacement"
    key = (
        "shipped_on",
        "original_order_id",
        "replacement_order_id",
        "sku",
        "asin",
        "quantity",
        "fulfilment_center",
        "original_fulfilment_center",
        "reason",
    )
    dated_by = "shipped_on"
    place = unassigned_unless_only(Channel.AMAZON)

    shipped_at = Moment(header="shipment-date", day="shipped_on", required=True)
    sku = Text(header="sku", also=("seller-sku", "msku"))
    asin = Text(header="asin")
    fulfilment_center = Text(header="fulfillment-center-id", also=("fulfilment-center-id", "fulfilment-centre-id"))
    original_fulfilment_center = Text(
        header="original-fulfillment-center-id", also=("original-fulfilment-center-id", "original-fulfilment-centre-id")
    )
    quantity = Count(header="quantity", required=True)
    reason = Text(header="replacement-reason-code")
    replacement_order_id = Text(header="replacement-amazon-order-id", also=("replacement-order-id",), required=True)
    original_order_id = Text(header="original-amazon-order-id", also=("original-order-id",), required=True)
