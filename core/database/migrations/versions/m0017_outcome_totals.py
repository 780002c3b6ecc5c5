"""Kept totals of what became of cases and of how long they take, for the page Outcomes.

What they are, says core.reporting.rollups. Where there are cases already, the totals are filled when all migrations are
done (core.database.rollups.totals).
"""

from alembic import op

revision = "0017"
down_revision = "0016"

OUTCOME_COLUMNS = """
    span text not null, begins_on date not null, marketplace text not null, category text not null,
    currency text not null, won bigint not null, lost bigint not null, open bigint not null, closed bigint not null,
    elsewhere bigint not null, priced bigint not null, claimed numeric not null, recovered numeric not null,
    claimed_squared numeric not null, recovered_squared numeric not null, product numeric not null
"""
AGE_COLUMNS = """
    part text not null, opened_on date not null, days int not null, marketplace text not null, category text not null,
    currency text not null, cases bigint not null, approved bigint not null, claimed numeric not null
"""


def make_total(table: str, columns: str, key: str, also: str = "") -> None:
    """Make the table of a kept total, and let everybody read, and imports write, what those of migration 0014 are
    read and written by. What `also` names is read from the index of the key, and not from the table.
    """
    includes = f" include ({also})" if also else ""
    op.execute(f"create table {table} (account_id int not null, batch bigint not null default 0, {columns})")
    op.execute(f"alter table {table} add constraint {table}_pk primary key (account_id, {key}, batch){includes}")
    guard(table)
    op.execute(
        f"create policy {table}_of_all_accounts on {table} for insert to recoup_loader with check (account_id = 0)"
    )


def guard(table: str) -> None:
    """Let a table with rows of accounts be read by whom they are granted to, and written by imports."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(
        f"create policy {table}_of_granted on {table} for select to recoup_app using (account_id = any(granted()))"
    )
    op.execute(f"create policy {table}_of_all on {table} for select to recoup_staff using (true)")
    op.execute(
        f"create policy {table}_of_loading on {table} for all to recoup_loader"
        " using (account_id = loading()) with check (account_id = loading())"
    )
    op.execute(f"grant select on {table} to recoup_app, recoup_staff")
    op.execute(f"grant select, insert, update, delete on {table} to recoup_loader")


def upgrade() -> None:
    """Make the tables."""
    make_total("outcome_total", OUTCOME_COLUMNS, "span, begins_on, marketplace, category, currency")
    key = "part, opened_on, days, marketplace, category, currency"
    make_total("case_age_total", AGE_COLUMNS, key, also="cases, approved, claimed")
