"""A database of many sellers, made by the server itself: ledgers above all, with the payments, cases and
sourcing costs that go with them. Deterministic, so that two runs measure the same.

Accounts have a long tail: the size of the n-th is as 1 ÷ (n + 5). Of a ledger's rows one in forty is an adjustment, the
rest is trade; four in ten of what was lost or damaged were paid, three in a hundred are in a case.
"""

from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Connection, Engine, text

LEDGER_COLUMNS = (
    "Date,FNSKU,ASIN,MSKU,Title,Event Type,Reference ID,Quantity,Fulfillment Center,Disposition,Reason,Country,"
    "Reconciled Quantity,Unreconciled Quantity,Date and Time,Store"
)
REPORTS = ("inventory_event", "reimbursement", "case_entry", "sourcing_cost")

ACCOUNTS = """
    insert into account (code, name)
    select 'S' || lpad(number::text, 5, '0'), 'Seller ' || number from generate_series(1, :accounts) as number
"""
MARKETPLACES = """
    insert into account_marketplace (account_id, marketplace) select account_id, 'AMAZON_US' from account
"""
SIZES = """
    create table bench_size as
    with weighted as (
        select account_id, 1.0 / (row_number() over (order by account_id) + 5) as weight from account
    )
    select
        account_id,
        greatest(20, round(:rows * weight / sum(weight) over ()))::int as rows,
        greatest(5, round(sqrt(:rows * weight / sum(weight) over ())))::int as products
    from weighted
"""
FILES = """
    insert into source_file (account_id, format, file, sha256, columns, options, exported_on, rows, refused)
    select account_id, report, report || '.txt', md5(account_id || report), string_to_array(:columns, ','), '',
        date '2026-11-20', case report when 'inventory_event' then rows else rows / 100 end, 0
    from bench_size cross join unnest(cast(:reports as text[])) as report
"""
LEDGER = """
    insert into inventory_event (
        account_id, row_id, marketplace, file_id, line, source_line, channel, event_on, event_at, event_type, reason,
        reason_text, quantity, reconciled, unreconciled, reference_id, shipment_id, sku, fnsku, asin, gtin,
        fulfilment_center, disposition, country
    )
    select
        account_id, row_id, 'AMAZON_US', file_id, line,
        concat_ws(e'\\x1f', to_char(event_on, 'MM/DD/YYYY'), fnsku, asin, sku,
            'Seller ' || account_id || ' Stoneware Mug with Lid, 12 oz, Dishwasher Safe, Pack of ' || product,
            event_type, reference, quantity, centre, 'SELLABLE', reason, 'US', '', '',
            to_char(event_on, 'YYYY-MM-DD"T00:00:00-0700"'), ''),
        'amazon', event_on, event_on::timestamptz, event_type, reason, '', quantity, null, null, reference, '',
        sku, fnsku, asin, '', centre, 'SELLABLE', 'US'
    from (
        select
            account_id, file_id, line, product, event_on, centre,
            md5(account_id || ' ledger ' || line)::uuid as row_id,
            'SKU-' || account_id || '-' || product as sku,
            'X' || lpad(account_id::text, 5, '0') || lpad(product::text, 4, '0') as fnsku,
            'B' || lpad(account_id::text, 5, '0') || lpad(product::text, 4, '0') as asin,
            (array['Adjustments', 'Shipments', 'Receipts', 'CustomerReturns', 'WhseTransfers'])[kind] as event_type,
            case kind when 1 then line::text when 3 then 'FBA' || line / 40 else '' end as reference,
            case when kind = 1 then reason else '' end as reason,
            case
                when kind = 1 and reason in ('F', 'P') then units
                when kind = 1 then -units
                when kind in (3, 4) then units
                else -1
            end as quantity
        from (
            select
                s.account_id, f.file_id, line,
                case when chance % 40 = 0 then 1 when chance % 40 < 34 then 2 when chance % 40 < 37 then 3
                    when chance % 40 < 39 then 4 else 5 end as kind,
                substr('MMMMMMMFFFFEEE6QPPPD', (1 + chance / 100 % 20)::int, 1) as reason,
                (1 + chance / 10000 % 3)::int as units,
                1 + chance / 100000 % s.products as product,
                date '2026-11-20' - (chance / 10000000000 % 425)::int as event_on,
                'PHX' || chance / 1000 % 9 as centre
            from bench_size as s
            inner join source_file as f on f.account_id = s.account_id and f.format = 'inventory_event'
            cross join lateral (
                select line, hashint8extended(line, s.account_id) & 9223372036854775807 as chance
                from generate_series(1, s.rows) as line
            ) as drawn
        ) as drawn
    ) as row
"""
REIMBURSEMENTS = """
    insert into reimbursement (
        account_id, row_id, marketplace, file_id, line, source_line, approved_on, reimbursement_id, case_id, order_id,
        reason, sku, fnsku, asin, condition, currency, amount, units_cash, units_inventory, original_reimbursement_id,
        original_reimbursement_type
    )
    select
        e.account_id, md5(e.row_id || ' paid')::uuid, 'AMAZON_US', f.file_id, e.line,
        concat_ws(e'\\x1f', e.event_on + 9, e.line, e.sku, e.fnsku, -e.quantity), e.event_on + 5 + e.line % 40,
        'R' || e.line, case when e.line % 5 = 0 then 'C' || e.line else '' end, '',
        case when e.reason = 'M' then 'Lost_Warehouse' else 'Damaged_Warehouse' end, e.sku, e.fnsku, e.asin, 'NewItem',
        'USD', case when e.line % 9 = 0 then 0 else -e.quantity * (7 + e.line % 30 + 0.49) end,
        case when e.line % 9 = 0 then 0 else -e.quantity end, case when e.line % 9 = 0 then -e.quantity else 0 end,
        '', ''
    from inventory_event as e
    inner join source_file as f on f.account_id = e.account_id and f.format = 'reimbursement'
    where e.event_type = 'Adjustments' and e.reason in ('M', 'E', '6') and abs(hashint4(e.line)) % 10 < 4
"""
CASES = """
    insert into case_entry (
        account_id, row_id, marketplace, file_id, line, source_line, case_id, opened_on, category, fnsku, sku, order_id,
        shipment_id, claimed_units, currency, decision, decided_on, closed_on, note
    )
    select
        e.account_id, md5(e.row_id || ' filed')::uuid, 'AMAZON_US', f.file_id, e.line,
        concat_ws(e'\\x1f', 'K' || e.line, e.event_on + 20), 'K' || e.line, e.event_on + 20, '', e.fnsku, e.sku, '', '',
        -e.quantity, '', case e.line % 3 when 0 then 'denied' else '' end,
        case e.line % 3 when 0 then e.event_on + 30 end, case e.line % 3 when 0 then e.event_on + 30 end, ''
    from inventory_event as e
    inner join source_file as f on f.account_id = e.account_id and f.format = 'case_entry'
    where e.event_type = 'Adjustments' and e.reason in ('M', 'E') and abs(hashint4(e.line)) % 33 = 5
"""
COSTS = """
    insert into sourcing_cost (
        account_id, row_id, marketplace, file_id, line, source_line, sku, unit_cost, currency, valid_from
    )
    select
        s.account_id, md5(s.account_id || ' cost ' || product)::uuid, null, f.file_id, product,
        concat_ws(e'\\x1f', product, '2025-01-01'), 'SKU-' || s.account_id || '-' || product, 4 + product % 20, 'USD',
        date '2025-01-01'
    from bench_size as s
    inner join source_file as f on f.account_id = s.account_id and f.format = 'sourcing_cost'
    cross join lateral generate_series(1, s.products) as product
    where s.account_id % 2 = 0
"""
FILLING = (ACCOUNTS, MARKETPLACES, SIZES, FILES, LEDGER, REIMBURSEMENTS, CASES, COSTS, "drop table bench_size")


