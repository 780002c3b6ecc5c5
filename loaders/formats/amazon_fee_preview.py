"""Amazon: fee preview."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Currency, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ReportFormat

NONE = ("--",)
"""The report's word for an unknown fee or measure."""


class AmazonFeePreview(ReportFormat):
    """Estimated FBA fees (GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA): Amazon's fees for each SKU on the day of the export.

    The layouts of North America, Europe and Canada differ. Europe's mixes its marketplaces and names none; its fees
    into other countries have columns of their own.
    """

    code = "amazon_fee_preview"
    table = "fee_preview"
    key = ("marketplace", "sku", "fnsku", "asin", "shop", "currency", "previewed_on")
    exported_as = "previewed_on"
    place = by_shop_or_currency(Channel.AMAZON, "amazon-store", currency="currency")

    sku = Text(header="sku", also=("seller-sku", "msku"), required=True)
    fnsku = Text(header="fnsku")
    asin = Text(header="asin")
    shop = Text(header="amazon-store", optional=True)
    product_group = Text(header="product-group", optional=True)
    currency = Currency(header="currency", required=True)
    your_price = Amount(header="your-price", blanks=NONE)
    sales_price = Amount(header="sales-price", blanks=NONE)
    longest_side = Amount(header="longest-side", blanks=NONE, optional=True)
    median_side = Amount(header="median-side", blanks=NONE, optional=True)
    shortest_side = Amount(header="shortest-side", blanks=NONE, optional=True)
    length_and_girth = Amount(header="length-and-girth", blanks=NONE, optional=True)
    unit_of_dimension = Text(header="unit-of-dimension", optional=True)
    package_weight = Amount(header="item-package-weight", blanks=NONE, optional=True)
    unit_of_weight = Text(header="unit-of-weight", optional=True)
    size_tier = Text(header="product-size-tier", also=("product-size-weight-band",), optional=True)
    fee_total = Amount(header="estimated-fee-total", blanks=NONE, optional=True)
    referral_fee = Amount(header="estimated-referral-fee-per-unit", blanks=NONE)
    variable_closing_fee = Amount(header="estimated-variable-closing-fee", blanks=NONE, optional=True)
    order_handling_fee = Amount(header="estimated-order-handling-fee-per-order", blanks=NONE, optional=True)
    pick_pack_fee = Amount(header="estimated-pick-pack-fee-per-unit", blanks=NONE, optional=True)
    weight_handling_fee = Amount(header="estimated-weight-handling-fee-per-unit", blanks=NONE, optional=True)
    fulfilment_fee = Amount(
        header="expected-fulfillment-fee-per-unit",
        also=("expected-domestic-fulfilment-fee-per-unit",),
        blanks=NONE,
        optional=True,
    )
    fulfilment_fee_uk = Amount(header="expected-efn-fulfilment-fee-per-unit-uk", blanks=NONE, optional=True)
    fulfilment_fee_de = Amount(header="expected-efn-fulfilment-fee-per-unit-de", blanks=NONE, optional=True)
    fulfilment_fee_fr = Amount(header="expected-efn-fulfilment-fee-per-unit-fr", blanks=NONE, optional=True)
    fulfilment_fee_it = Amount(header="expected-efn-fulfilment-fee-per-unit-it", blanks=NONE, optional=True)
    fulfilment_fee_es = Amount(header="expected-efn-fulfilment-fee-per-unit-es", blanks=NONE, optional=True)
    fulfilment_fee_se = Amount(header="expected-efn-fulfilment-fee-per-unit-se", blanks=NONE, optional=True)
