"""Fee previews by their day, so that a charge is held against the fees of its time; and Walmart's published rates."""

from alembic import op

revision = "0013"
down_revision = "0012"

STATEMENTS = (
    "alter table fee_preview add column previewed_on date",
    "alter table referral_fee_preview add column previewed_on date",
    """
    create table contract_rate (
        category text not null,
        rate numeric not null,
        source text not null,
        checked_on date not null,
        constraint contract_rate_pk primary key (category)
    )
    """,
    "grant select on contract_rate to recoup_app, recoup_staff, recoup_loader",
)


def upgrade() -> None:
    """Add the columns and the table."""
    for statement in STATEMENTS:
        op.execute(statement)
