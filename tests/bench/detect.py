"""`make bench-detect`: how well what is owed is found, against the truth of simulated worlds, and how fast.

Options: `--worlds N`, `--world-accounts N` and `--items N` for the worlds, `--accounts N` and `--rows N` for the speed,
`--only accuracy` or `--only speed`, and `--show N` disagreements of each category.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
from sqlalchemy import Engine, create_engine, text

from core.database.migrate import migrate
from core.database.server import embedded
from tests.bench.lines import Line, seconds, show_all
from tests.bench.load import HEADER, ledger_lines
from tests.bench.many_accounts import Sizes, copy_account, fill
from tests.bench.worlds import Plan, accuracy

PLAIN = text("select account_id, fnsku, sum(quantity) from inventory_event group by 1, 2")
NEW_ROWS = 2_000
NEIGHBOUR = "S00020"
"""The account that gets a new file: larger than most, smaller than the first."""


def speed(server: embedded.EmbeddedServer, folder: Path, sizes: Sizes) -> Iterator[Line]:
    """All accounts from nothing, and one account's new file among all and alone."""
    many, alone = (_migrated(server, name) for name in ("many", "alone"))
    fill(many, sizes)
    with many.connect() as connection:
        plain = min(seconds(lambda: connection.execute(PLAIN).all()) for _ in range(3))
    detected = seconds(lambda: _loaders(server, "many", "detect"))
    print(f"plain {plain:.1f} s, all accounts {detected:.1f} s", file=sys.stderr, flush=True)
    what = f"{sizes.accounts:,} accounts with {sizes.rows:,} ledger rows, against one plain sum"
    yield Line(what, f"{detected / plain:.1f} ×", "≤ 12 ×", detected <= 12 * plain)
    copy_account(many, alone, NEIGHBOUR)
    _loaders(server, "alone", "detect")
    more = _new_file(server, folder, "many") - _new_file(server, folder, "alone")
    yield Line("one account's new file among them", f"{more:+.2f} s", "≤ 2 s more than alone", more <= 2)
    for engine in (many, alone):
        engine.dispose()


def _migrated(server: embedded.EmbeddedServer, name: str) -> Engine:
    server.create_database(name)
    engine = create_engine(server.url(database=name))
    migrate(engine)
    return engine


def _loaders(server: embedded.EmbeddedServer, database: str, *words: str) -> None:
    environment = os.environ | {"DATABASE_URL": server.url(database=database)}
    command = [sys.executable, "-m", "loaders", *words]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _new_file(server: embedded.EmbeddedServer, folder: Path, database: str) -> float:
    """How long it takes to take a new ledger in, with all that follows from it: the best of three."""
    took = []
    for seed in range(3):
        path = folder / f"new_{seed}.tsv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEADER)
            file.writelines(ledger_lines(NEW_ROWS, seed))
        took.append(seconds(partial(_loaders, server, database, "sync", str(path), "--account", NEIGHBOUR)))
    print(f"a new file in {database}: {min(took):.2f} s", file=sys.stderr, flush=True)
    return min(took)


def main() -> None:
    """Run the benchmarks and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--world-accounts", type=int, default=10)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--accounts", type=int, default=2_000)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--only", choices=("accuracy", "speed"))
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GiB", flush=True)
    with tempfile.TemporaryDirectory() as folder, embedded.running(Path(folder) / "home") as server:
        show_all(_measured(server, Path(folder), options))


def _measured(server: embedded.EmbeddedServer, folder: Path, options: argparse.Namespace) -> Iterator[Line]:
    if options.only != "speed":
        plan = Plan(options.worlds, options.world_accounts, options.items)
        yield from accuracy(server, folder, plan, options.show)
    if options.only != "accuracy":
        yield from speed(server, folder, Sizes(options.accounts, options.rows))


if __name__ == "__main__":
    main()
