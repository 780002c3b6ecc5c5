"""What was synced: the files, the attempts, the refused rows, and the reports' rows as they came.

Every row of a report is named by `row_id`, a hash of its format, its key and its occurrence among equal rows: the
same row has the same name in every database, whichever file brought it and in whatever order. `source_line` keeps its
values as they came (less the personal ones), separated by the ASCII unit separator; the names of the columns are the
file's `columns`. `file_id` is no foreign key: rows are only ever written together with their file, by one statement,
and a check for every row would be a quarter of the time that a load takes.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

ROW = """
        account_id int not null,
        row_id uuid not null,
        marketplace text,
        file_id bigint not null,
        line int not null,
        source_line text not null
"""

FILES = (
    """
    create table source_file (
        account_id int not null,
        file_id bigint generated always as identity,
        format text not null,
        file text not null,
        sha256 text not null,
        columns text[] not null,
        options text not null,
        exported_on date,
        document text,
        control_total_holds boolean,
        rows int not null,
        refused int not null,
        taken_at timestamptz not null default now(),
        constraint source_file_pk primary key (account_id, file_id)
    )
    """,
    "create index source_file_by_hash on source_file (account_id, sha256, format)",
    """
    create table sync_run (
        account_id int not null,
        run_id bigint generated always as identity,
        format text,
        file text not null,
        sha256 text,
        started_at timestamptz not null,
        finished_at timestamptz not null,
        status text not null,
        message text not null,
        rows int not null,
        new int not null,
        changed int not null,
        unchanged int not null,
        refused int not null,
        data_from date,
        data_through date,
        constraint sync_run_pk primary key (account_id, run_id),
        constraint sync_run_status_known check (status in ('taken', 'already_taken', 'refused'))
    )
    """,
    """
    create table row_issue (
        account_id int not null,
        run_id bigint not null,
        line int not null,
        column_name text not null,
        value text not null,
        reason text not null,
        constraint row_issue_pk primary key (account_id, run_id, line, column_name),
        constraint row_issue_run_fk foreign key (account_id, run_id) references sync_run on delete cascade
    )
    """,
)

REPORTS = {
    "inventory_event": """
        channel text not null,
        event_on date not null,
        event_at timestamptz,
        event_type text not null,
        reason text not null,
        reason_text text not null,
        quantity int not null,
        reconciled int,
        unreconciled int,
        reference_id text not null,
        shipment_id text not null,
        sku text not null,
        fnsku text not null,
        asin text not null,
        gtin text not null,
        fulfilment_center text not null,
        disposition text not null,
        country text not null
    """,
    "reimbursement": """
        approved_on date not null,
        approved_at timestamptz,
        reimbursement_id text not null,
        case_id text not null,
        order_id text not null,
        reason text not null,
        sku text not null,
        fnsku text not null,
        asin text not null,
        condition text not null,
        currency text not null,
        amount_per_unit numeric,
        amount numeric not null,
        units_cash int not null,
        units_inventory int not null,
        original_reimbursement_id text not null,
        original_reimbursement_type text not null
    """,
    "customer_return": """
        returned_on date not null,
        returned_at timestamptz,
        order_id text not null,
        sku text not null,
        fnsku text not null,
        asin text not null,
        quantity int not null,
        fulfilment_center text not null,
        disposition text not null,
        reason text not null,
        status text not null,
        license_plate text not null
    """,
    "settlement_line": """
        channel text not null,
        document text not null,
        period_start date,
        period_end date,
        posted_on date not null,
        transaction_key text not null,
        transaction_type text not null,
        description text not null,
        order_id text not null,
        order_line text not null,
        purchase_order_id text not null,
        purchase_order_line text not null,
        amount numeric not null,
        amount_type text not null,
        currency text not null,
        quantity int,
        commission_rate numeric,
        reason text not null,
        sku text not null,
        gtin text not null,
        contract_category text not null,
        fulfilment_type text not null
    """,
    "case_entry": """
        case_id text not null,
        opened_on date not null,
        category text not null,
        fnsku text not null,
        sku text not null,
        order_id text not null,
        shipment_id text not null,
        claimed_units int,
        claimed_amount numeric,
        currency text not null,
        decision text not null,
        decided_on date,
        closed_on date,
        note text not null
    """,
    "sourcing_cost": """
        sku text not null,
        unit_cost numeric not null,
        currency text not null,
        valid_from date not null
    """,
}

INDEXES = (
    """
    create index inventory_event_adjustments on inventory_event (account_id, event_on)
    where lower(event_type) in ('adjustments', 'adjustment')
    """,
    "create index reimbursement_by_id on reimbursement (account_id, reimbursement_id)",
    "create index customer_return_by_order on customer_return (account_id, order_id, sku)",
    "create index settlement_line_by_document on settlement_line (account_id, document)",
    "create index sourcing_cost_by_sku on sourcing_cost (account_id, sku, valid_from)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in FILES:
        op.execute(statement)
    for table, columns in REPORTS.items():
        op.execute(f"create table {table} ({ROW}, {columns})")
        op.execute(f"alter table {table} add constraint {table}_pk primary key (account_id, row_id)")
    for index in INDEXES:
        op.execute(index)
