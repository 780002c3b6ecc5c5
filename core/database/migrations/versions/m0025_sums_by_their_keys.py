"""The totals of items and of deadlines are read from the indexes of their keys alone.

A visitor of many accounts reads some rows of each: in the table these lie far apart, in the index side by side.
"""

from alembic import op

revision = "0025"
down_revision = "0024"

SERIES = "marketplace, channel, category, currency, part"
KEYS = {"item_total": SERIES, "deadline_total": f"deadline_on, opens_on, {SERIES}"}


def upgrade() -> None:
    """Make both keys anew, with the sums beside them."""
    for table, key in KEYS.items():
        op.execute(
            f"alter table {table} drop constraint {table}_pk,"
            f" add constraint {table}_pk primary key (account_id, {key}, batch)"
            " include (items, units, amount, items_without_value)"
        )
        op.execute(f"analyze {table}")
