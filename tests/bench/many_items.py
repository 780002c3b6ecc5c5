"""A database of many sellers' items, with the payments and cases that go with them, made by the server itself.

`make bench-data` makes it. Accounts have a long tail: the size of the n-th is as 1 ÷ (n + 5). One item in ten is open,
a few of these in review or not yet valued; three in a hundred are in a case, the rest is paid, denied or was taken
back. Deterministic, so that two runs measure the same.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import Connection, Engine, create_engine, text

from core.database.access import people
from core.database.access.visitor import Viewer
from core.database.migrate import migrate
from core.database.rollups.report_states import refresh_report_states
from core.database.rollups.totals import refresh_rollups
from core.database.server import embedded
from core.settings import PROJECT
from core.ui.shell.view import Scope
from core.vocabulary import ROLES

ACCOUNTS = """
    insert into account (code, name)
    select 'S' || lpad(number::text, 5, '0'), 'Seller ' || number from generate_series(1, :accounts) as number
"""
MARKETPLACES = """
    insert into account_marketplace (account_id, marketplace)
    select account_id, place
    from account
    cross join unnest(array['AMAZON_US', 'AMAZON_DE', 'WALMART_US']) with ordinality as known (place, number)
    where account_id % number = 0
"""
SIZES = """
    create table bench_size as
    with weighted as (
        select account_id, 1.0 / (row_number() over (order by account_id) + 5) as weight from account
    )
    select account_id, greatest(50, round(:items * weight / sum(weight) over ()))::int as items from weighted
"""
ITEMS = """
    insert into item (
        account_id, item_id, origin, channel, marketplace, category, event_on, opens_on, deadline_on, review_reason,
        review_code, doubts, sku, fnsku, asin, gtin, order_id, shipment_id, currency, unit_value, value_basis, units,
        units_open,
        units_doubtful, units_in_case, units_denied, units_claimed, units_reversed, units_in_kind, claimed, reversed,
        detected, case_id,
        note
    )
    select
        account_id, md5(account_id || ' item ' || number)::uuid, 'event',
        case when place = 'WALMART_US' then 'walmart' else 'amazon' end, place, category, day,
        day + (chance / 1000 % 6)::int * 4, day + 60, case when is_doubtful then 'It may have been paid unseen.' end,
        case when is_doubtful then 'payments_not_covered' end,
        case when is_doubtful then jsonb_build_array(jsonb_build_object(
            'code', 'payments_not_covered', 'units', units, 'parameters', jsonb_build_array(
                case when place = 'WALMART_US' then 'walmart_reconciliation' else 'amazon_reimbursements' end,
                case place when 'WALMART_US' then 'US' when 'AMAZON_DE' then 'EU' else 'NA' end,
                (date '2026-07-01' + (chance % 3 * 40 + account_id % 30)::int)::text,
                case
                    when chance % 3 = 2 then ''
                    else (date '2026-08-05' + (chance % 3 * 40 + account_id % 30)::int)::text
                end
            )
        )) end, sku,
        'X' || sku, 'B' || sku, '',
        case when chance % 4 = 0 then '111-' || number else '' end, '',
        case when place = 'AMAZON_DE' then 'EUR' else 'USD' end, value, 'sourcing_cost', units,
        case when kind < 10 then units else 0 end,
        case when is_doubtful then units else 0 end,
        case when kind between 10 and 12 then units else 0 end,
        case when kind between 13 and 16 then units else 0 end,
        case when kind between 17 and 97 then units else 0 end,
        case when kind > 97 then units else 0 end,
        0,
        case when kind between 17 and 97 then units * value else 0 end,
        case when kind > 97 then units * value else 0 end,
        units * coalesce(value, 0),
        case when kind between 10 and 16 then 'K' || number end, ''
    from (
        select
            *,
            (array['AMAZON_US', 'AMAZON_US', 'AMAZON_US', 'AMAZON_DE', 'WALMART_US'])[
                1 + case when account_id % 6 = 0 then (chance / 100 % 5)::int else 0 end] as place,
            (array['inventory_lost', 'inventory_damaged', 'return_lost', 'shipment_lost', 'removal_lost',
                'inventory_lost'])[(1 + chance / 1000 % 6)::int] as category,
            date '2026-11-20' - (chance / 10000 % 420)::int as day,
            (chance / 10000000 % 100)::int as kind,
            chance / 10000000 % 100 < 10 and chance % 11 = 0 as is_doubtful,
            case when chance % 97 = 0 and chance / 10000000 % 100 < 10 then null
                else 3 + chance / 100000 % 9000 / 100.0 end as value,
            1 + (chance % 3)::int as units,
            'SKU-' || account_id || '-' || chance / 1000000 % 500 as sku
        from (
            select s.account_id, number, hashint8extended(number, s.account_id) & 9223372036854775807 as chance
            from bench_size as s
            cross join generate_series(1, s.items) as number
        ) as drawn
    ) as made
