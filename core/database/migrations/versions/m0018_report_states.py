"""What is known of each report of an account, kept with every attempt to take a file in.

What that is, says core/reporting/rollups/report_state.sql. Where there are attempts already, it is filled when all
migrations are done (core.database.rollups.report_states).
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import guard

revision = "0018"
down_revision = "0017"

REPORT_STATE = """
    create table report_state (
        account_id int not null,
        format text not null,
        rhythm text not null,
        files bigint not null,
        files_refused bigint not null,
        rows bigint not null,
        rows_refused bigint not null,
        last_synced_at timestamptz,
        data_from date,
        data_through date,
        quiet_days int,
        holes text[] not null,
        next_expected_on date,
        constraint report_state_pk primary key (account_id, format)
    )
"""


def upgrade() -> None:
    """Make the table, and the index by which the attempts of one report are found."""
    op.execute(REPORT_STATE)
    guard("report_state")
    op.execute("create index sync_run_by_report on sync_run (account_id, format)")
