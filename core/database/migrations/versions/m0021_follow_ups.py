"""What the lists of follow-ups stand on: what Amazon approved and paid differently, kept with each detection, and an
index of the items that were paid below the seller's own cost.

Where there are payments already, it is filled when all migrations are done (core.database.rollups.totals).
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import guard

revision = "0021"
down_revision = "0020"

CASH_DIFFERENCE = """
    create table cash_difference (
        account_id int not null,
        row_id uuid not null,
        side text not null,
        marketplace text,
        moved_on date not null,
        reason text not null,
        sku text not null,
        order_id text not null,
        amount numeric not null,
        currency text not null,
        document text not null,
        file_id bigint not null,
        line int not null,
        constraint cash_difference_pk primary key (account_id, row_id)
    )
"""


def upgrade() -> None:
    """Make the table, and the indexes."""
    op.execute(CASH_DIFFERENCE)
    guard("cash_difference")
    op.execute("create index cash_difference_by_side on cash_difference (side, account_id)")
    op.execute("create index item_underpaid on item (account_id) where units_underpaid > 0")
