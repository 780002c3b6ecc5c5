"""Amazon: settlement report, flat file V2."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Count, Currency, Day, Moment, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ControlTotal, Document, ReportFormat


class AmazonSettlementV2(ReportFormat):
    """Settlement (GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2): each amount of one settlement in one currency.

    Its first row states the period, the total and the currency; other rows may leave the currency empty. `posted-date`
    is a day in UTC; where the moment is stated too, the stored day is that of the row's marketplace.
    """

    code = "amazon_settlement_v2"
    table = "settlement_line"
    key = (
        "document",
        "transaction_type",
        "order_id",
        "order_line",
        "purchase_order_id",
        "purchase_order_line",
        "adjustment_id",
        "shipment_id",
        "amount_type",
        "description",
        "sku",
        "promotion_id",
    )
    dated_by = "posted_on"
    place = by_shop_or_currency(Channel.AMAZON, "marketplace-name", currency="currency")
    constants = (
        ("channel", "amazon"),
        ("transaction_key", ""),
        ("reason", ""),
        ("gtin", ""),
        ("contract_category", ""),
    )
    document = Document(
        marked_by=("transaction-type", ""),
        named_by="settlement-id",
        period=("settlement-start-date", "settlement-end-date"),
        total=ControlTotal(stated="total-amount", adds_up=("amount",)),
        inherited=("currency",),
    )

    posted_on = Day(header="posted-date", required=True)
    posted_at = Moment(header="posted-date-time", refines="posted_on", optional=True)
    transaction_type = Text(header="transaction-type", required=True)
    order_id = Text(header="order-id")
    order_line = Text(header="order-item-code", of_digits=True)
    purchase_order_id = Text(header="merchant-order-id")
    purchase_order_line = Text(header="merchant-order-item-id", of_digits=True)
    adjustment_id = Text(header="adjustment-id", of_digits=True)
    shipment_id = Text(header="shipment-id")
    amount_type = Text(header="amount-type")
    description = Text(header="amount-description")
    amount = Amount(header="amount", required=True)
    currency = Currency(header="currency", required=True)
    quantity = Count(header="quantity-purchased")
    sku = Text(header="sku", also=("seller-sku",))
    fulfilment_type = Text(header="fulfillment-id", also=("fulfilment-id",))
    promotion_id = Text(header="promotion-id")
