"""The indexes of what is sure by deadline have the day on which it opens too: what opens later has a deadline far away,
and a list of it that begins with the soonest passes all that can be claimed before.
"""

from alembic import op

from core.database.migrations.versions.m0014_kept_totals import OPEN_PARTS, pair

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the two indexes anew."""
    for statement in pair("item_sure_by_deadline", "deadline_on", OPEN_PARTS["sure"][0], "opens_on"):
        op.execute(f"drop index {statement.split()[2]}")
        op.execute(statement)
