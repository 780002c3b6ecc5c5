"""For which days a report of an account and region is known to be whole, what is over, and why each item is in Review.

`stated_coverage` is what users state; `coverage` is all that is known (core/reporting/rollups). `surplus` are
units that are over somewhere: finds, receipts, case units, payments and returns that fit nothing; `units_matched` of
them put other units into Review. `doubts` are an item's reasons with their parameters and units, the most important
first; `review_code` and `review_reason` say that one.
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import guard, make_total
from core.database.migrations.versions.m0029_portfolios import guard_sums

revision = "0030"
down_revision = "0029"

STATEMENTS = (
    """
    create table covered_format (
        format text not null,
        channel text not null,
        kind text not null,
        label text not null,
        is_of_periods boolean not null,
        sort_order int not null,
        constraint covered_format_pk primary key (format)
    )
    """,
    "grant select on covered_format to recoup_app, recoup_staff, recoup_loader",
    "alter table marketplace add column region text not null default ''",
    "alter table return_order_line add column tracking_events text not null default ''",
    "alter table finance_transaction add column sku text not null default ''",
    "alter table item add column review_code text",
    "alter table item add column doubts jsonb",
    """
    create table stated_coverage (
        account_id int not null,
        format text not null,
        region text not null,
        covered_from date not null,
        covered_through date not null,
        stated_at timestamptz not null default now(),
        constraint stated_coverage_pk primary key (account_id, format, region, covered_from, covered_through),
        constraint stated_coverage_in_order check (covered_from <= covered_through)
    )
    """,
    """
    create table coverage (
        account_id int not null,
        format text not null,
        region text not null,
        currency text not null,
        known_by text not null,
        covered_from date not null,
        covered_through date not null,
        constraint coverage_pk primary key (account_id, format, region, currency, known_by, covered_from)
    )
    """,
)

SURPLUS = """
    create table surplus (
        account_id int not null,
        kind text not null,
        row_id uuid not null,
        marketplace text not null,
        happened_on date not null,
        sku text not null,
        fnsku text not null,
        order_id text not null,
        shipment_id text not null,
        case_id text not null,
        units int not null,
        units_matched int not null,
        amount numeric not null,
        currency text not null,
        constraint surplus_pk primary key (account_id, kind, row_id)
    )
"""

WAITING = """
    format text not null, region text not null, currency text not null, first_on date not null, last_on date not null,
    deadline_on date not null,
    items bigint not null, amount numeric not null
"""


def upgrade() -> None:
    """Make the tables and columns."""
    for statement in STATEMENTS:
        op.execute(statement)
    op.execute(SURPLUS)
    for table in ("stated_coverage", "coverage", "surplus"):
        guard(table)
    make_total(
        "waiting_total", WAITING, "format, region, currency, first_on, last_on, deadline_on", also="items, amount"
    )
    op.execute("drop policy waiting_total_of_granted on waiting_total")
    op.execute("drop policy waiting_total_of_all_accounts on waiting_total")
    guard_sums("waiting_total")
