"""`make bench-pages`: how long each question of each page takes at 10,000,000 items, and against a tenth of them.

Option: `--items N` (default 10,000,000; databases are made once). How each question is answered goes to plans.txt.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import Connection, create_engine, text

from core.database import embedded
from core.database.engine import APP, OWNER, STAFF
from core.reporting.kept import EVERY_ACCOUNT
from tests.bench import many_items
from tests.bench.lines import Line, show_all
from tests.bench.many_items import Visitor
from tests.bench.plans import scans_of
from tests.bench.questions import QUESTIONS, SUMMED, Question, of_item

MOST_SECONDS = 0.020
MOST_GROWTH = 2.0
REPEATS = 7
TODAY = "2026-11-20"
PLANS = Path(__file__).with_name("plans.txt")


@contextmanager
def reading(server: embedded.EmbeddedServer, visitor: Visitor) -> Iterator[Connection]:
    """A transaction as the pages read in: with the role and the grants of the visitor."""
    engine = create_engine(server.url(STAFF if visitor.role == "staff" else APP))
    with engine.begin() as connection:
        if visitor.role != "staff":
            connection.execute(text("select enter(:user_id)"), {"user_id": visitor.user_id})
        at_today(connection)
        yield connection
    engine.dispose()


def at_today(connection: Connection) -> None:
    """Let it be the day on which the items were made."""
    connection.execute(text(f"set local recoup.today = '{TODAY}'"))


def medians(question: Question, connections: Sequence[Connection], accounts: Sequence[int]) -> list[float]:
    """The median time of a question in seconds by each connection, in turns, after one to warm up."""
    taken: list[list[float]] = [[] for _ in connections]
    for turn in range(REPEATS + 1):
        for times, connection in zip(taken, connections, strict=True):
            started = time.perf_counter()
            question(connection, accounts)
            if turn:
                times.append(time.perf_counter() - started)
    return [statistics.median(times) for times in taken]


def measured(server: embedded.EmbeddedServer) -> Iterator[tuple[str, str, float]]:
    """Visitor, question and its median, of all of them."""
    for visitor, name, question, connection in asked(server):
        yield visitor.kind, name, medians(question, [connection], asked_of(visitor, name))[0]


def asked(server: embedded.EmbeddedServer) -> Iterator[tuple[Visitor, str, Question, Connection]]:
    """Visitor, question and the connection to ask it by, of all of them."""
    owner = create_engine(server.url(OWNER))
    with owner.begin() as connection:
        visitors = many_items.visitors(connection)
        items = {visitor: many_items.any_item(connection, visitor.accounts) for visitor in visitors}
    owner.dispose()
    for visitor in visitors:
        with reading(server, visitor) as connection:
            for name, question in {**QUESTIONS, **of_item(*items[visitor])}.items():
                yield visitor, name, question, connection


def asked_of(visitor: Visitor, name: str) -> Sequence[int]:
    """The accounts that a question is asked of, as the pages do."""
    return (EVERY_ACCOUNT,) if visitor.role == "staff" and name in SUMMED else visitor.accounts


def lines(items: int, ask: Callable[[int], dict[tuple[str, str], float]]) -> Iterator[Line]:
    """A line a question and visitor: its time at so many items, and against a tenth of them."""
    many, few = ask(items), ask(items // 10)
    for (visitor, name), seconds in many.items():
        before = few[visitor, name]
        growth = seconds / before
        # what takes some milliseconds is the way to the server and back
        is_met = seconds <= MOST_SECONDS and (growth <= MOST_GROWTH or seconds < MOST_SECONDS / 4)
        shown = f"{seconds * 1000:.1f} ms, {growth:.1f} × of a tenth"
        yield Line(f"{name}, {visitor}", shown, f"≤ {MOST_SECONDS * 1000:.0f} ms, ≤ {MOST_GROWTH:.0f} ×", is_met)


def main() -> None:
    """Ask everything, keep the plans, and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000_000)
    options = parser.parse_args()
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GiB", flush=True)

    def ask(items: int) -> dict[tuple[str, str], float]:
        with many_items.database(items) as server:
            if items == options.items:
                keep_plans(server)
            return {(visitor, name): seconds for visitor, name, seconds in measured(server)}

    show_all(lines(options.items, ask))


def keep_plans(server: embedded.EmbeddedServer) -> None:
    """Write beside this file how each question is answered."""
    told = []
    for visitor, name, question, connection in asked(server):
        told.append(f"{name}, {visitor.name}")
        told += [f"    {scan}" for scan in scans_of(question, connection, asked_of(visitor, name))]
    PLANS.write_text("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
