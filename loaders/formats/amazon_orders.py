"""Amazon: all orders, by last update."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Count, Currency, Moment, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ReportFormat


class AmazonOrders(ReportFormat):
    """All orders (GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL): goods, shop and price of each order line.

    It has an order's marketplace, which other reports lack. The destination, the buyer's tax number and purchase order,
    and any personal data in later layouts are dropped.
    """

    code = "amazon_orders"
    table = "order_line"
    key = ("order_id", "sku")
    dated_by = "updated_on"
    as_of = ("updated_on", "updated_at")
    place = by_shop_or_currency(Channel.AMAZON, "sales-channel", currency="currency")
    stores_declared_only = True

    order_id = Text(header="amazon-order-id", required=True)
    merchant_order_id = Text(header="merchant-order-id", optional=True)
    purchased_at = Moment(header="purchase-date", day="purchased_on", required=True)
    updated_at = Moment(header="last-updated-date", day="updated_on", required=True)
    status = Text(header="order-status", required=True)
    item_status = Text(header="item-status", optional=True)
    fulfilment_type = Text(header="fulfillment-channel", also=("fulfilment-channel",))
    shop = Text(header="sales-channel")
    sku = Text(header="sku", also=("seller-sku", "msku"), required=True)
    asin = Text(header="asin", optional=True)
    quantity = Count(header="quantity")
    currency = Currency(header="currency")
    item_price = Amount(header="item-price")
    item_tax = Amount(header="item-tax", optional=True)
    shipping_price = Amount(header="shipping-price", optional=True)
    shipping_tax = Amount(header="shipping-tax", optional=True)
    gift_wrap_price = Amount(header="gift-wrap-price", optional=True)
    gift_wrap_tax = Amount(header="gift-wrap-tax", optional=True)
    item_promotion = Amount(header="item-promotion-discount")
    shipping_promotion = Amount(header="ship-promotion-discount")
