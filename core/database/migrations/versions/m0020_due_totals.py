"""A kept total of what has a deadline, by spans of days, for the heat map over all accounts; and its indexes.

Where there are items already, it is filled when all migrations are done (core.database.rollups.totals), and so
are the totals of outcomes, by thirds of months too. What opens later than today is found by the day on which it opens.
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import make_total

revision = "0020"
down_revision = "0019"

COLUMNS = """
    span text not null, begins_on date not null, marketplace text not null, currency text not null, part text not null,
    items bigint not null, amount numeric not null
"""


def upgrade() -> None:
    """Make the table, and for staff an index of each account's rows by day."""
    make_total("due_total", COLUMNS, "span, begins_on, marketplace, currency, part", also="items, amount")
    op.execute(
        "create index due_total_of_all on due_total (currency, marketplace, span, begins_on, part, account_id)"
        " include (items, amount) where account_id > 0"
    )
    op.execute(
        "create index deadline_total_by_opening on deadline_total (currency, opens_on, account_id)"
        " include (marketplace, deadline_on, items, amount) where part = 'sure'"
    )
    op.execute("truncate outcome_total")
