"""The views that other tools and the pages read (schema `reporting`), and the internal ones below them: one file each.

To change one is to edit its file: every migration brings them to what their files say (core.reporting.refresh).
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
"""Views of the schema `derived`, in the order in which they build on each other. They carry `account_id`."""

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
"""Views of the schema `reporting`: the names and columns that others build on."""
