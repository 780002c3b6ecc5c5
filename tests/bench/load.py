"""`make bench-load`: how fast report files come in, against PostgreSQL's own COPY of the same rows on the same server.

Options: `--rows N` (default 1,000,000) and `--memory-rows N` (default 5,000,000).
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import psutil
from sqlalchemy import URL, create_engine, text
from sqlalchemy.engine import make_url

from core.database.access import people
from core.database.migrate import migrate
from core.database.server import embedded
from core.database.server.programs import binaries
from tests.bench.lines import Line, seconds, show_all

HEADER = (
    "Date\tFNSKU\tASIN\tMSKU\tTitle\tEvent Type\tReference ID\tQuantity\tFulfillment Center\tDisposition\tReason"
    "\tCountry\tReconciled Quantity\tUnreconciled Quantity\tDate and Time\tStore\n"
)
PAYMENT_HEADER = (
    "approval-date\treimbursement-id\tcase-id\tamazon-order-id\treason\tsku\tfnsku\tasin\tproduct-name\tcondition"
    "\tcurrency-unit\tamount-per-unit\tamount-total\tquantity-reimbursed-cash\tquantity-reimbursed-inventory"
    "\tquantity-reimbursed-total\toriginal-reimbursement-id\toriginal-reimbursement-type\n"
)
KEY = "date, fnsku, asin, msku, event_type, reference_id, quantity, fulfillment_center, disposition, reason, country"
PLAIN = f"""
    create table plain (
        date text, fnsku text, asin text, msku text, title text, event_type text, reference_id text, quantity text,
        fulfillment_center text, disposition text, reason text, country text, reconciled_quantity text,
        unreconciled_quantity text, date_and_time text, store text, occurrence int generated always as identity,
        primary key ({KEY}, occurrence)
    )
"""


def ledger_lines(rows: int, seed: int = 1, losses: float = 0.03) -> Iterator[str]:
    """An inventory ledger of so many rows: shipments and a share of losses, over a year and 3,000 products."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(rows):
        month, day, product = chance.randint(1, 12), chance.randint(1, 28), chance.randint(1, 3000)
        kind, reference, reason = (
            ("Adjustments", str(number), "M") if chance.random() < losses else ("Shipments", "", "")
        )
        yield (
            f"{month:02d}/{day:02d}/2026\tX{product:09d}\tB{product:09d}\tSKU-{product}\tA title, {product}"
            f"\t{kind}\t{reference}\t-1\tPHX{product % 9}\tSELLABLE\t{reason}\tUS\t\t"
            f"\t2026-{month:02d}-{day:02d}T00:00:00-0700\t\n"
        )


def write_ledger(path: Path, rows: int, *, twist: str = "", seed: int = 1, losses: float = 0.03) -> Path:
    """Write a ledger; `twist` is put behind its rows, so that the bytes differ and the rows do not."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(ledger_lines(rows, seed, losses))
        file.write(twist)
    return path


def write_payments(path: Path, rows: int, *, seed: int = 1, day: str = "") -> Path:
    """Write reimbursements of a unit each, of the ledger's products, over its year or on one day."""
    chance = random.Random(seed)  # noqa: S311
    with path.open("w", encoding="utf-8") as file:
        file.write(PAYMENT_HEADER)
        for number in range(rows):
            on = day or f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            product = chance.randint(1, 3000)
            file.write(
                f"{on}T10:00:00+00:00\t{seed}{number:09d}\t\t\tLost_Warehouse\tSKU-{product}\tX{product:09d}"
                f"\tB{product:09d}\tA title\tNew\tUSD\t10.00\t10.00\t1\t0\t1\t\t\n"
            )
    return path


class Bench:
    """A server with a database, and a folder for files."""

    def __init__(self, server: embedded.EmbeddedServer, folder: Path) -> None:
        self._server, self.folder = server, folder

    @contextmanager
    def database(self, name: str) -> Iterator[URL]:
        """A migrated database with the account ACME, removed afterwards."""
        self._server.create_database(name)
        url = make_url(self._server.url(database=name))
        engine = create_engine(url)
        migrate(engine)
        with engine.begin() as connection:
            people.add_account(connection, "ACME", "Acme", ["AMAZON_US"])
        engine.dispose()
        yield url
        self._server.drop_database(name)

    def sync(self, url: URL, path: Path) -> tuple[float, float]:
        """Take a file in: (seconds, peak memory in MB)."""
        return self._run(_SYNC, url, path)

    def taken(self, url: URL, *paths: Path) -> tuple[float, float]:
        """Take files in and detect what they change: (seconds, peak memory in MB)."""
        runs = [self._run(_SYNC, url, path) for path in paths] + [self._run(_DETECT, url, paths[-1])]
        return sum(each[0] for each in runs), max(each[1] for each in runs)

    def pandas(self, url: URL, path: Path) -> float:
        """Read the file and write it to a table of its own with pandas' defaults: seconds."""
        return self._run(_PANDAS, url, path)[0]

    def _run(self, script: str, url: URL, path: Path) -> tuple[float, float]:
        """What a script measures in a process of its own, without the start of that: (seconds, peak memory in MB)."""
        command = [sys.executable, "-c", script + _MEASURED, str(path)]
        environment = os.environ | {"DATABASE_URL": url.render_as_string(hide_password=False)}
        process = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        measured = json.loads(process.stdout.splitlines()[-1])
        return measured["seconds"], measured["peak_mb"]

    def copy(self, url: URL, path: Path) -> float:
        """Copy the file with psql into a table with the same key: seconds."""
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(PLAIN))
        engine.dispose()
        columns = [name.strip().lower().replace(" ", "_") for name in HEADER.strip("\n").split("\t")]
        command = f"\\copy plain ({', '.join(columns)}) from '{path}' with (header)"
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return seconds(lambda: subprocess.run([binaries() / "psql", address, "-qc", command], check=True))


