"""What was taken in and not detected, what was judged by earlier rules, and programs of another version: each is told,
and each is put right by itself or by a command.
"""

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, text

from core.database import detections, schema
from core.database.access import people
from core.database.migrate import migrate
from core.detect import detect
from core.errors import OtherVersion
from core.laws import check_all
from core.settings import PROJECT
from loaders.__main__ import main
from tests.conftest import Database
from tests.core.commands import core
from tests.core.reports import Reports
from tests.loaders.reports import ledger, reimbursements

SECONDS = 60


@pytest.fixture
def alpine(database: Database, tmp_path: Path) -> Path:
    """A folder with files for an account that has none yet."""
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine", ["AMAZON_US"])
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a_ledger.tsv").write_text(ledger({}, {"Reference ID": "2"}))
    (folder / "b_paid.tsv").write_text(reimbursements({}))
    return folder


def sync(folder: Path) -> None:
    """What a process of its own does that takes the folder in."""
    main(["sync", str(folder), "--account", "ALPINE"])


def waiting(database: Database) -> detections.Waiting:
    with database.owner.connect() as connection:
        return detections.waiting(connection)


def loaders(*arguments: str) -> str:
    ran = CliRunner().invoke(main, arguments)
    assert ran.exit_code == 0, ran.output
    return ran.output


def taken_in_only(database: Database, folder: Path) -> None:
    """What a process leaves that dies between its files and their detection."""
    from loaders.accounts import account_with_code
    from loaders.commands.sync import take_in
    from loaders.store.attempt import Options, nobody

    with database.owner.connect() as connection:
        account = account_with_code(connection, "ALPINE")
    take_in(database.owner, account, [folder], Options(), tell=nobody)


def test_a_file_marks_its_account_until_a_detection_has_seen_it(database: Database, alpine: Path) -> None:
    assert not waiting(database)
    taken_in_only(database, alpine)
    assert list(waiting(database).not_detected.values()) == ["ALPINE"]
    assert "not detected yet" in loaders("status")
    loaders("detect", "--waiting")
    assert not waiting(database)
    assert "not detected yet" not in loaders("status")
    taken_in_only(database, alpine)  # the same files again
    assert not waiting(database)


def test_what_comes_in_while_an_account_is_detected_is_not_lost(database: Database, alpine: Path) -> None:
    taken_in_only(database, alpine)
    with database.owner.begin() as connection:
        account = people.account_id_of(connection, "ALPINE")
        seen = detections.taken(connection, [account])
        (alpine / "c_more.tsv").write_text(ledger({"Reference ID": "3"}))
        taken_in_only(database, alpine)
        detections.note(connection, seen)
    assert list(waiting(database).not_detected.values()) == ["ALPINE"]


def test_check_detects_what_waits_and_never_calls_it_a_broken_law(database: Database, alpine: Path) -> None:
    taken_in_only(database, alpine)
    with database.owner.begin() as connection:
        assert check_all(connection) == []
        connection.rollback()
    checked = core("check")
    assert checked.exit_code == 0, checked.output
    assert not waiting(database)
    with database.owner.connect() as connection:
        assert connection.execute(text("select count(*) from item")).scalar_one() == 2


def test_the_worker_detects_what_waits(database: Database, alpine: Path, tmp_path: Path) -> None:
    taken_in_only(database, alpine)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    loaders("watch", str(inbox), "--once")
    assert not waiting(database)


@pytest.mark.slow
@pytest.mark.parametrize("kills", [6, pytest.param(20, marks=pytest.mark.exhaustive)])
def test_after_any_number_of_kills_the_next_check_is_clean(database: Database, alpine: Path, kills: int) -> None:
    """A process that is killed at any moment: within a file, between two, before and within the detection."""
    prepared = multiprocessing.get_context("forkserver")
    prepared.set_forkserver_preload(["tests.core.test_detections"])
    chance = random.Random(17)  # noqa: S311
    seconds, marked = 0.0, 0
    for number in range(kills + 2):
        (alpine / f"k_{number:02}.tsv").write_text(ledger({"Reference ID": f"kill {number}"}))
        process = prepared.Process(target=sync, args=(alpine,))
        began = time.monotonic()
        process.start()
        process.join(seconds * chance.random() if number > 1 else SECONDS)  # the first two say how long it takes
        process.kill()
        process.join(SECONDS)
        seconds = time.monotonic() - began if number < 2 else seconds
        marked += bool(waiting(database))
        with database.owner.connect() as connection:
            assert check_all(connection) == [], f"kill {number}"
            connection.rollback()
    checked = core("check")
    assert checked.exit_code == 0, checked.output
    loaders("sync", str(alpine), "--account", "ALPINE")
    assert not waiting(database)
    with database.owner.connect() as connection:
        assert connection.execute(text("select count(*) from item")).scalar_one() == kills + 4
        assert check_all(connection) == []
    print(f"{kills} kills within {seconds:.2f} s each: {marked} times files were not detected yet")