"""
FILES = """
    insert into source_file (account_id, format, file, sha256, columns, options, exported_on, rows, refused)
    select account_id, report, report || '.txt', md5(account_id || report), '{a,b}', '', date '2026-11-20', 1, 0
    from account
    cross join unnest(
        array['amazon_reimbursements', 'amazon_settlement_v2', 'amazon_ledger_detail', 'recoup_cases']
    ) as report
"""
PAYMENTS = """
    insert into reimbursement (
        account_id, row_id, marketplace, file_id, line, source_line, approved_on, reimbursement_id, case_id, order_id,
        reason, sku, fnsku, asin, condition, currency, amount, units_cash, units_inventory, original_reimbursement_id,
        original_reimbursement_type
    )
    select
        s.account_id, md5(s.account_id || ' paid ' || number)::uuid, 'AMAZON_US', f.file_id, number,
        'a' || chr(31) || 'b',
        date '2026-11-20' - number * 7919 % 420, 'R' || s.account_id || '-' || number, '', '', 'Lost_Warehouse',
        'SKU-' || s.account_id || '-' || number % 500, '', '', 'NewItem', 'USD', 3 + number % 9000 / 100.0, 1, 0, '', ''
    from bench_size as s
    inner join source_file as f on f.account_id = s.account_id and f.format = 'amazon_reimbursements'
    cross join lateral generate_series(1, s.items / 10) as number
"""
SETTLED = """
    insert into settlement_line (
        account_id, row_id, marketplace, file_id, line, source_line, channel, document, period_start, period_end,
        posted_on, transaction_key, transaction_type, description, order_id, order_line, purchase_order_id,
        purchase_order_line, amount, amount_type, currency, quantity, reason, sku, gtin, contract_category,
        fulfilment_type
    )
    select
        r.account_id, md5(r.row_id || ' settled')::uuid, r.marketplace, f.file_id, r.line, 'a' || chr(31) || 'b',
        'amazon', 'S' || to_char(r.approved_on, 'YYYYMM'), date_trunc('month', r.approved_on),
        date_trunc('month', r.approved_on) + interval '1 month' - interval '1 day', r.approved_on, '',
        'other-transaction', 'WAREHOUSE_LOST', '', '', '', '', r.amount + (r.line % 60 = 0)::int,
        'FBA Inventory Reimbursement', r.currency, 1, '', r.sku, '', '', ''
    from reimbursement as r
    inner join source_file as f on f.account_id = r.account_id and f.format = 'amazon_settlement_v2'
    where r.line % 50 <> 0
"""
UNDERPAID = """
    update item as i
    set units_underpaid = 1, underpaid = 2, underpaid_on = i.event_on + 30, re_evaluation_until = i.event_on + 420
    where i.units_claimed > 0 and hashtext(i.item_id::text) % 500 = 0
"""
PROOF = """
    insert into item_evidence (account_id, item_id, role, row_id, units, amount)
    select i.account_id, i.item_id, 'underpaid', p.row_id, 1, p.amount
    from item as i
    inner join reimbursement as p on p.account_id = i.account_id and p.line = 1
    where i.units_underpaid > 0
"""
CASES = """
    insert into claim_case (
        account_id, marketplace, case_id, channel, category, origin, status, stage, outcome, opened_on, decided_on,
        closed_on, claimed_units, claimed_amount, recovered_units, recovered_amount, currency, note
    )
    select
        account_id, marketplace, case_id, channel, category, 'case_file',
        case when units_in_case > 0 then 'open' else 'not_eligible' end,
        case when units_in_case > 0 then 'open' else 'closed' end,
        case when units_in_case > 0 then '' else 'denied' end,
        event_on + 10, case when units_in_case = 0 then event_on + 25 end,
        case when units_in_case = 0 then event_on + 25 end, units, units * unit_value, 0, 0, currency, ''
    from item
    where case_id is not null
