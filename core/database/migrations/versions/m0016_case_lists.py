"""Indexes by which the cases of one account are walked in the orders of the list, as those of many accounts are."""

from alembic import op

from core.database.migrations.versions.m0014_kept_totals import CASE_RANKS

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the indexes."""
    for name, rank in CASE_RANKS.items():
        op.execute(
            f"create index claim_case_by_{name}_of_account on claim_case (account_id, {rank}, marketplace, case_id)"
        )
    op.execute("analyze claim_case")  # else the server knows nothing of an expression before many rows have changed
