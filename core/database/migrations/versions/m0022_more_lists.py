"""Indexes for the lists of what is in a case by amount, since no deadline runs for it, and of what has no value yet."""

from alembic import op

from core.database.migrations.versions.m0014_kept_totals import pair

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the indexes."""
    amount = "(coalesce(-(units_in_case * unit_value), 1))"
    for statement in pair("item_in_case_by_amount", amount, "units_in_case <> 0"):
        op.execute(statement)
    op.execute("create index item_without_value on item (account_id) where unit_value is null")
    op.execute("analyze item")  # else the server knows nothing of an expression before many rows have changed