"""
OF_CASES = """
    insert into claim_case_item (account_id, marketplace, case_id, item_id, units)
    select account_id, marketplace, case_id, item_id, units from item where case_id is not null
"""
OVER = """
    insert into surplus (
        account_id, kind, row_id, marketplace, happened_on, sku, fnsku, order_id, shipment_id, case_id, units,
        units_matched, amount, currency
    )
    select account_id, 'payments', row_id, marketplace, approved_on, sku, '', '', '', '', 1, line % 2, amount, currency
    from reimbursement
    where line % 10 = 0
    union all
    select account_id, 'finds', row_id, marketplace, approved_on, sku, '', '', '', '', 2, line % 2, 0, ''
    from reimbursement
    where line % 10 = 5
"""
STATED = """
    insert into stated_coverage (account_id, format, region, covered_from, covered_through)
    select distinct a.account_id, f.format, m.region, span.first_on, span.last_on
    from account_marketplace as a
    inner join marketplace as m on m.marketplace = a.marketplace
    inner join covered_format as f on f.channel = m.channel
    cross join (values
        (date '2025-10-01', date '2026-06-30'), ('2026-08-10', '2026-08-31'), ('2026-09-20', '2026-11-01')
    ) as span (first_on, last_on)
"""
EVIDENCE = """
    insert into item_evidence (account_id, item_id, role, row_id, units)
    select account_id, item_id, 'event', md5(item_id::text)::uuid, units
    from item
    where units_open > 0 or case_id is not null
"""
SYNCED = """
    insert into sync_run (
        account_id, format, file, started_at, finished_at, status, message, rows, new, changed, unchanged, refused,
        data_through
    )
    select account_id, format, file, now() - interval '1 day' * day, now() - interval '1 day' * day, 'taken', '', 1, 1,
        0, 0, 0, current_date - day
    from source_file
    cross join generate_series(1, 20) as day
"""
STATES = """
    insert into account_state (account_id, synced_at, data_through, last_run)
    select account_id, max(finished_at), max(data_through), max(run_id) from sync_run group by account_id
