"""Claim windows that a later rule cuts, and those of which sources differ on whether they are still open."""

from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Add what the rules say of both."""
    op.execute("alter table claim_window add column cut_on date")
    op.execute("alter table claim_window add column cut_after_days int")
    op.execute("alter table claim_window add column doubtful_after_months int")
