"""`python -m loaders`: what its commands print and where, and their exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.database.access import people
from loaders.__main__ import main
from loaders.formats import FORMATS
from tests.conftest import Database
from tests.loaders.reports import ledger, reimbursements

Run = Callable[..., Result]


@pytest.fixture
def run(database: Database) -> Run:
    """Runs a command on a database with the account ALPINE."""
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine Outfitters", ["AMAZON_US", "WALMART_US"])
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    return made


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_a_folder_is_taken_in_and_0_is_returned(run: Run, folder: Path) -> None:
    written(folder / "ledger.tsv", ledger({}))
    (folder / "deeper").mkdir()
    written(folder / "deeper" / "paid.tsv", reimbursements({}))
    written(folder / ".hidden.tsv", "neither read nor refused")
    (folder / "link.tsv").symlink_to(folder / "nowhere.tsv")
    done = run("sync", folder, "--account", "alpine")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "ledger.tsv: amazon_ledger_detail, 1 rows: 1 new, 0 changed, 0 unchanged" in done.stderr
    assert "2 files; 1 items, 1 of them new" in done.stderr


def test_json_prints_one_object_on_standard_output(run: Run, folder: Path) -> None:
    ledger_file = written(folder / "ledger.tsv", ledger({}, {"Quantity": "many"}))
    weather = written(folder / "weather.csv", "day,weather\n")
    done = run("sync", ledger_file, weather, "--account", "ALPINE", "--json")
    report = json.loads(done.stdout)
    assert set(report) == {"files", "items", "seconds"}
    taken, refused = report["files"]
    assert list(taken) == [
        *("file", "format", "sha256", "rows", "new", "changed", "unchanged", "refused", "status", "message")
    ]
    counts = {name: taken[name] for name in ("rows", "new", "changed", "unchanged", "refused")}
    assert counts == {"rows": 2, "new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert (taken["status"], len(taken["sha256"])) == ("taken", 64)
    assert (refused["status"], refused["format"], refused["rows"]) == ("refused", None, 0)
    assert report["items"] == {"items": 1, "new": 1, "changed": 0, "unchanged": 0, "withdrawn": 0}
    assert "weather.csv: refused." in done.stderr


def test_words_that_no_list_knows_are_told_after_a_sync(run: Run, folder: Path) -> None:
    paid = written(folder / "paid.tsv", reimbursements({"reason": "Goodwill_2027"}))
    done = run("sync", paid, "--account", "ALPINE")
    assert done.exit_code == 0
    assert "Unknown: Amazon FBA reimbursements, reason 'Goodwill_2027': 1 rows, 1 units, 12.34 USD" in done.stderr


def test_a_marketplace_that_the_account_does_not_have_is_a_wrong_call(run: Run, folder: Path) -> None:
    done = run("sync", written(folder / "l.tsv", ledger({})), "--account", "ALPINE", "--marketplace", "AMAZON_JP")
    assert done.exit_code == 2
    assert "ALPINE does not sell on AMAZON_JP. It has: " in done.stderr


def test_a_call_that_is_wrong_returns_2(run: Run, folder: Path) -> None:
    file = written(folder / "ledger.tsv", ledger({}))
    for wrong in (
        ("sync",),
        ("sync", file),
        ("sync", file, "--account", "NOBODY"),
        ("sync", file, "--account", "ALPINE", "--marketplace", "AMAZON_XX"),
        ("sync", file, "--account", "ALPINE", "--marketplace", "WALMART_CA"),
        ("sync", file, "--account", "ALPINE", "--exported-on", "yesterday"),
        ("sync", file, "--account", "ALPINE", "--covers", "2026-07-01..2026-06-01"),
        ("detect", "--account", "NOBODY"),
        ("status", "--account", "NOBODY"),
        ("demo", "--accounts", "0"),
        ("dance",),
    ):
        done = run(*wrong)
        assert (done.exit_code, done.stdout) == (2, ""), wrong
        assert done.stderr


def test_walmart_elsewhere_is_refused_with_the_reason(run: Run, folder: Path) -> None:
    done = run("sync", folder, "--account", "ALPINE", "--marketplace", "WALMART_CA")
    assert "United States accounts only" in done.stderr


def test_refused_rows_return_3_and_a_refused_file_4(run: Run, folder: Path) -> None:
    half = written(folder / "half.tsv", ledger({}, {"Quantity": "many"}))
    weather = written(folder / "weather.csv", "day,weather\n")
    assert run("sync", half, "--account", "ALPINE").exit_code == 3
    assert run("sync", half, "--account", "ALPINE").exit_code == 3
    assert run("sync", weather, half, "--account", "ALPINE").exit_code == 4
    assert run("sync", folder / "missing.tsv", "--account", "ALPINE").exit_code == 4


def test_a_refused_file_does_not_keep_the_others_out(run: Run, folder: Path) -> None:
    weather = written(folder / "a_weather.csv", "day,weather\n")
    good = written(folder / "b_ledger.tsv", ledger({}))
    done = run("sync", weather, good, "--account", "ALPINE", "--json")
    assert [file["status"] for file in json.loads(done.stdout)["files"]] == ["refused", "taken"]


def test_a_database_that_is_away_returns_1_with_a_sentence(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://recoup@/recoup?host={folder}")
    done = run("sync", folder, "--account", "ALPINE")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: The database does not answer:")
    assert "Traceback" not in done.stderr


def test_a_dry_run_counts_and_changes_nothing(run: Run, folder: Path) -> None:
    file = written(folder / "ledger.tsv", ledger({}))
    for _ in range(2):
        done = run("sync", file, "--account", "ALPINE", "--dry-run", "--json")
        assert json.loads(done.stdout)["files"][0]["new"] == 1
    assert json.loads(run("status", "--json").stdout)["reports"][0]["last_synced_at"] is None


def test_a_hole_between_the_data_of_two_files_is_shown(run: Run, folder: Path) -> None:
    for name, day in (("a", "01/10/2026"), ("b", "01/17/2026"), ("d", "03/01/2026")):
        run("sync", written(folder / f"{name}.tsv", ledger({"Date": day, "Reference ID": name})), "--account", "ALPINE")
    (report,) = json.loads(run("status", "--account", "ALPINE", "--json").stdout)["reports"]
    assert report["holes"] == ["2026-01-18 to 2026-02-28"]
    assert "nothing from 2026-01-18 to 2026-02-28" in run("status").stdout


def test_detect_again_changes_nothing(run: Run, folder: Path) -> None:
    run("sync", written(folder / "ledger.tsv", ledger({}, {"Reference ID": "2"})), "--account", "ALPINE")
    done = run("detect", "--json")
    assert json.loads(done.stdout)["items"] == {"items": 2, "new": 0, "changed": 0, "unchanged": 2, "withdrawn": 0}
    assert done.exit_code == 0


def test_formats_names_every_format_with_its_columns(run: Run) -> None:
    done = run("formats")
    assert done.exit_code == 0
    for report in FORMATS:
        assert f"{report.code}: {report.label}" in done.stdout
    assert "approval-date, reimbursement-id" in done.stdout


def test_status_says_how_fresh_each_report_is(run: Run, folder: Path) -> None:
    assert run("status").stdout == "ALPINE\tnothing synced yet\n"
    run("sync", written(folder / "ledger.tsv", ledger({}, {"Quantity": "many"})), "--account", "ALPINE")
    run("sync", written(folder / "weather.csv", "day,weather\n"), "--account", "ALPINE")
    known, unknown = json.loads(run("status", "--account", "alpine", "--json").stdout)["reports"]
    assert (known["account"], known["format"], known["files"], known["rows"]) == (
        "ALPINE",
        "amazon_ledger_detail",
        1,
        2,
    )
    assert (known["rows_refused"], known["data_from"], known["data_through"]) == (1, "2026-05-13", "2026-05-13")
    assert (unknown["format"], unknown["files"], unknown["files_refused"]) == (None, 0, 1)
    assert "ALPINE\tamazon_ledger_detail\tlast synced" in run("status").stdout


def test_demo_writes_reports_and_their_truth(run: Run, folder: Path) -> None:
    done = run("demo", "--accounts", 1, "--items", 10, "--seed", 5, "--out", folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert str(folder) in done.stderr
    assert (folder / "truth" / "NORTHWIND.csv").is_file()
    folders = {path.name for path in (folder / "NORTHWIND").iterdir()}
    assert folders == {"amazon", "walmart", "recoup", "AMAZON_US", "AMAZON_UK", "AMAZON_DE"}
    assert run("status").stdout == "ALPINE\tnothing synced yet\n"
