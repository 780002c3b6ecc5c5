"""Whether an account's items are those of all its files, and of the rules that hold.

`taken` grows with each file that is taken in, in the file's own transaction, and `detected` is what a detection found
there when it began. `judged_by` names the rules that it judged by (core.database.detections).
"""

from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    """Add the columns. What was taken in before was detected, by rules that nobody noted."""
    for column in ("taken bigint not null default 0", "detected bigint not null default 0", "judged_by text"):
        op.execute(f"alter table account_state add column {column}")
    op.execute(
        """
        update account_state set taken = 1, detected = 1
        where account_id in (select account_id from source_file)
        """
    )
