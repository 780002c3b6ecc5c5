"""Amazon: FBA reimbursements."""

from core.vocabulary import Channel
from loaders.declare.columns import Amount, Count, Currency, Moment, Text
from loaders.declare.places import by_currency
from loaders.declare.report_format import ReportFormat


class AmazonReimbursements(ReportFormat):
    """FBA Reimbursements (GET_FBA_REIMBURSEMENTS_DATA): what Amazon paid, gave back or took back.

    18 columns; older exports have 16, without the original reimbursement. It has the currency but no marketplace.
    """

    code = "amazon_reimbursements"
    table = "reimbursement"
    key = ("reimbursement_id", "sku", "fnsku", "reason")
    dated_by = "approved_on"
    place = by_currency(Channel.AMAZON, "currency-unit")

    approved_at = Moment(header="approval-date", day="approved_on", required=True)
    reimbursement_id = Text(header="reimbursement-id", required=True, of_digits=True)
    case_id = Text(header="case-id", of_digits=True)
    order_id = Text(header="amazon-order-id")
    reason = Text(header="reason", required=True)
    sku = Text(header="sku", also=("seller-sku", "msku"))
    fnsku = Text(header="fnsku")
    asin = Text(header="asin", optional=True)
    condition = Text(header="condition", optional=True)
    currency = Currency(header="currency-unit", required=True)
    amount_per_unit = Amount(header="amount-per-unit", optional=True)
    amount = Amount(header="amount-total", required=True)
    units_cash = Count(header="quantity-reimbursed-cash", empty=0)
    units_inventory = Count(header="quantity-reimbursed-inventory", empty=0)
    original_reimbursement_id = Text(header="original-reimbursement-id", optional=True, of_digits=True)
    original_reimbursement_type = Text(header="original-reimbursement-type", optional=True)
