"""The report formats that Recoup reads: one file each, and the tuple that names them all."""

from loaders.formats.amazon_customer_returns import AmazonCustomerReturns
from loaders.formats.amazon_ledger_detail import AmazonLedgerDetail
from loaders.formats.amazon_reimbursements import AmazonReimbursements
from loaders.formats.cases import Cases
from loaders.formats.sourcing_costs import SourcingCosts
from loaders.formats.walmart_inventory_log import WalmartInventoryLog
from loaders.formats.walmart_reconciliation import WalmartReconciliation
from loaders.report_format import ReportFormat

FORMATS: tuple[type[ReportFormat], ...] = (
    AmazonReimbursements,
    AmazonLedgerDetail,
    AmazonCustomerReturns,
    WalmartReconciliation,
    WalmartInventoryLog,
    Cases,
    SourcingCosts,
)
"""Every format, in the order in which lists show them."""