class TestRules:
    """An upgrade that judges differently."""

    def test_accounts_that_were_judged_by_other_rules_are_told_and_detected_anew(
        self, database: Database, alpine: Path
    ) -> None:
        taken_in_only(database, alpine)
        loaders("detect")
        with database.owner.begin() as connection:
            connection.execute(text("update account_state set judged_by = 'earlier'"))
        assert "1 account has items that were judged by earlier rules" in core("migrate").output
        assert "judged by earlier rules" in loaders("status")
        assert "loaders detect --waiting" in core("check").output
        loaders("detect", "--waiting")
        assert not waiting(database)
        assert "earlier rules" not in core("check").output

    def test_a_window_that_changed_is_no_broken_law_of_an_account_that_waits_for_it(
        self, connection: Connection
    ) -> None:
        acme = Reports(connection)
        acme.lost(5, on="2026-07-01")
        detect(connection, acme.account_id)
        connection.execute(text("update account_state set taken = 1, detected = 1, judged_by = 'earlier'"))
        connection.execute(text("update claim_window set valid_to = '2026-01-01'"))
        connection.execute(text("update item set window_rule = 'no_such_rule'"))
        assert check_all(connection) == []
        connection.execute(text("update account_state set judged_by = :rules"), {"rules": detections.rules()})
        assert {each.law for each in check_all(connection)} >= {"claim_windows"}

    @pytest.mark.parametrize(
        ("file", "change", "is_other"),
        [
            ("detect/detectors/inventory_lost.sql", "\n-- a comment\n\n", False),
            ("detect/detectors/inventory_lost.sql", "\nand true", True),
            ("settle/replay.py", "\n# a comment", False),
            ("settle/replay.py", "\nX = 1", True),
            ("claim_windows/windows.toml", '\nnote = "x"', True),
            ("vocabulary/bounds.py", "\nX = 1", True),
            ("ui/frame.py", "\nX = 1", False),
        ],
    )
    def test_the_rules_have_another_name_when_what_judges_is_another(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, change: str, is_other: bool
    ) -> None:
        copy = tmp_path / "core"
        shutil.copytree(PROJECT / "core", copy, ignore=shutil.ignore_patterns("__pycache__"))
        before = detections.rules()
        monkeypatch.setattr(detections, "CORE", copy)
        assert detections.rules.__wrapped__() == before
        with (copy / file).open("a") as changed:
            changed.write(change)
        assert (detections.rules.__wrapped__() != before) is is_other


class TestVersions:
    """Programs and tables of different versions."""

    @pytest.mark.parametrize(
        ("version", "said"), [("9999", "this program is older"), ("0001", "this program is newer")]
    )
    def test_whatever_writes_refuses_in_a_sentence_and_writes_nothing(
        self, database: Database, alpine: Path, tmp_path: Path, version: str, said: str
    ) -> None:
        with database.owner.begin() as connection:
            connection.execute(text("update schema_version set version_num = :version"), {"version": version})
        (tmp_path / "inbox").mkdir()
        for command in (
            ["sync", str(alpine), "--account", "ALPINE"],
            ["detect"],
            ["watch", str(tmp_path / "inbox"), "--once"],
        ):
            ran = CliRunner().invoke(main, command)
            assert ran.exit_code == 1
            assert said in ran.output, ran.output
            assert "Traceback" not in ran.output
        assert said in core("check").output
        with database.owner.connect() as connection:
            written = text("select (select count(*) from sync_run) + (select count(*) from source_file)")
            assert connection.execute(written).scalar_one() == 0
        if version == "9999":
            assert said in core("migrate").output

    def test_a_load_ends_before_a_migration_begins_and_the_next_one_sees_its_version(self, database: Database) -> None:
        with database.owner.begin() as loading:
            schema.refuse_other(loading)
            environment = os.environ | {"PYTHONUNBUFFERED": "1"}
            migrating = subprocess.Popen([sys.executable, "-m", "core", "migrate"], cwd=PROJECT, env=environment)
            time.sleep(3)
            assert migrating.poll() is None
        assert migrating.wait(SECONDS) == 0

    def test_the_newest_version_is_alembics_head(self) -> None:
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        from core.database.migrate import MIGRATIONS

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        assert ScriptDirectory.from_config(config).get_current_head() == schema.newest()

    def test_a_newer_database_is_not_migrated(self, database: Database) -> None:
        with database.owner.begin() as connection:
            connection.execute(text("update schema_version set version_num = '9999'"))
        with pytest.raises(OtherVersion, match="start the version that migrated the database"):
            migrate(database.owner)

    def test_what_another_program_left_out_is_repaired(self, database: Database, alpine: Path) -> None:
        taken_in_only(database, alpine)
        loaders("detect")
        with database.owner.begin() as connection:
            people.add_account(connection, "BETULA", "Betula", ["AMAZON_US"])
            people.add_user(connection, "manager@example.com", "account_manager", ["ALPINE", "BETULA"])
        assert core("check").exit_code == 0
        with database.owner.begin() as connection:
            for statement in (
                "update item_total set items = items + 1",
                "delete from deadline_total where account_id = 0",
                "update payment_total set recovered = recovered * 2 where account_id < 0",
                "update report_state set files = files + 1",
            ):
                connection.execute(text(statement))
        assert core("check").exit_code == 1
        repaired = core("check", "--repair")
        assert repaired.exit_code == 0, repaired.output


@pytest.mark.parametrize("pattern", detections.RULES)
def test_each_pattern_of_the_rules_matches_a_file(pattern: str) -> None:
    assert list(detections.CORE.glob(pattern))