@dataclass(frozen=True)
class Sizes:
    """How many accounts, and how many ledger rows they have together."""

    accounts: int
    rows: int


def fill(engine: Engine, sizes: Sizes) -> None:
    """Put the sellers into an empty, migrated database, and let it gather statistics."""
    with engine.begin() as connection:
        for table in REPORTS:
            connection.execute(text(f"alter table {table} drop constraint {table}_pk"))
        for statement in FILLING:
            _run(connection, statement, sizes)
        for table in REPORTS:  # made at the end: row by row in random order it would take the longest
            connection.execute(text(f"alter table {table} add constraint {table}_pk primary key (account_id, row_id)"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))


def _run(connection: Connection, statement: str, sizes: Sizes) -> None:
    query = text(statement)
    given = {
        "accounts": sizes.accounts,
        "rows": sizes.rows,
        "columns": LEDGER_COLUMNS,
        "reports": list(REPORTS),
    }
    connection.execute(query, {name: given[name] for name in query.compile().params})


def copy_account(source: Engine, target: Engine, code: str) -> None:
    """Give another database this account alone, with all of its rows."""
    with source.connect() as reading, target.begin() as writing:
        account_id = reading.execute(text("select account_id from account where code = :code"), {"code": code}).scalar()
        for table in ("account", "account_marketplace", "source_file", *REPORTS):
            with TemporaryFile("w+b") as rows:
                query = f"select * from {table} where account_id = {account_id}"
                _copy(reading, f"copy ({query}) to stdout (format binary)", rows)
                rows.seek(0)
                _copy(writing, f"copy {table} from stdin (format binary)", rows)


def _copy(connection: Connection, statement: str, rows: IO[bytes]) -> None:
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor:
        cursor.copy_expert(statement, rows)
