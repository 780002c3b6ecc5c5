"""Words of reports that no registry knows, with what stands under them: kept with each detection.

Where there are rows already, it is filled when all migrations are done (core.database.rollups.totals).
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import guard

revision = "0041"
down_revision = "0040"

UNKNOWN_WORD = """
    create table unknown_word (
        account_id int not null,
        format text not null,
        column_name text not null,
        word text not null,
        currency text not null,
        rows bigint not null,
        units bigint not null,
        amount numeric,
        first_on date,
        last_on date,
        constraint unknown_word_pk primary key (account_id, format, column_name, word, currency)
    )
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(UNKNOWN_WORD)
    guard("unknown_word")
