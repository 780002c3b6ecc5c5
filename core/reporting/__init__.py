"""The SQL views: schema `reporting` for other tools and the pages, schema `derived` for internal views, one file each.

To change a view, edit its file: every migration replaces the views by what their files say (core.reporting.refresh).
"""

from pathlib import Path

FOLDER = Path(__file__).parent

INTERNAL = (
    "day",
    "account_region",
    "adjustment",
    "amazon_payment",
    "walmart_payment",
    "payment",
    "source_row",
    "staged_item",
    "staged_amount",
    "cash_movement",
    "unmatched_cash",
    "cash_difference",
    "underpaid_item",
    "order_amount",
    "sale_line",
    "refund",
    "report_day",
    "data_through",
    "hole",
    "opening",
    "replaced_order",
    "unit_back",
    "return_fault",
    "sent_again",
    "synced_report",
)
"""Views of the schema `derived`, in dependency order. They have `account_id`."""

PUBLIC = (
    "items",
    "totals",
    "cases",
    "reimbursements",
    "item_evidence",
    "sync_runs",
    "row_issues",
    "unknown_words",
    "claim_windows",
    "underpaid",
    "withdrawn_items",
    "approved_not_paid",
    "paid_not_reported",
    "coverage",
    "surpluses",
)
"""Views of the schema `reporting`: stable names and columns for other tools."""
