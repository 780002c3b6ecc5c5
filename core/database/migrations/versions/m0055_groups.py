"""What a sync changed, and which report rows influence each other, so that a new row costs a new row.

`report_row_day` counts the rows of each file by day, so that coverage needs no scan. `touched_row` has the names of
rows that changed since the last detection; `name_group` says which names belong together, `waiting_group` on which
day's data a group is judged anew without a new row, and `account_state.judged_in` what applied to the whole account
when its groups were judged (core.detect.groups).
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import guard

revision = "0055"
down_revision = "0054"

TABLES = {
    "report_row_day": """
        account_id int not null, format text not null, marketplace text not null, currency text not null,
        file_id int not null, day date not null, rows bigint not null,
        constraint report_row_day_pk primary key (account_id, format, file_id, marketplace, currency, day)
    """,
    "touched_row": "account_id int not null, names text[] not null",
    "name_group": """
        account_id int not null, name text not null, leader text not null,
        constraint name_group_pk primary key (account_id, name)
    """,
    "waiting_group": "account_id int not null, name text not null, until_on date not null",
}
LINKS = {
    "inventory_event": ("fnsku", "sku", "asin", "gtin"),
    "reimbursement": (
        *("order_id", "fnsku", "sku", "asin", "reimbursement_id", "original_reimbursement_id", "case_id"),
    ),
    "settlement_line": ("order_id", "purchase_order_id", "sku", "gtin"),
    "settlement_v1_row": ("order_id", "sku"),
    "finance_transaction": ("order_id", "sku"),
    "customer_return": ("order_id", "sku", "fnsku", "asin"),
    "replacement": ("original_order_id", "replacement_order_id", "sku", "asin"),
    "return_order_line": ("order_id", "purchase_order_id", "replacement_order_id", "sku"),
    "order_line": ("order_id", "sku"),
    "removal_order": ("order_id", "sku", "fnsku"),
    "removal_shipment": ("order_id", "tracking_number", "sku", "fnsku"),
    "inbound_item": ("shipment_id", "sku", "fnsku", "gtin"),
    "item": ("order_id", "fnsku", "sku", "asin", "gtin", "shipment_id"),
}
INDEXES = (
    "touched_row_account on touched_row (account_id)",
    "name_group_members on name_group (account_id, leader)",
    "waiting_group_days on waiting_group (account_id, until_on)",
    "waiting_group_names on waiting_group (account_id, name)",
)


def upgrade() -> None:
    """Make the tables. Days are counted after all migrations; the next detection finds the groups."""
    for table, columns in TABLES.items():
        op.execute(f"create table {table} ({columns})")
        guard(table)
    for index in INDEXES:
        op.execute(f"create index {index}")
    op.execute("alter table account_state add column judged_in jsonb, add column judged_through date")
    for table, names in LINKS.items():
        link = ", ".join(f"nullif({name}, '')" for name in names)
        op.execute(f"create index {table}_link on {table} (account_id, coalesce({link}, ''))")
    op.execute("drop index inventory_event_adjustments")
    op.execute(
        "create index inventory_event_adjustments on inventory_event (account_id, channel, event_on)"
        " where lower(event_type) in ('adjustments', 'adjustment')"
    )
