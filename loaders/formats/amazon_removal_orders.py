"""Amazon: removal orders."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Count, Currency, Moment, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ReportFormat


class AmazonRemovalOrders(ReportFormat):
    """Removal order detail (GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA): the seller's orders to send goods back or
    dispose of them, with their progress.

    North America's layout has the service's speed, Europe's the person who ordered.
    """

    code = "amazon_removal_orders"
    table = "removal_order"
    key = ("order_id", "sku", "fnsku", "disposition")
    dated_by = "requested_on"
    as_of = ("updated_on", "updated_at")
    place = by_shop_or_currency(Channel.AMAZON, currency="currency")
    prefers = ("shipped_units",)

    requested_at = Moment(header="request-date", day="requested_on", required=True)
    order_id = Text(header="order-id", required=True)
    order_type = Text(header="order-type")
    order_source = Text(header="order-source", optional=True)
    service_speed = Text(header="service-speed", optional=True)
    status = Text(header="order-status")
    updated_at = Moment(header="last-updated-date", day="updated_on")
    sku = Text(header="sku", also=("seller-sku", "msku"))
    fnsku = Text(header="fnsku")
    disposition = Text(header="disposition")
    requested_units = Count(header="requested-quantity")
    cancelled_units = Count(header="cancelled-quantity")
    disposed_units = Count(header="disposed-quantity")
    shipped_units = Count(header="shipped-quantity")
    in_process_units = Count(header="in-process-quantity", optional=True)
    removal_fee = Amount(header="removal-fee", optional=True)
    currency = Currency(header="currency", optional=True)
