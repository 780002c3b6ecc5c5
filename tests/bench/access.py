"""`make bench-access`: what row security costs: each question of the pages as a page's role, against the same as owner.

Option: `--items N` (default 1,000,000), in accounts of a long tail: one for each 5,000 items.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Connection, create_engine, text

from core.database import embedded, people
from core.database.engine import APP, OWNER
from core.database.migrate import migrate
from core.queries import case_tracker, marketplace, overview
from core.queries import items as item_list
from core.queries import people as who
from core.queries.case_tracker import CaseFilter
from core.queries.item_filter import ItemFilter
from core.queries.paging import Position
from tests.bench.lines import Line, show_all

TARGET = 1.5
REPEATS = 5
READY = ItemFilter("amazon", ("ready",))
EVERY_CASE = CaseFilter((), None, None, None, None, "", "")

QUESTIONS: dict[str, Callable[[Connection, Sequence[int]], object]] = {
    "accounts": lambda c, _: who.accounts(c),
    "freshness": who.freshness,
    "overview amounts": overview.amounts,
    "overview detected": overview.detected,
    "overview paid": overview.paid,
    "overview expiring": overview.expiring,
    "overview recovered": overview.recovered,
    "marketplace sums": lambda c, a: marketplace.sums(c, a, "amazon", "30 days"),
    "marketplace categories": lambda c, a: marketplace.categories(c, a, READY),
    "marketplace items": lambda c, a: item_list.items(c, a, READY, "soonest", Position()),
    "case statuses": lambda c, a: case_tracker.by_status(c, a, EVERY_CASE),
    "cases": lambda c, a: case_tracker.cases(c, a, EVERY_CASE, "opened", Position()),
}

ACCOUNTS = """
    insert into account (code, name)
    select 'S' || lpad(number::text, 5, '0'), 'Seller ' || number from generate_series(1, :accounts) as number
"""
MARKETPLACES = "insert into account_marketplace (account_id, marketplace) select account_id, 'AMAZON_US' from account"
ITEMS = """
    insert into item (
        account_id, item_id, origin, channel, marketplace, category, event_on, opens_on, deadline_on, sku, fnsku, asin,
        gtin, order_id, shipment_id, currency, unit_value, value_basis, units, units_open, units_doubtful,
        units_in_case, units_denied, units_claimed, units_reversed, units_in_kind, claimed, reversed, detected, note
    )
    select
        account_id, gen_random_uuid(), 'event', 'amazon', 'AMAZON_US',
        case when number % 3 = 0 then 'inventory_damaged' else 'inventory_lost' end,
        day, day, day + 60, 'SKU-' || number % 500, 'X' || number % 500, 'B' || number % 500, '', '', '', 'USD', 7.20,
        'sourcing_cost', 1, open, 0, 0, 0, 1 - open, 0, 0, (1 - open) * 7.20, 0, 7.20, ''
    from (
        select
            s.account_id, number, current_date - (number * 7919 % 420)::int as day,
            case when number % 10 = 0 then 1 else 0 end as open
        from (
            select account_id, greatest(50, round(:items * weight / sum(weight) over ()))::int as items
            from (
                select account_id, 1.0 / (row_number() over (order by account_id) + 5) as weight from account
            ) as weighted
        ) as s
        cross join generate_series(1, s.items) as number
    ) as made
"""
SYNCED = """
    insert into sync_run (
        account_id, format, file, started_at, finished_at, status, message, rows, new, changed, unchanged, refused,
        data_through
    )
    select account_id, 'amazon_ledger_detail', 'ledger.tsv', now(), now(), 'taken', '', 1, 1, 0, 0, 0, current_date
    from account
"""


def fill(connection: Connection, items: int) -> dict[str, tuple[int, list[int]]]:
    """Make the accounts and items; for each kind of visitor the user and the accounts it looks at."""
    accounts = max(20, items // 5000)
    for statement in (ACCOUNTS, MARKETPLACES, ITEMS, SYNCED):
        connection.execute(text(statement), {"accounts": accounts, "items": items})
    ids = list(connection.execute(text("select account_id from account order by account_id")).scalars())
    codes = {row.account_id: row.code for row in connection.execute(text("select account_id, code from account"))}
    middle, largest, many = [ids[len(ids) // 2]], [ids[0]], ids[:: max(1, len(ids) // 100)]
    return {
        "a seller with an average account": (_user(connection, "average", codes, middle), middle),
        "the largest account": (_user(connection, "largest", codes, largest), largest),
        f"a manager with {len(many)} accounts": (_user(connection, "manager", codes, many), many),
    }


def _user(connection: Connection, name: str, codes: dict[int, str], accounts: Sequence[int]) -> int:
    return people.add_user(connection, f"{name}@example.com", "account_manager", [codes[each] for each in accounts])


def median(
    question: Callable[[Connection, Sequence[int]], object], connection: Connection, ids: Sequence[int]
) -> float:
    """The median time of a question in seconds, after one to warm up."""
    question(connection, ids)
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        question(connection, ids)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def compare(
    server: embedded.EmbeddedServer, database: str, visitors: dict[str, tuple[int, list[int]]]
) -> Iterator[Line]:
    """Each question as the page's role and as owner, side by side in one run."""
    engines: dict[str, Any] = {role: create_engine(server.url(role, database)) for role in (OWNER, APP)}
    for visitor, (user_id, ids) in visitors.items():
        for name, question in QUESTIONS.items():
            with engines[OWNER].begin() as connection:
                as_owner = median(question, connection, ids)
            with engines[APP].begin() as connection:
                connection.execute(text("select enter(:user_id)"), {"user_id": user_id})
                guarded = median(question, connection, ids)
            ratio = guarded / as_owner
            # what takes a millisecond is the way to the server and back, which row security has no part in
            is_met = ratio <= TARGET or guarded < 0.003
            yield Line(f"{name}, {visitor}", f"{ratio:.2f} × ({guarded * 1000:.1f} ms)", f"≤ {TARGET} ×", is_met)
    for engine in engines.values():
        engine.dispose()


def main() -> None:
    """Run the comparison and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    options = parser.parse_args()
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GiB", flush=True)
    with tempfile.TemporaryDirectory() as folder, embedded.running(Path(folder) / "home") as server:
        server.create_database("access")
        engine = create_engine(server.url(database="access"))
        migrate(engine)
        with engine.begin() as connection:
            visitors = fill(connection, options.items)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))
        engine.dispose()
        show_all(compare(server, "access", visitors))


if __name__ == "__main__":
    main()
