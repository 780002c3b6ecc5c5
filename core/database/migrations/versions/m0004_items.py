"""What is owed: items, the rows that prove them, and cases.

An item keeps dates, never a stage of the calendar: whether its open units are future, ready or expired is derived
when it is asked for (reporting.items), so nothing has to run at midnight.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
    create table item (
        account_id int not null,
        item_id uuid not null,
        origin text not null,
        channel text not null,
        marketplace text not null,
        category text not null,
        event_on date,
        opens_on date,
        deadline_on date,
        window_rule text,
        window_confidence text,
        review_reason text,
        sku text not null,
        fnsku text not null,
        asin text not null,
        gtin text not null,
        order_id text not null,
        shipment_id text not null,
        case_id text,
        currency text not null,
        unit_value numeric,
        value_basis text not null,
        units int not null,
        units_open int not null,
        units_doubtful int not null,
        units_in_case int not null,
        units_denied int not null,
        units_claimed int not null,
        units_reversed int not null,
        units_in_kind int not null,
        claimed numeric not null,
        reversed numeric not null,
        detected numeric not null,
        note text not null,
        constraint item_pk primary key (account_id, item_id),
        constraint item_origin_known check (origin in ('event', 'payment')),
        constraint item_units_in_one_stage check (
            units = units_open + units_in_case + units_denied + units_claimed + units_reversed + units_in_kind
        ),
        constraint item_doubtful_units_are_open check (units_doubtful between 0 and units_open)
    )
    """,
    "create index item_by_deadline on item (account_id, deadline_on) where units_open > 0",
    """
    create table item_evidence (
        account_id int not null,
        item_id uuid not null,
        role text not null,
        row_id uuid not null,
        units int,
        amount numeric,
        constraint item_evidence_pk primary key (account_id, item_id, role, row_id),
        constraint item_evidence_item_fk foreign key (account_id, item_id) references item on delete cascade
    )
    """,
    """
    create table claim_case (
        account_id int not null,
        marketplace text not null,
        case_id text not null,
        channel text not null,
        category text not null,
        origin text not null,
        status text not null,
        stage text not null,
        outcome text not null,
        opened_on date,
        decided_on date,
        closed_on date,
        claimed_units int,
        claimed_amount numeric,
        recovered_units int not null,
        recovered_amount numeric not null,
        currency text not null,
        note text not null,
        constraint claim_case_pk primary key (account_id, marketplace, case_id),
        constraint claim_case_origin_known check (origin in ('case_file', 'filed_elsewhere')),
        constraint claim_case_stage_known check (stage in ('open', 'closed'))
    )
    """,
    """
    create table claim_case_item (
        account_id int not null,
        marketplace text not null,
        case_id text not null,
        item_id uuid not null,
        units int not null,
        constraint claim_case_item_pk primary key (account_id, marketplace, case_id, item_id),
        constraint claim_case_item_item_fk foreign key (account_id, item_id) references item on delete cascade,
        constraint claim_case_item_case_fk foreign key (account_id, marketplace, case_id)
            references claim_case on delete cascade
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
