"""Amazon: referral fee preview."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonReferralFeePreview(ReportFormat):
    """Referral fee preview (GET_REFERRAL_FEE_PREVIEW_REPORT): Amazon's commission at today's price.

    The report has neither marketplace nor currency.
    """

    code = "amazon_referral_fee_preview"
    table = "referral_fee_preview"
    key = ("marketplace", "sku", "asin", "previewed_on")
    exported_as = "previewed_on"
    place = unassigned_unless_only(Channel.AMAZON)

    sku = Text(header="seller-sku", also=("sku", "msku"), required=True)
    asin = Text(header="asin")
    price = Amount(header="price")
    referral_fee = Amount(header="estimated-referral-fee-per-item")
