"""Amazon: settlement report, flat file V1."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Count, Currency, Moment, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ControlTotal, Document, ReportFormat


class AmazonSettlementV1(ReportFormat):
    """Settlement, the older flat file, withdrawn on 25 March 2026: several kinds of amounts in one row.

    Without any promotion in the period its three columns are missing. The same settlement may also exist as V2, in
    `settlement_line`, under the same `document`: sums over both must exclude one of them.
    """

    code = "amazon_settlement_v1"
    table = "settlement_v1_row"
    key = (
        "document",
        "transaction_type",
        "order_id",
        "order_line",
        "merchant_order_id",
        "merchant_order_line",
        "merchant_adjustment_line",
        "adjustment_id",
        "shipment_id",
        "sku",
        "shipment_fee_type",
        "order_fee_type",
        "price_type",
        "item_fee_type",
        "other_fee_reason",
        "promotion_id",
        "promotion_type",
        "direct_payment_type",
    )
    dated_by = "posted_on"
    place = by_shop_or_currency(Channel.AMAZON, "marketplace-name", currency="currency")
    document = Document(
        marked_by=("transaction-type", ""),
        named_by="settlement-id",
        period=("settlement-start-date", "settlement-end-date"),
        total=ControlTotal(
            stated="total-amount",
            adds_up=(
                "shipment-fee-amount",
                "order-fee-amount",
                "price-amount",
                "item-related-fee-amount",
                "misc-fee-amount",
                "other-fee-amount",
                "promotion-amount",
                "direct-payment-amount",
                "other-amount",
            ),
        ),
        inherited=("currency",),
    )

    posted_at = Moment(header="posted-date", day="posted_on", required=True)
    transaction_type = Text(header="transaction-type", required=True)
    order_id = Text(header="order-id")
    merchant_order_id = Text(header="merchant-order-id")
    adjustment_id = Text(header="adjustment-id", of_digits=True)
    shipment_id = Text(header="shipment-id")
    order_line = Text(header="order-item-code", of_digits=True)
    merchant_order_line = Text(header="merchant-order-item-id", of_digits=True)
    merchant_adjustment_line = Text(header="merchant-adjustment-item-id")
    shop = Text(header="marketplace-name")
    fulfilment_type = Text(header="fulfillment-id", also=("fulfilment-id",))
    sku = Text(header="sku", also=("seller-sku",))
    quantity = Count(header="quantity-purchased")
    currency = Currency(header="currency", required=True)
    shipment_fee_type = Text(header="shipment-fee-type")
    shipment_fee = Amount(header="shipment-fee-amount")
    order_fee_type = Text(header="order-fee-type")
    order_fee = Amount(header="order-fee-amount")
    price_type = Text(header="price-type")
    price = Amount(header="price-amount")
    item_fee_type = Text(header="item-related-fee-type")
    item_fee = Amount(header="item-related-fee-amount")
    miscellaneous_fee = Amount(header="misc-fee-amount")
    other_fee = Amount(header="other-fee-amount")
    other_fee_reason = Text(header="other-fee-reason-description")
    promotion_id = Text(header="promotion-id", optional=True)
    promotion_type = Text(header="promotion-type", optional=True)
    promotion = Amount(header="promotion-amount", optional=True)
    direct_payment_type = Text(header="direct-payment-type")
    direct_payment = Amount(header="direct-payment-amount")
    other_amount = Amount(header="other-amount")
