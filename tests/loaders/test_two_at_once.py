"""A run that is killed leaves nothing half written and holds no lock; two at once neither double nor block for ever."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from core.database.access import people
from core.settings import PROJECT
from tests import locks
from tests.conftest import Database
from tests.loaders.reports import LEDGER, table

PATIENCE = 60.0

pytestmark = pytest.mark.slow


@pytest.fixture
def account(database: Database) -> str:
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine", ["AMAZON_US"])
    return "ALPINE"


def sync(account: str, *paths: Path) -> "subprocess.Popen[str]":
    """A run of the command in a process of its own, in the test's environment."""
    return subprocess.Popen(
        [sys.executable, "-m", "loaders", "sync", *map(str, paths), "--account", account],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def large_ledger(path: Path, rows: int) -> Path:
    """A ledger whose rows differ in their reference."""
    path.write_text(table(LEDGER, ({"Reference ID": str(number)} for number in range(rows))), encoding="utf-8")
    return path


def count(database: Database, query: str) -> int:
    with database.owner.connect() as connection:
        found: int = connection.execute(text(query)).scalar_one()
    return found


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"Not within {PATIENCE:.0f} seconds: {what}")
        time.sleep(0.01)


COPYING = (
    "select count(*) from pg_stat_activity where datname = current_database() and state = 'active'"
    " and query ilike 'copy staging%'"
)


def held_locks(database: Database) -> int:
    with database.owner.connect() as connection:
        return locks.held(connection)


def test_a_killed_run_leaves_nothing_and_can_be_run_again(database: Database, account: str, tmp_path: Path) -> None:
    ledger = large_ledger(tmp_path / "ledger.tsv", 100_000)
    run = sync(account, ledger)
    wait_until(lambda: count(database, COPYING) == 1, "the file is being copied")
    run.kill()
    run.communicate()
    wait_until(lambda: held_locks(database) == 0, "the killed run's lock is gone")
    for name in ("inventory_event", "source_file", "sync_run"):
        assert count(database, f"select count(*) from {name}") == 0
    again = sync(account, large_ledger(tmp_path / "ledger.tsv", 1_000))
    _, said = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, said
    assert count(database, "select count(*) from inventory_event") == 1_000


def test_two_runs_at_once_on_the_same_files_take_each_row_once(
    database: Database, account: str, tmp_path: Path
) -> None:
    files = [large_ledger(tmp_path / f"ledger_{rows}.tsv", rows) for rows in (3_000, 2_000, 1_000)]
    runs = [sync(account, *files), sync(account, *reversed(files))]
    said = [run.communicate(timeout=PATIENCE)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert count(database, "select count(*) from inventory_event") == 3_000
    assert count(database, "select count(*) from source_file") == 3
    assert count(database, "select count(*) from sync_run where status = 'already_taken'") == 3
    assert count(database, "select count(*) from item") == 3_000
