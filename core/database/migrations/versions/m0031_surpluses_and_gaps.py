"""Surpluses are a list of follow-ups: the indexes by which its first hundred are found. What waits for a gap is kept by
marketplace, whose day it is that ends a deadline, with the items whose value is not known; and `report_coverage` has
the spans of each report put together, as Data sync lists them.

The rollups are filled again after all migrations (core.database.rollups.totals).
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import guard, make_total
from core.database.migrations.versions.m0026_follow_up_totals import both
from core.database.migrations.versions.m0029_portfolios import guard_sums

revision = "0031"
down_revision = "0030"

WAITING = """
    format text not null, region text not null, marketplace text not null, currency text not null,
    first_on date not null, last_on date not null, deadline_on date not null,
    items bigint not null, amount numeric not null, items_without_value bigint not null
"""
WAITING_KEY = "format, region, marketplace, currency, first_on, last_on, deadline_on"
WAITING_SUMS = "items, amount, items_without_value"

REPORT_COVERAGE = """
    create table report_coverage (
        account_id int not null,
        format text not null,
        region text not null,
        currency text not null,
        covered_from date[] not null,
        covered_through date[] not null,
        known_by text[] not null,
        constraint report_coverage_pk primary key (account_id, format, region, currency)
    )
"""


def upgrade() -> None:
    """Make the indexes, the total anew, and the table."""
    for statement in (
        *both("surplus", "by_day", "", "happened_on"),
        # many are of units alone: within an amount the list goes by day
        *both("surplus", "by_amount", "", "(-amount), happened_on desc"),
        "analyze surplus",
        "truncate follow_up_total",
        "drop table waiting_total cascade",  # with the view that reads it, which is made anew
    ):
        op.execute(statement)
    make_total("waiting_total", WAITING, WAITING_KEY, also=WAITING_SUMS)
    op.execute("drop policy waiting_total_of_granted on waiting_total")
    op.execute("drop policy waiting_total_of_all_accounts on waiting_total")
    guard_sums("waiting_total")
    # over many accounts: what has passed is not read
    op.execute(
        "create index waiting_total_by_deadline on waiting_total"
        f" (deadline_on, account_id, format, region, marketplace, currency, first_on, last_on) include ({WAITING_SUMS})"
    )
    op.execute(REPORT_COVERAGE)
    guard("report_coverage")
