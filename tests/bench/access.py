"""`make bench-access`: what row security costs: each question of the pages as a page's role, against the same as owner.

Option: `--items N` (default 1,000,000; the database is made once).
"""

import argparse
from collections.abc import Iterator
from functools import partial

import psutil
from sqlalchemy import create_engine

from core.database.engine import OWNER
from core.database.server import embedded
from tests.bench import many_items
from tests.bench.lines import Line, show_all
from tests.bench.pages import asked, asked_of, at_today, median_and_ratio, turns

TARGET = 1.5
UNFELT_SECONDS = 0.003
"""What takes so little is the way to the server and back, in which row security has no part."""


def compare(server: embedded.EmbeddedServer) -> Iterator[Line]:
    """Each question as the page's role and as owner, side by side in one run."""
    owner = create_engine(server.url(OWNER))
    for visitor, name, question, connection in asked(server):
        accounts = asked_of(visitor, name)
        with owner.begin() as owning:
            at_today(owning)
            taken = turns([partial(question, each, accounts) for each in (connection, owning)])
        guarded, ratio = median_and_ratio(taken)
        is_met = ratio <= TARGET or guarded < UNFELT_SECONDS
        yield Line(f"{name}, {visitor.name}", f"{ratio:.2f} × ({guarded * 1000:.1f} ms)", f"≤ {TARGET} ×", is_met)
    owner.dispose()


def main() -> None:
    """Run the comparison and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    options = parser.parse_args()
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GiB", flush=True)
    with many_items.database(options.items) as server:
        show_all(compare(server))


if __name__ == "__main__":
    main()
