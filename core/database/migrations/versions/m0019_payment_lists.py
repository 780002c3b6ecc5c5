"""What the list of payments stands on: kept totals by marketplace, with how many were paid and how many taken back, and
indexes by which its first hundred rows are found, for one account and for many.

The totals are filled anew when all migrations are done (core.database.rollups.totals).
"""

from alembic import op

revision = "0019"
down_revision = "0018"

ORDERS = {"day": "{day} desc", "size": "(-abs(amount))"}
LISTED = (("reimbursement", "approved_on", ""), ("settlement_line", "posted_on", " where channel = 'walmart'"))


def upgrade() -> None:
    """Change the totals, and make the indexes."""
    op.execute("truncate payment_total")
    op.execute("alter table payment_total add marketplace text not null, add paid bigint not null")
    op.execute("alter table payment_total add taken_back bigint not null, drop constraint payment_total_pk")
    op.execute(
        "alter table payment_total add constraint payment_total_pk"
        " primary key (account_id, channel, marketplace, currency, month, batch)"
    )
    for table, day, condition in LISTED:
        for name, order in ORDERS.items():
            by = order.format(day=day)
            op.execute(f"create index {table}_by_{name}_of_account on {table} (account_id, {by}){condition}")
            op.execute(f"create index {table}_by_{name}_of_all on {table} ({by}, account_id){condition}")
