"""The list of payments: the report rows that paid money or took it back."""

from dataclasses import replace

from core.lists.common import ACCOUNT, CURRENCY, FNSKU, MARKETPLACE, ORDER, REASON, REASON_CODE, SKU
from core.lists.list_spec import Column, Lead, ListSpec
from core.queries import payments
from core.queries.payments import PaymentFilter

PAYMENTS = ListSpec(
    "payments",
    noun="payment",
    query=payments.payments,
    filter=PaymentFilter,
    keys=payments.ORDERS,
    orders={"newest": "Newest", "largest": "Largest"},
    columns=(
        Column("approved_on", "Paid on", "date", file="date"),
        Column("amount", "Amount", "amount", file="amount"),
        CURRENCY,
        REASON,
        ACCOUNT,
        MARKETPLACE,
        Column("case_id", "Case", file="text", cell=lambda row: row["case_id"] or None, may_be_empty=True),
        Column("reimbursement_id", "Reimbursement", file="text"),
        ORDER,
        replace(SKU, may_be_empty=True),
        FNSKU,
        Column("units_cash", "Units in cash", "count", file="number"),
        Column("units_inventory", "Units in kind", "count", file="number"),
        Column("original_reimbursement_id", "Takes back", file="text", may_be_empty=True),
        REASON_CODE,
    ),
    leads=(
        Lead("settled", help="The item that it settled."),
        Lead("case_search", help="The case that it names.", column="case_id"),
    ),
    alt="Payments: the first column opens what each settled",
    nothing=("No payment fits these choices.", "Another month, marketplace or search may."),
    file_name="payments",
    file_order="account marketplace approved_on amount currency reason reimbursement_id case_id order_id sku fnsku"
    " units_cash units_inventory original_reimbursement_id",
)
