"""What the categories beyond the warehouse's need: kinds that are owed after an order or by money, and what their items
keep.

`rest` is the money of a unit that was paid in part, which a person must look at. `re_evaluation_until` is the last day
on which a payment below the seller's own cost can be asked to be evaluated again. A withdrawn item is one whose event
is gone, kept with the reason so that nothing vanishes silently; it is no item any more and counts nowhere.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    "alter table category add column is_after_order boolean not null default false",
    "alter table category add column is_of_money boolean not null default false",
    "alter table payment_reason add column also text[] not null default '{}'",
    "alter table item add column rest numeric not null default 0",
    "alter table item add column units_underpaid int not null default 0",
    "alter table item add column underpaid numeric not null default 0",
    "alter table item add column re_evaluation_until date",
    """
    create table withdrawn_item (
        account_id int not null,
        item_id uuid not null,
        withdrawn_at timestamptz not null default now(),
        reason text not null,
        channel text not null,
        marketplace text not null,
        category text not null,
        event_on date,
        sku text not null,
        fnsku text not null,
        order_id text not null,
        shipment_id text not null,
        units int not null,
        currency text not null,
        detected numeric not null,
        constraint withdrawn_item_pk primary key (account_id, item_id)
    )
    """,
    "alter table withdrawn_item enable row level security",
    """
    create policy withdrawn_item_of_granted on withdrawn_item for select to recoup_app
    using (account_id = any(granted()))
    """,
    "create policy withdrawn_item_of_all on withdrawn_item for select to recoup_staff using (true)",
    "grant select on withdrawn_item to recoup_app, recoup_staff",
)


def upgrade() -> None:
    """Add the columns and the table."""
    for statement in STATEMENTS:
        op.execute(statement)
