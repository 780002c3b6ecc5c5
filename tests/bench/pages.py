"""`make bench-pages`: how long each question of each page takes at 10,000,000 items, and against a tenth of them.

Option: `--items N` (default 10,000,000; databases are made once). How each question is answered goes to plans.txt.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
from sqlalchemy import Connection, create_engine, text

from core.database.engine import APP, OWNER, STAFF
from core.database.server import embedded
from core.reporting.rollups import EVERY_ACCOUNT
from tests.bench import many_items
from tests.bench.lines import Line, show_all
from tests.bench.many_items import Visitor
from tests.bench.plans import scans_of
from tests.bench.questions import OF_ALL, QUESTIONS, SUMMED, Question, of_item

MOST_SECONDS = 0.020
MOST_GROWTH = 2.0
REPEATS = 15
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


def turns(asks: Sequence[Callable[[], object]]) -> list[list[float]]:
    """The seconds of each, asked in turns: REPEATS of them, after one to warm up. Every other turn goes backwards: who
    comes second finds warm what both read.
    """
    taken = []
    for turn in range(REPEATS + 1):
        forth = 1 if turn % 2 else -1
        taken.append([_seconds(ask) for ask in asks[::forth]][::forth])
    return taken[1:]


def _seconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def median_and_ratio(taken: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The median of the first of two, and that of its ratio to the second in the same turn: a machine that is slower
    for a while is so for both.
    """
    return statistics.median(first for first, _ in taken), statistics.median(first / second for first, second in taken)


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
    if name in SUMMED:
        return visitor.summed
    return (EVERY_ACCOUNT,) if visitor.role == "staff" and name in OF_ALL else visitor.accounts


def lines(many: embedded.EmbeddedServer, few: embedded.EmbeddedServer) -> Iterator[Line]:
    """A line a question and visitor: its time over many items, and against that over a tenth of them, in turns."""
    for of_many, of_few in zip(asked(many), asked(few), strict=True):
        visitor, name, *_ = of_many
        seconds, growth = median_and_ratio(turns([_asking(*of_many), _asking(*of_few)]))
        # what takes some milliseconds is the way to the server and back
        is_met = seconds <= MOST_SECONDS and (growth <= MOST_GROWTH or seconds < MOST_SECONDS / 4)
        shown = f"{seconds * 1000:.1f} ms, {growth:.1f} × of a tenth"
        yield Line(f"{name}, {visitor.kind}", shown, f"≤ {MOST_SECONDS * 1000:.0f} ms, ≤ {MOST_GROWTH:.0f} ×", is_met)


def _asking(visitor: Visitor, name: str, question: Question, connection: Connection) -> Callable[[], object]:
    return partial(question, connection, asked_of(visitor, name))


def main() -> None:
    """Ask everything, keep the plans, and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000_000)
    options = parser.parse_args()
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GiB", flush=True)

    with many_items.database(options.items) as many, many_items.database(options.items // 10) as few:
        keep_plans(many)
        show_all(lines(many, few))


def keep_plans(server: embedded.EmbeddedServer) -> None:
    """Write beside this file how each question is answered."""
    told = []
    for visitor, name, question, connection in asked(server):
        told.append(f"{name}, {visitor.name}")
        told += [f"    {scan}" for scan in scans_of(question, connection, asked_of(visitor, name))]
    PLANS.write_text("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
