"""Files that a user brings to a page are taken in as `python -m loaders sync` does it, and nothing is left of them."""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from core import imports
from core.database.access import people
from core.database.locks import Work
from core.imports import Import, Upload, folder
from core.imports.folder import safe_name
from core.settings import PROJECT
from core.vocabulary import MARKETPLACES, REPORTS
from loaders.__main__ import main
from tests import locks
from tests.conftest import Database
from tests.loaders.reports import ledger, reimbursements

pytestmark = pytest.mark.slow

SECONDS = 60
COUNTS = ("file", "format", "rows", "new", "changed", "unchanged", "refused", "status", "message")
CASES = (
    "case_id,marketplace,opened_on,category,fnsku,sku,order_id,shipment_id,claimed_units,claimed_amount,currency,"
    "decision,decided_on,closed_on,note\n77,AMAZON_US,2026-07-10,inventory_lost,,LAMP-1,,,1,,,,,,\n"
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the imports' folders are made: empty again after every test."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    yield made
    assert list(made.iterdir()) == []


@pytest.fixture
def seller(database: Database, temporary: Path) -> int:
    with database.owner.begin() as connection:
        for code in ("ALPINE", "BETULA"):
            people.add_account(connection, code, code.title(), ["AMAZON_US", "WALMART_US"])
        return people.add_user(connection, "seller@example.com", "seller", ["ALPINE", "BETULA"])


def uploads(files: dict[str, str]) -> list[Upload]:
    return [Upload(name, io.BytesIO(content.encode())) for name, content in files.items()]


def imported(user_id: int, files: dict[str, str], account: str = "ALPINE") -> imports.Outcome:
    outcome = imports.start(user_id, account, uploads(files)).wait(SECONDS)
    assert outcome is not None
    return outcome


def stored(database: Database, account: str, query: str) -> Sequence[object]:
    with database.owner.connect() as connection:
        found = connection.execute(text(query), {"code": account})
        return [tuple(row) for row in found]


SAMPLES = PROJECT / "tests" / "samples"
ITEMS = """
    select i.item_id, i.category, i.units, i.detected from item as i
    inner join account as a on a.account_id = i.account_id where a.code = :code order by 1
"""
RUNS = """
    select s.file, s.format, s.status, s.message, s.rows, s.refused from sync_run as s
    inner join account as a on a.account_id = s.account_id where a.code = :code order by s.run_id
"""


def test_it_does_what_sync_does(database: Database, seller: int, tmp_path: Path) -> None:
    files = {
        "b_ledger.tsv": ledger({}, {"Quantity": "many"}, {"Reference ID": "3"}),
        "a_weather.csv": "day,weather\n",
        "c_paid.tsv": reimbursements({}),
    }
    for name, content in files.items():
        (tmp_path / "reports").mkdir(exist_ok=True)
        (tmp_path / "reports" / name).write_text(content, encoding="utf-8")
    by_page = imported(seller, files)
    ran = CliRunner().invoke(main, ["sync", str(tmp_path / "reports"), "--account", "BETULA", "--json"])
    by_command = json.loads(ran.stdout)
    assert by_page.error_id == ""
    assert [[file[name] for name in COUNTS] for file in by_page.files] == [
        [file[name] for name in COUNTS] for file in by_command["files"]
    ]
    assert by_page.items == by_command["items"]
    assert by_page.items is not None
    assert by_page.items["new"] > 0
    for query in (ITEMS, RUNS):
        assert stored(database, "ALPINE", query) == stored(database, "BETULA", query)


def test_every_report_that_is_known_is_taken_in_with_the_rights_of_an_import(database: Database, seller: int) -> None:
    """Whatever a format or a detector writes or reads, the import's role may."""
    with database.owner.begin() as connection:
        everywhere = [code for code, place in MARKETPLACES.items() if not place.is_unassigned]
        people.add_account(connection, "ALL", "All", everywhere)
        people.add_account(connection, "COMMAND", "By command", everywhere)
        staff = people.add_user(connection, "staff@example.com", "staff")
    samples = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
    files = [Upload(path.name, io.BytesIO(path.read_bytes())) for path in samples]
    outcome = imports.start(staff, "ALL", files).wait(SECONDS)
    assert outcome is not None
    assert outcome.error_id == ""
    assert {file["format"] for file in outcome.files if file["status"] == "taken"} >= set(REPORTS)
    CliRunner().invoke(main, ["sync", *map(str, samples), "--account", "COMMAND", "--json"])
    assert stored(database, "ALL", ITEMS) == stored(database, "COMMAND", ITEMS)
    assert stored(database, "ALL", ITEMS)


def test_a_seller_can_not_bring_the_teams_files(seller: int) -> None:
    (file,) = imported(seller, {"cases.csv": CASES}).files
    assert file["status"] == "refused"
    assert "only the team takes in" in file["message"]


def test_another_users_account_takes_nothing(database: Database, seller: int) -> None:
    with database.owner.begin() as connection:
        stranger = people.add_user(connection, "stranger@example.com", "seller", [])
    outcome = imported(stranger, {"ledger.tsv": ledger({})})
    assert outcome.error_id
    assert outcome.files == ()
    assert stored(database, "ALPINE", RUNS) == []


def test_two_at_once_by_one_user_wait_for_each_other(database: Database, seller: int) -> None:
    begun = [
        imports.start(seller, "ALPINE", uploads({f"{number}.tsv": ledger({"Reference ID": str(number)})}))
        for number in range(2)
    ]
    outcomes = [each.wait(SECONDS) for each in begun]
    assert [[file["new"] for file in outcome.files] for outcome in outcomes if outcome] == [[1], [1]]
    assert len(stored(database, "ALPINE", ITEMS)) == 2


@pytest.mark.parametrize("way", ["killed", "cancelled"])
def test_one_that_is_stopped_after_its_files_still_finds_what_they_are_owed(
    database: Database, seller: int, way: str
) -> None:
    files = {"a.tsv": ledger({"Reference ID": "1"}), "b.tsv": ledger({"Reference ID": "2"})}
    with locked(database, "detect"):
        begun = imports.start(seller, "ALPINE", uploads(files))
        wait_for(lambda: "detecting" in "".join(begun.said(1)))
        stop(begun, way)
    outcome = begun.wait(SECONDS)
    assert outcome is not None
    assert (outcome.was_cancelled, bool(outcome.error_id)) == (way == "cancelled", way == "killed")
    assert len(stored(database, "ALPINE", ITEMS)) == 2


@pytest.mark.parametrize("way", ["killed", "cancelled"])
def test_one_that_is_stopped_within_a_file_has_taken_nothing_of_it(database: Database, seller: int, way: str) -> None:
    files = {"ledger.tsv": ledger({})}
    with locked(database, "sync"):
        begun = imports.start(seller, "ALPINE", uploads(files))
        wait_for(lambda: is_waiting(database))
        stop(begun, way)
    begun.wait(SECONDS)
    assert stored(database, "ALPINE", RUNS) == []
    assert [file["new"] for file in imported(seller, files).files] == [1]


def test_the_process_knows_its_own_connection_and_no_other(
    database: Database, seller: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOMEBODYS_SECRET", "hunter2")
    begun = imports.start(seller, "ALPINE", uploads({"ledger.tsv": ledger({})}))
    wait_for(lambda: begun.process)
    assert begun.process is not None
    known = Path(f"/proc/{begun.process.pid}/environ")
    if known.exists():
        wait_for(lambda: known.read_bytes())
        names = {entry.partition("=")[0] for entry in known.read_text().split("\0")}
        assert "RECOUP_LOADER_DATABASE_URL" in names
        assert not names & {"DATABASE_URL", "RECOUP_APP_DATABASE_URL", "RECOUP_STAFF_DATABASE_URL", "SOMEBODYS_SECRET"}
    assert begun.wait(SECONDS)


def test_a_secret_that_was_given_by_a_file_is_in_no_environment_and_no_list_of_processes(
    database: Database, seller: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = os.environ["RECOUP_LOADER_DATABASE_URL"]
    (tmp_path / "loader_url").write_text(url)
    monkeypatch.delenv("RECOUP_LOADER_DATABASE_URL")
    monkeypatch.setenv("RECOUP_LOADER_DATABASE_URL_FILE", str(tmp_path / "loader_url"))
    with locked(database, "sync"):
        begun = imports.start(seller, "ALPINE", uploads({"ledger.tsv": ledger({})}))
        wait_for(lambda: is_waiting(database))
        assert begun.process is not None
        known = psutil.Process(begun.process.pid)
        seen = [*known.environ().values(), *known.cmdline()]
    assert not [each for each in seen if url in each]
    outcome = begun.wait(SECONDS)
    assert outcome is not None
    assert [file["new"] for file in outcome.files] == [1]
    with database.owner.connect() as connection:
        keys = connection.execute(text("select import_key::text from import_ticket")).scalars().all()
    assert not [each for each in seen if any(key in each for key in keys)]


START_AND_LEAVE = """
import io, os, sys, time
from core import imports
begun = imports.start(int(sys.argv[1]), "ALPINE", [imports.Upload("ledger.tsv", io.BytesIO(sys.argv[2].encode()))])
while begun.process is None:
    time.sleep(0.01)
print(begun.process.pid)
"""


def test_the_end_of_the_server_is_the_end_of_its_imports(database: Database, seller: int, temporary: Path) -> None:
    environment = os.environ | {"TMPDIR": str(temporary)}
    command = [sys.executable, "-c", START_AND_LEAVE, str(seller), ledger({})]
    with locked(database, "sync"):
        ended = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=SECONDS)
    assert ended.returncode == 0, ended.stderr
    assert not psutil.pid_exists(int(ended.stdout))
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("ledger 2026-01-31.csv", "ledger 2026-01-31.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Reports\\paid.txt", "paid.txt"),
        (".hidden.csv", "hidden.csv"),
        ("a\x00b\nc\u202ed.csv", "a_b_c_d.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ("", "report"),
        ("..", "report"),
        ("報告書.tsv", "報告書.tsv"),
    ],
)
def test_a_name_is_only_a_name(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
    assert len(os.fsencode(safe_name("🦫" * 300))) < 255


def test_files_of_any_name_and_of_the_same_are_all_taken(seller: int) -> None:
    files = {"../a/ledger.tsv": ledger({}), "b/ledger.tsv": ledger({"Reference ID": "2"})}
    assert [(file["file"], file["new"]) for file in imported(seller, files).files] == [
        ("ledger.tsv", 1),
        ("ledger.tsv", 1),
    ]


def test_what_a_killed_server_left_behind_goes_with_the_next_import(
    seller: int, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = temporary / "recoup-import-left"
    (left / "reports").mkdir(parents=True)
    monkeypatch.setattr(folder, "_SECONDS_TO_LOCK", -1)
    imported(seller, {"ledger.tsv": ledger({})})
    assert not left.exists()


def test_the_folder_is_its_users_alone(temporary: Path) -> None:
    with folder.import_folder() as made:
        assert made.parent == temporary
        assert made.stat().st_mode & 0o777 == 0o700


def stop(begun: Import, way: str) -> None:
    if way == "cancelled":
        begun.cancel()
    else:
        assert begun.process is not None
        begun.process.kill()


@contextmanager
def locked(database: Database, work: Work) -> Iterator[None]:
    """Holds what an import of ALPINE has to wait for."""
    with database.owner.begin() as holding:
        locks.keep_out(holding, work, "ALPINE")
        yield


def is_waiting(database: Database) -> bool:
    """Whether somebody waits for a lock of `locked`."""
    with database.owner.connect() as connection:
        return locks.waited_for(connection) > 0


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