_SYNC = """
import json, resource, sys, time
from pathlib import Path
from core.database.engine import owner_engine
from loaders.accounts import account_with_code
from loaders.read.archives import Report
from loaders.store.sync import sync_file
from loaders.store.attempt import Options

engine = owner_engine()
with engine.connect() as connection:
    account = account_with_code(connection, "ACME")

def action():
    result = sync_file(engine, account, Report(Path(sys.argv[1]), Path(sys.argv[1]).name), Options())
    assert result.status != "refused" and not result.refused, result
"""

_DETECT = """
import json, resource, sys, time
from core.database.engine import owner_engine
from core.detect import detect
from loaders.accounts import account_with_code

engine = owner_engine()
with engine.connect() as connection:
    account = account_with_code(connection, "ACME")

def action():
    with engine.begin() as connection:
        detect(connection, account.account_id)
"""

_PANDAS = """
import json, resource, sys, time
import pandas as pd
from core.database.engine import owner_engine

engine = owner_engine()
engine.connect().close()

def action():
    pd.read_csv(sys.argv[1], sep="\\t").to_sql("by_pandas", engine, method=None)
"""

_MEASURED = """
started = time.perf_counter()
action()
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def speed(bench: Bench, rows: int) -> Iterator[Line]:
    """The first load, the same rows again, the same bytes again, and pandas, each against `\\copy`."""
    path = write_ledger(bench.folder / "ledger.tsv", rows)
    again = write_ledger(bench.folder / "again.tsv", rows, twist="\n")
    with bench.database("speed") as url:
        copied = bench.copy(url, path)
        first, _ = bench.sync(url, path)
        yield Line(
            f"first load of {rows:,} rows, against \\copy",
            f"{first / copied:.2f} × ({first:.1f} s)",
            "≤ 4 ×",
            first <= 4 * copied,
        )
        same, _ = bench.sync(url, again)
        yield Line("the same rows again", f"{same / copied:.2f} × ({same:.1f} s)", "≤ 2.5 ×", same <= 2.5 * copied)
        known, _ = bench.sync(url, path)
        yield Line(
            "a file that was taken before", f"{known / copied:.3f} × ({known:.2f} s)", "≤ 0.1 ×", known <= 0.1 * copied
        )
        pandas = bench.pandas(url, path)
        yield Line(
            "against read_csv and to_sql",
            f"{pandas / first:.1f} × faster ({pandas:.1f} s)",
            "≥ 6 ×",
            pandas >= 6 * first,
        )


def daily(bench: Bench, rows: int) -> Iterator[Line]:
    """An account with so many ledger rows, a third of them losses, and a fifth as many payments: all from nothing, and
    then what a day brings.
    """
    ledger = write_ledger(bench.folder / "losses.tsv", rows, losses=0.31)
    payments = write_payments(bench.folder / "payments.tsv", rows // 5)
    one = write_payments(bench.folder / "one.tsv", 1, seed=7, day="2026-12-20")
    day = write_ledger(bench.folder / "day.tsv", 10_000, seed=8, losses=0.31)
    with bench.database("daily") as url, bench.database("empty") as empty:
        copied = bench.copy(url, ledger) * (1 + 1 / 5)
        all_of_it, peak = bench.taken(url, ledger, payments)
        what = f"{rows:,} ledger rows and {rows // 5:,} payments from nothing, against \\copy"
        yield Line(what, f"{all_of_it / copied:.1f} × ({all_of_it:.0f} s)", "≤ 12 ×", all_of_it <= 12 * copied)
        yield Line("… its peak memory", f"{peak:.0f} MB", "≤ 500 MB", peak <= 500)
        in_empty, _ = bench.taken(empty, one)
        more, peak = bench.taken(url, one)
        what = "one more payment, against the same in an empty database"
        yield Line(what, f"{more - in_empty:.2f} s more ({more:.2f} s)", "≤ 2 s", more - in_empty <= 2)
        yield Line("… its peak memory", f"{peak:.0f} MB", "≤ 200 MB", peak <= 200)
        took, peak = bench.taken(url, day)
        yield Line("10,000 more ledger rows, of all products", f"{took:.1f} s", "≤ 15 s", took <= 15)
        yield Line("… their peak memory", f"{peak:.0f} MB", "≤ 300 MB", peak <= 300)


def memory(bench: Bench, rows: int) -> Iterator[Line]:
    """The loader's peak memory for a large file, and whether it is that of a small one."""
    peaks = {}
    for size in (rows // 10, rows):
        path = write_ledger(bench.folder / f"ledger_{size}.tsv", size)
        with bench.database(f"memory_{size}") as url:
            _, peaks[size] = bench.sync(url, path)
        path.unlink()
    small, large = peaks[rows // 10], peaks[rows]
    yield Line(f"peak memory for {rows:,} rows", f"{large:.0f} MB", "≤ 300 MB", large <= 300)
    yield Line(f"against {rows // 10:,} rows", f"{large / small:.2f} ×", "within 10 %", abs(large / small - 1) <= 0.1)


def main() -> None:
    """Run the benchmarks and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--memory-rows", type=int, default=5_000_000)
    options = parser.parse_args()
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GiB", flush=True)
    with tempfile.TemporaryDirectory() as folder, embedded.running(Path(folder) / "home") as server:
        bench = Bench(server, Path(folder))
        show_all(chain(speed(bench, options.rows), daily(bench, options.rows), memory(bench, options.memory_rows)))


if __name__ == "__main__":
    main()