"""
FILLING = (
    *(ACCOUNTS, MARKETPLACES, SIZES, ITEMS, FILES, PAYMENTS, SETTLED, UNDERPAID, PROOF, CASES, OF_CASES, EVIDENCE),
    *(SYNCED, STATES, OVER, STATED),
)
FOLDER = PROJECT / "tests" / "artefacts" / "bench"
DRAFT = "draft"


@dataclass(frozen=True)
class Visitor:
    """One who looks: in words and in one word, whose user it is, the accounts that are looked at, and what sums over
    them are asked of: the kept ones where there are any.
    """

    name: str
    kind: str
    role: str
    email: str
    user_id: int
    accounts: tuple[int, ...]
    summed: tuple[int, ...]

    @property
    def query(self) -> str:
        """The query of an address by which a dashboard without sign-in shows what the visitor sees."""
        return urlencode({"user": f"{self.email} ({ROLES[self.role].label})"})


@contextmanager
def database(items: int) -> Iterator[embedded.EmbeddedServer]:
    """A server whose database has that many items in 2,000 accounts (fewer where there are few items). It is made once,
    and kept for the next run; a dashboard with this `home` shows it.
    """
    with embedded.running(home(items)) as server:
        if _is_made(server):
            _bring_up_to_date(server)
        else:
            _make(server, items)
        yield server


def home(items: int) -> Path:
    """The home of the server with that many items."""
    return FOLDER / str(items)


def _is_made(server: embedded.EmbeddedServer) -> bool:
    engine = create_engine(server.url())
    with engine.connect() as connection:
        return bool(connection.execute(text("select to_regclass('bench_size') is not null")).scalar_one())


def _bring_up_to_date(server: embedded.EmbeddedServer) -> None:
    engine = create_engine(server.url())
    migrate(engine)
    engine.dispose()


def _make(server: embedded.EmbeddedServer, items: int) -> None:
    print(f"Making {items:,} items, once.", flush=True)
    server.drop_database(DRAFT)  # it gets its own name only when it is whole
    server.create_database(DRAFT)
    engine = create_engine(server.url(database=DRAFT))
    migrate(engine)
    fill(engine, items)
    engine.dispose()
    server.drop_database(embedded.DATABASE)
    root = create_engine(server.url(database="postgres"), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.execute(text(f"alter database {DRAFT} rename to {embedded.DATABASE}"))
    root.dispose()


def fill(engine: Engine, items: int) -> None:
    """Put the sellers into an empty, migrated database, and let it gather statistics."""
    accounts = min(2000, max(20, items // 500))
    with engine.begin() as connection:
        indexes = _dropped_indexes(connection)
        for statement in FILLING:
            query = text(statement)
            given = {"accounts": accounts, "items": items}
            connection.execute(query, {each: given[each] for each in query.compile().params})
        for statement in indexes:
            connection.execute(text(statement))
        everybody = list(connection.execute(text("select account_id from account")).scalars())
        refresh_rollups(connection, everybody)
        refresh_report_states(connection, everybody)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))


def _dropped_indexes(connection: Connection) -> list[str]:
    """The statements that make them again at the end: row by row in random order they would take the longest."""
    found = connection.execute(
        text(
            "select indexname, indexdef from pg_indexes"
            " where tablename in ('item', 'claim_case') and indexname not like '%_pk' order by indexname"
        )
    ).all()
    for index in found:
        connection.execute(text(f"drop index {index.indexname}"))
    return [index.indexdef for index in found]


def visitors(connection: Connection) -> list[Visitor]:
    """A seller with an average account, the largest account, a manager with a tenth of all accounts, and staff. Their
    users are made where they are not there.
    """
    rows = connection.execute(text("select account_id, items from bench_size order by items desc, account_id")).all()
    mean = sum(row.items for row in rows) / len(rows)
    average = min(rows, key=lambda row: abs(row.items - mean)).account_id
    everything = tuple(row.account_id for row in rows)
    return [
        _visitor(connection, "a seller with an average account", "average", "seller", (average,)),
        _visitor(connection, "the largest account", "largest", "seller", (rows[0].account_id,)),
        _visitor(
            connection, f"a manager with {len(rows) // 10} accounts", "manager", "account_manager", everything[::10]
        ),
        _visitor(connection, "staff", "staff", "staff", everything),
    ]


def _visitor(connection: Connection, name: str, kind: str, role: str, accounts: Sequence[int]) -> Visitor:
    email = f"{kind}@example.com"
    codes = connection.execute(
        text("select code from account where account_id = any(:accounts)"), {"accounts": list(accounts)}
    ).scalars()
    user_id = connection.execute(text("select user_id from app_user where email = :email"), {"email": email}).scalar()
    if user_id is None:
        user_id = people.add_user(connection, email, role, [] if role == "staff" else list(codes))
    portfolio = connection.execute(text("select portfolio from enter(:user_id)"), {"user_id": user_id}).scalar_one()
    viewer = Viewer(user_id, role, tuple(accounts), portfolio)
    scope = Scope(user_id, role, tuple(accounts), "", len(accounts) if viewer.sees_every_account else 0)
    return Visitor(name, kind, role, email, user_id, scope.of_accounts(viewer), scope.of_sums(viewer))


def any_item(connection: Connection, accounts: Sequence[int]) -> tuple[int, str]:
    """One of the items in a case: its account and its id."""
    row = connection.execute(
        text(
            "select account_id, item_id::text as item_id from item"
            " where account_id = any(:accounts) and units_in_case > 0 order by account_id, item_id limit 1"
        ),
        {"accounts": list(accounts)},
    ).one()
    return row.account_id, row.item_id


def main() -> None:
    """Make the database of so many items, and that of a tenth of them, where they are not there."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--items", type=int, default=10_000_000)
    options = parser.parse_args()
    for items in (options.items, options.items // 10):
        with database(items):
            print(f"{items:,} items are in {home(items).relative_to(PROJECT)}.")


if __name__ == "__main__":
    main()
