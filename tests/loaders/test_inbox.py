"""The worker that takes in what is dropped into a folder an account."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from core.database.access import people
from core.settings import PROJECT
from loaders.inbox import Inbox, batches
from tests.conftest import Database
from tests.loaders.reports import ledger, reimbursements

SECONDS = 60


@pytest.fixture
def inbox(database: Database, tmp_path: Path) -> Path:
    """The folder of a database with the account ALPINE."""
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine Outfitters", ["AMAZON_US", "WALMART_US"])
    (tmp_path / "inbox" / "ALPINE").mkdir(parents=True)
    return tmp_path / "inbox"


def drop(place: Path, name: str, content: str) -> Path:
    place.mkdir(exist_ok=True)
    (place / name).write_text(content, encoding="utf-8")
    return place / name


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def items(database: Database) -> int:
    with database.owner.connect() as connection:
        return int(connection.execute(text("select count(*) from item")).scalar_one())


@pytest.mark.slow
def test_a_dropped_file_is_taken_in_and_put_away_and_a_refused_one_with_its_reason(
    database: Database, inbox: Path
) -> None:
    account = inbox / "ALPINE"
    drop(account, "ledger.tsv", ledger({}))
    drop(account, "weather.csv", "day,weather\n1,rain\n")
    with zipfile.ZipFile(account / "more.zip", "w") as archive:
        archive.writestr("paid.tsv", reimbursements({}))
    Inbox(inbox).take_all()
    assert items(database) >= 1
    assert lying(account / ".taken") == ["ledger.tsv", "more.zip"]
    assert lying(account / ".refused") == ["weather.csv", "weather.csv.reason.txt"]
    (reason,) = (account / ".refused").rglob("*.reason.txt")
    assert "weather.csv" in reason.read_text()
    assert list(batches(inbox)) == []


@pytest.mark.slow
def test_a_file_that_is_still_being_written_is_left_alone(database: Database, inbox: Path) -> None:
    growing, looker = drop(inbox / "ALPINE", "ledger.tsv", ledger({})[:100]), Inbox(inbox)
    looker.take_settled()
    growing.write_text(ledger({}), encoding="utf-8")
    looker.take_settled()
    assert growing.exists()
    looker.take_settled()
    assert not growing.exists()
    assert items(database) == 1


def test_unfinished_downloads_hidden_files_and_links_are_passed_over(tmp_path: Path) -> None:
    account = tmp_path / "ALPINE"
    for name in ("ledger.tsv.part", ".hidden.tsv", "ledger.crdownload"):
        drop(account, name, "x")
    (account / "link.tsv").symlink_to("/etc/hostname")
    assert list(batches(tmp_path)) == []
    drop(account, "ledger.tsv", "x")
    drop(account / "AMAZON_DE", "fees.tsv", "x")
    drop(account / "attic", "old.tsv", "x")
    found = [(batch.marketplace, [path.name for path in batch.files]) for batch in batches(tmp_path)]
    assert found == [(None, ["ledger.tsv"]), ("AMAZON_DE", ["fees.tsv"])]


@pytest.mark.slow
def test_a_folder_of_no_account_keeps_its_files_and_is_not_tried_again_and_again(
    database: Database, inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stray, looker = drop(inbox / "NOBODY", "ledger.tsv", ledger({})), Inbox(inbox)
    for _ in range(4):
        looker.take_settled()
    assert stray.exists()
    assert caplog.text.count("NOBODY is no account") == 1


def test_the_age_of_the_oldest_file_is_told(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert inbox.oldest() == 0
    waiting = drop(tmp_path / "ALPINE", "ledger.tsv", "x")
    os.utime(waiting, (time.time() - 100, time.time() - 100))
    assert 100 <= inbox.oldest() < 100 + SECONDS


@pytest.mark.slow
def test_a_worker_takes_what_comes_alone_and_ends_when_it_is_told_to(database: Database, inbox: Path) -> None:
    command = [sys.executable, "-m", "loaders", "watch", str(inbox), "--every", "0.1"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as worker:
        try:
            dropped = drop(inbox / "ALPINE", "ledger.tsv", ledger({}))
            until(lambda: not dropped.exists())
            second = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS, check=False)
            assert second.returncode == 1
            assert "looks after" in second.stderr
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(SECONDS) == 0
        finally:
            worker.kill()
    assert items(database) == 1


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
