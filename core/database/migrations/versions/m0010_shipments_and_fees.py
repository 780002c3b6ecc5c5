"""What the detectors of shipments, removals and fees ask for: the meanings of the reports' words, the numbers of an
audit with their sources, the days on which fees change; and an index that finds receipts among an account's events.

The three tables are registries like those of 0001: small, shared, filled by every `python -m core migrate`.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

REGISTRIES = ("report_word", "detection_bound", "fee_period")

STATEMENTS = (
    """
    create table report_word (
        channel text not null,
        subject text not null,
        word text not null,
        meaning text not null,
        constraint report_word_pk primary key (channel, subject, word)
    )
    """,
    """
    create table detection_bound (
        bound text not null,
        marketplace text not null,
        value numeric not null,
        source text not null,
        checked_on date not null,
        note text not null,
        constraint detection_bound_pk primary key (bound, marketplace)
    )
    """,
    """
    create table fee_period (
        kind text not null,
        marketplace text not null,
        starts_on date not null,
        ends_on date,
        source text not null,
        checked_on date not null,
        note text not null,
        constraint fee_period_pk primary key (kind, marketplace, starts_on)
    )
    """,
    """
    create index inventory_event_receipts on inventory_event (
        account_id, (case channel when 'amazon' then reference_id else shipment_id end)
    )
    where lower(event_type) in ('receipts', 'receipt')
    """,
)


def upgrade() -> None:
    """Make the tables and the index."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in REGISTRIES:
        op.execute(f"grant select on {table} to recoup_app, recoup_staff, recoup_loader")
