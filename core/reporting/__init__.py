"""The SQL views: schema `reporting` for other tools and the pages, schema `derived` for internal views, one file each.

Views hold no data, so every migration drops and recreates them: to change a view, edit its file.
"""

from pathlib import Path

from sqlalchemy import Connection, text

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

READERS = "recoup_app, recoup_staff, recoup_loader, recoup_reader"
"""The roles that may read the views; row security decides which rows."""


def create_views(connection: Connection) -> None:
    """Drop and recreate all views, in the caller's transaction, and grant them to the readers' roles."""
    for schema in ("reporting", "derived"):
        connection.execute(text(f"drop schema if exists {schema} cascade"))
        connection.execute(text(f"create schema {schema}"))
        connection.execute(text(f"grant usage on schema {schema} to {READERS}"))
    for name in ("functions", *INTERNAL, *PUBLIC):
        for statement in (FOLDER / f"{name}.sql").read_text().split(";\n\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    for schema in ("reporting", "derived"):
        connection.execute(text(f"grant select on all tables in schema {schema} to {READERS}"))
    connection.execute(text("grant select on all tables in schema public to recoup_reader"))
    # locking a relation prevents changes of its shape while a login reads it
    connection.execute(
        text("revoke select on import_ticket, schema_version, user_session, work_lock from recoup_reader")
    )
