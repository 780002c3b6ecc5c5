"""The registries: small shared tables that hold the words of core.vocabulary and the rules of core.claim_windows.

They are filled by every `python -m core migrate` (core.database.registries), so a new category, reason or rule needs no
migration.
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    create table marketplace (
        marketplace text not null,
        channel text not null,
        country text not null,
        label text not null,
        currency text not null,
        time_zone text not null,
        sort_order int not null,
        constraint marketplace_pk primary key (marketplace)
    )
    """,
    """
    create table category (
        category text not null,
        category_group text not null,
        label text not null,
        group_label text not null,
        paid_automatically_by text[] not null,
        automatic_payment_days int not null,
        sort_order int not null,
        constraint category_pk primary key (category)
    )
    """,
    """
    create table stage (
        stage text not null,
        total text not null,
        label text not null,
        sort_order int not null,
        constraint stage_pk primary key (stage)
    )
    """,
    """
    create table adjustment_reason (
        channel text not null,
        reason text not null,
        meaning text not null,
        sign int not null,
        label text not null,
        doubt text not null,
        constraint adjustment_reason_pk primary key (channel, reason)
    )
    """,
    """
    create table payment_reason (
        channel text not null,
        reason text not null,
        category text not null,
        constraint payment_reason_pk primary key (channel, reason)
    )
    """,
    """
    create table claim_window (
        rule text not null,
        channel text not null,
        marketplaces text[] not null,
        category text not null,
        clock text not null,
        opens_after_days int not null,
        closes_after_days int,
        closes_after_months int,
        valid_from date,
        valid_to date,
        source text not null,
        checked_on date not null,
        confidence text not null,
        note text not null,
        constraint claim_window_pk primary key (rule),
        constraint claim_window_closes_once check (closes_after_days is null or closes_after_months is null)
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        op.execute(table)
