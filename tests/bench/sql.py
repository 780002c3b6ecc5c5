"""`make bench-sql`: how fast the schema `reporting` answers other tools, over 10,000,000 items.

Option: `--items N`; the database is that of `make bench-pages`.
"""

import argparse
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine, create_engine, text

from core.database.access import logins
from core.errors import UnknownName
from tests.bench import many_items
from tests.bench.lines import Line, seconds, show_all

TIMES = 5
AGENCY, STAFF = "bench_agency", "bench_staff"

OF_ACCOUNT = {
    "totals of one account": "select * from reporting.totals where account = :account",
    "items of one account, the next 100 deadlines": (
        "select * from reporting.items where account = :account and deadline_on >= current_date"
        " order by deadline_on limit 100"
    ),
    "items of one account, the first 100 deadlines": (
        "select * from reporting.items where account = :account order by deadline_on limit 100"
    ),
}
ACCOUNTS = text("select account_id, code from account")
TOTALS = "select currency, stage, sum(amount) from reporting.totals group by currency, stage"


@contextmanager
def logged_in(engine: Engine, visitors: list[many_items.Visitor]) -> Iterator[dict[str, Engine]]:
    """The owner's engine and those of two logins: of a manager with a tenth of all accounts, and of staff."""
    engines = {"owner": engine}
    _remove(engine)  # left behind by a run that was ended
    with engine.begin() as connection:
        for name, visitor in ((AGENCY, visitors[2]), (STAFF, visitors[3])):
            password = logins.add(connection, name, visitor.user_id)
            engines[name] = create_engine(engine.url.set(username=name, password=password))
    try:
        yield engines
    finally:
        for name in (AGENCY, STAFF):
            engines[name].dispose()
        _remove(engine)


def _remove(engine: Engine) -> None:
    for name in (AGENCY, STAFF):
        with suppress(UnknownName), engine.begin() as connection:
            logins.remove(connection, name)


def measured(engines: dict[str, Engine], accounts: dict[str, str]) -> Iterator[Line]:
    """A line for each question, login and account."""
    for who, engine in engines.items():
        with engine.connect() as connection:
            for size, account in accounts.items():
                for what, query in OF_ACCOUNT.items():
                    took = typical(connection, query, account=account)
                    yield Line(f"{who}, {size}: {what}", f"{took * 1000:.0f} ms", "≤ 50 ms", took <= 0.05)
            took = typical(connection, TOTALS)
            yield Line(f"{who}: totals of all its accounts", f"{took:.2f} s", "≤ 1 s", took <= 1)


def typical(connection: Connection, query: str, **values: str) -> float:
    """The median of some runs, after one that warms up."""

    def ask() -> None:
        connection.execute(text(query), values).all()

    ask()
    return statistics.median(seconds(ask) for _ in range(TIMES))


def main() -> None:
    """Run the benchmark and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000_000)
    options = parser.parse_args()
    with many_items.database(options.items) as server:
        engine = create_engine(server.url())
        with engine.begin() as connection:
            visitors = many_items.visitors(connection)
            codes = {row.account_id: str(row.code) for row in connection.execute(ACCOUNTS)}
        average, large = visitors[0].accounts[0], visitors[2].accounts[0]
        accounts = {"an average account": codes[average], "a large account": codes[large]}
        with logged_in(engine, visitors) as engines:
            show_all(measured(engines, accounts))


if __name__ == "__main__":
    main()
