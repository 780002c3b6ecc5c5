"""An index that tells the shortest claim window of what is open: how long ago what has expired happened at least.

A list of what has expired begins with the newest event, and all that still runs is newer. Over many accounts that is
most of what an index by event has in front of the first row.
"""

from alembic import op

from core.database.migrations.versions.m0014_kept_totals import OPEN_PARTS

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make the index."""
    op.execute(
        f"create index item_open_by_window on item ((deadline_on - event_on), account_id) where {OPEN_PARTS['open'][0]}"
    )
    op.execute("analyze item")  # else the server knows nothing of an expression before many rows have changed
