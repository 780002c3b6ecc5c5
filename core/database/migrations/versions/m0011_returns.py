"""What the detectors of customer returns ask for: since when a marketplace pays what lost goods cost to source, and the
refunds among an account's settlement lines without a look at all of them.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    "alter table marketplace add column pays_cost_since date",
    """
    create index settlement_line_refunds on settlement_line (account_id, posted_on)
    where position('refund' in lower(transaction_type)) > 0
    """,
)


def upgrade() -> None:
    """Add the column and the index."""
    for statement in STATEMENTS:
        op.execute(statement)
