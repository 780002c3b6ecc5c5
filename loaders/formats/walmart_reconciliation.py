"""Walmart: reconciliation report v1."""

from loaders.declare.columns import Amount, Count, Currency, Day, Text
from loaders.declare.places import walmart_us
from loaders.declare.report_format import ControlTotal, Document, ReportFormat


class WalmartReconciliation(ReportFormat):
    """Reconciliation report v1 (CSV, or JSON as in reconFileJson): every amount of one settlement period, with
    Walmart's own descriptions.

    Its first row, `PaymentSummary`, has the period and its total; later rows leave both empty. The period is the
    report's identity: a corrected report of the same period replaces it as a whole.
    """

    code = "walmart_reconciliation"
    table = "settlement_line"
    key = (
        "document",
        "posted_on",
        "transaction_key",
        "transaction_type",
        "description",
        "order_id",
        "order_line",
        "purchase_order_id",
        "purchase_order_line",
        "amount_type",
        "sku",
        "gtin",
        "reason",
    )
    dated_by = "posted_on"
    place = walmart_us("Currency")
    constants = (("channel", "walmart"),)
    personal = ("Ship to State", "Ship to City", "Ship to Zipcode")
    records = ("reportData",)
    document = Document(
        marked_by=("Transaction Type", "PaymentSummary"),
        period=("Period Start Date", "Period End Date"),
        total=ControlTotal(stated="Total Payable", adds_up=("Amount",)),
    )

    posted_on = Day(
        header="Transaction Posted Timestamp",
        also=("Transaction Posted Date", "Transaction Posted Time"),
        required=True,
    )
    transaction_key = Text(header="Transaction Key", of_digits=True)
    transaction_type = Text(header="Transaction Type", required=True)
    description = Text(header="Transaction Description")
    order_id = Text(header="Customer Order #", also=("Customer Order Number", "Customer Order"), of_digits=True)
    order_line = Text(
        header="Customer Order line #", also=("Customer Order Line Number", "Customer Order line"), of_digits=True
    )
    purchase_order_id = Text(
        header="Purchase Order #", also=("Purchase Order Number", "Purchase Order", "PO #"), of_digits=True
    )
    purchase_order_line = Text(
        header="Purchase Order line #",
        also=("Purchase Order Line Number", "Purchase Order line", "PO line #"),
        of_digits=True,
    )
    amount = Amount(header="Amount", required=True)
    amount_type = Text(header="Amount Type")
    currency = Currency(header="Currency", empty="USD", optional=True)
    quantity = Count(header="Ship Qty", also=("Ship Quantity", "Shipped Qty"))
    commission_rate = Amount(header="Commission Rate", optional=True)
    reason = Text(header="Transaction Reason Description")
    sku = Text(header="Partner Item Id", also=("Partner Item ID", "SKU"))
    gtin = Text(header="Partner GTIN", also=("GTIN",), of_digits=True)
    contract_category = Text(header="Contract Category", optional=True)
    fulfilment_type = Text(header="Fulfillment Type", optional=True)
