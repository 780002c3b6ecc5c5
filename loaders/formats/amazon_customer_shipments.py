"""Amazon: shipments to customers."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Count, Currency, Moment, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ReportFormat


class AmazonCustomerShipments(ReportFormat):
    """Shipment sales (GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_SALES_DATA): the units sent to customers.

    Destinations are dropped.
    """

    code = "amazon_customer_shipments"
    table = "customer_shipment"
    key = ("shipped_on", "order_id", "sku", "fnsku", "asin", "fulfilment_center", "quantity")
    dated_by = "shipped_on"
    place = by_shop_or_currency(Channel.AMAZON, currency="currency")
    personal = ("ship-city", "ship-state", "ship-postal-code")

    shipped_at = Moment(header="shipment-date", day="shipped_on", required=True)
    sku = Text(header="sku", also=("seller-sku", "msku"))
    fnsku = Text(header="fnsku")
    asin = Text(header="asin")
    fulfilment_center = Text(header="fulfillment-center-id", also=("fulfilment-center-id", "fulfilment-centre-id"))
    quantity = Count(header="quantity", required=True)
    order_id = Text(header="amazon-order-id", also=("order-id",), required=True)
    currency = Currency(header="currency")
    item_price = Amount(header="item-price-per-unit")
    shipping_price = Amount(header="shipping-price", optional=True)
    gift_wrap_price = Amount(header="gift-wrap-price", optional=True)
