"""Data sync: how fresh each report is, what is missing, what was refused; and files that are brought in by hand."""

import csv
import io
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from core.database.access import people, personal
from core.database.rollups.totals import record_sync
from core.lists import table
from core.queries.people import Account
from core.ui.components.downloads import Download
from core.ui.data_sync import importing
from core.ui.data_sync import matrix as states
from core.ui.shell.view import Scope, View
from core.ui.text.words import day
from tests import locks
from tests.conftest import Database
from tests.loaders.reports import ledger
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts
from tests.pages.world import TODAY

PAGE = "pages/data_sync.py"
SECONDS = 60
LEDGER = "Amazon inventory ledger, detailed view"

Attempt = Callable[..., int]


@pytest.fixture
def attempt(database: Database, small_world: dict[str, int]) -> Attempt:
    """Puts an attempt to take a file in for Alpine into the register: `attempt(days=30, through=31)` days ago."""

    def put(*, days: int, through: int | None = None, since: int | None = None, **values: Any) -> int:
        at = datetime.combine(TODAY - timedelta(days=days), clock(12), UTC)
        row = {
            "account_id": small_world["ALPINE"],
            "format": "amazon_ledger_detail",
            "file": "ledger.tsv",
            "status": "taken",
            "message": "",
            "rows": 5,
            "new": 0,
            "refused": 0,
            "at": at,
            "data_from": None if since is None else TODAY - timedelta(days=since),
            "data_through": None if through is None else TODAY - timedelta(days=through),
            **values,
        }
        with database.owner.begin() as connection:
            run_id: int = connection.execute(
                text(
                    "insert into sync_run (account_id, format, file, sha256, started_at, finished_at, status, message,"
                    " rows, new, changed, unchanged, refused, data_from, data_through) values (:account_id, :format,"
                    " :file, '0', :at, :at, :status, :message, :rows, :new, 0, :rows, :refused, :data_from,"
                    " :data_through) returning run_id"
                ),
                row,
            ).scalar_one()
            record_sync(connection, row["account_id"], run_id)
        return run_id

    return put


def reports(app: AppTest) -> dict[str, dict[Any, Any]]:
    return {row["Report"]: row for row in listed(app, "Next expected").to_dict("records")}


def test_the_next_sync_is_expected_by_the_reports_own_rhythm(visit: Open, attempt: Attempt) -> None:
    for days in (22, 15, 14, 7):
        attempt(days=days, through=days)
    row = reports(visit(PAGE, "alpine@example.com"))[LEDGER]
    assert row["Next expected"] == TODAY  # 7 days, the median of 7, 1 and 7, after the last
    assert row["Files"] == 4


def test_two_syncs_tell_no_rhythm(visit: Open, attempt: Attempt) -> None:
    for days in (9, 9, 2):
        attempt(days=days, through=days)
    assert reports(visit(PAGE, "alpine@example.com"))[LEDGER]["Next expected"] is None


def gap(database: Database, account_id: int, report: str) -> None:
    """A report of North America that is covered but for ten days of last month."""
    spans = [(120, 61), (50, 0)]
    with database.owner.begin() as connection:
        connection.execute(
            text("insert into report_coverage values (:id, :report, 'NA', '', :first, :last, :by)"),
            {
                "id": account_id,
                "report": report,
                "first": [TODAY - timedelta(days=first) for first, _ in spans],
                "last": [TODAY - timedelta(days=last) for _, last in spans],
                "by": ["rows"] * len(spans),
            },
        )


def test_a_gap_and_late_data_are_said(
    visit: Open, attempt: Attempt, database: Database, small_world: dict[str, int]
) -> None:
    for days, since, through in ((90, 120, 90), (80, 92, 80), (40, 60, 40)):
        attempt(days=days, since=since, through=through)
    gap(database, small_world["ALPINE"], "amazon_ledger_detail")
    app = visit(PAGE, "alpine@example.com")
    assert list(reports(app)[LEDGER]["State"]) == ["Gap", "Late"]
    assert reports(app)["Amazon FBA reimbursements"]["State"].tolist() == ["Covered"]
    assert "1 report has a gap**: a file may be missing." in texts(app)
    assert "We can't detect losses in missing data, and deadlines keep running." in texts(app)
    lacking = listed(app, "Whole for").set_index("Report").loc[LEDGER, "Gaps"]
    assert lacking == f"{day(TODAY - timedelta(days=60))} – {day(TODAY - timedelta(days=51))}"


def test_the_matrix_shows_accounts_and_reports_with_problems_first(
    visit: Open, attempt: Attempt, database: Database, small_world: dict[str, int]
) -> None:
    attempt(account_id=small_world["BETULA"], days=40, through=40)
    gap(database, small_world["BETULA"], "amazon_ledger_detail")
    attempt(days=1, through=1, refused=2)
    app = visit(PAGE, "manager@example.com")
    rows = matrix(app)
    assert list(rows["Account"]) == ["Betula", "Alpine *Gear* <b>:material/home:"]
    assert rows.columns[1] == "Ledger"
    assert [list(state) for state in rows["Ledger"]] == [["Gap"], ["Refused"]]
    assert [list(state) for state in rows["Reimbursements"]] == [["Covered"], ["Covered"]]
    assert {tuple(state) for state in rows["Returns"]} == {("Never",)}
    assert "W. returns" in rows.columns


def test_accounts_of_the_matrix_are_searched_and_paged(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(PAGE, "manager@example.com", sync_search="betu")
    assert list(matrix(app)["Account"]) == ["Betula"]
    monkeypatch.setattr(states, "PAGE_SIZE", 1)
    app = visit(PAGE, "staff@example.com")
    first = list(matrix(app)["Account"])
    app.session_state["sync_page"] = 3
    assert len(first) == 1
    assert list(matrix(app.run())["Account"]) != first


def test_one_account_has_no_matrix(visit: Open) -> None:
    assert "Reimbursements" not in matrix(visit(PAGE, "alpine@example.com")).columns


def matrix(app: AppTest) -> pd.DataFrame:
    return listed(app, "Reimbursements")


def test_what_happens_now_and_then_is_stale_when_its_own_rhythm_says_so(visit: Open, attempt: Attempt) -> None:
    attempt(days=30, since=129, through=30, format="amazon_removal_orders", new=20)
    asked = {days: (TODAY + timedelta(days=days)).isoformat() for days in (0, 25)}
    states = {
        days: reports(visit(PAGE, "alpine@example.com", as_of=day))["Amazon removal orders"]["State"].tolist()
        for days, day in asked.items()
    }
    assert states == {0: ["Covered"], 25: ["Late"]}  # 100 days with 20 rows: quiet for 50 days


def test_by_another_date_what_is_fresh_becomes_stale(visit: Open, attempt: Attempt) -> None:
    attempt(days=1, through=1)
    assert reports(visit(PAGE, "alpine@example.com"))[LEDGER]["State"].tolist() == ["Covered"]
    later = (TODAY + timedelta(days=30)).isoformat()
    assert reports(visit(PAGE, "alpine@example.com", as_of=later))[LEDGER]["State"].tolist() == ["Late"]


def test_what_a_connected_marketplace_needs_and_never_got_is_named(visit: Open, attempt: Attempt) -> None:
    app = visit(PAGE, "alpine@example.com")
    missing = set(listed(app, "What it is for")["Report"])
    assert LEDGER in missing
    assert "Walmart reconciliation report" in missing
    assert "Amazon FBA reimbursements" not in missing
    attempt(days=1, through=1)
    assert LEDGER not in set(listed(visit(PAGE, "alpine@example.com"), "What it is for")["Report"])


def test_a_manager_sees_for_which_accounts_a_report_is_missing(visit: Open) -> None:
    rows = listed(visit(PAGE, "manager@example.com"), "What it is for").set_index("Report")
    assert "Betula" in str(rows.loc[LEDGER, "Missing for"])
    assert "Betula" not in str(rows.loc["Walmart returns", "Missing for"])


@pytest.fixture
def refused(database: Database, small_world: dict[str, int], attempt: Attempt) -> int:
    """A file with a refused row whose value is a formula."""
    run_id = attempt(days=1, through=1, refused=1, file="=1+1.tsv")
    with database.owner.begin() as connection:
        connection.execute(
            text("insert into row_issue values (:account_id, :run_id, 7, 'Quantity', '=cmd()', 'is no whole number')"),
            {"account_id": small_world["ALPINE"], "run_id": run_id},
        )
    attempt(days=2, format=None, file="weather.csv", status="refused", message="weather.csv is of no known format.")
    return run_id


def test_a_refused_row_is_shown_with_line_value_and_reason(visit: Open, refused: int) -> None:
    app = visit(PAGE, "alpine@example.com")
    (row,) = listed(app, "Reason").to_dict("records")
    assert [row[name] for name in ("File", "Line", "Column", "Value", "Reason")] == [
        "=1+1.tsv",
        7,
        "Quantity",
        "=cmd()",
        "is no whole number",
    ]
    assert "weather.csv is of no known format." in texts(app).replace("\\", "")
    assert {str(button.proto.label) for button in app.get("download_button")} == {"CSV", "Excel"}


def test_refused_rows_of_another_account_are_not_sent(visit: Open, database: Database, refused: int) -> None:
    with database.owner.begin() as connection:
        people.add_user(connection, "betula@example.com", "seller", ["BETULA"])
    sent = everything(visit(PAGE, "betula@example.com"))
    assert "cmd()" not in sent
    assert "weather.csv" not in sent


def test_the_download_of_refused_rows_holds_no_formula(
    database: Database, small_world: dict[str, int], refused: int
) -> None:
    with database.owner.connect() as owner:
        user_id = people.user_id_of(owner, "alpine@example.com")
    account = Account(small_world["ALPINE"], "ALPINE", "Alpine", ("AMAZON_US",))
    view = View(Scope(user_id, "seller", (account.account_id,), "1"), None, (account,))
    with Download(view, "refused_rows", lambda ids: table(ids, "sync_issues", None, "issues"), {}).csv() as file:
        (row,) = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")))
    assert (row["file"], row["line"], row["value"]) == ("'=1+1.tsv", "7", "'=cmd()")


@pytest.fixture
def unknown(database: Database, small_world: dict[str, int], attempt: Attempt) -> None:
    """A reason that no list knows, with money under it."""
    attempt(days=1, through=1)
    with database.owner.begin() as connection:
        connection.execute(
            text(
                "insert into unknown_word values (:account_id, 'amazon_reimbursements', 'reason', '=Goodwill_2027',"
                " 'USD', 2, 3, 24.5, '2026-05-01', '2026-06-01')"
            ),
            {"account_id": small_world["ALPINE"]},
        )


def test_a_word_that_no_list_knows_is_shown_with_what_stands_under_it(visit: Open, unknown: None) -> None:
    (row,) = listed(visit(PAGE, "alpine@example.com"), "Word").to_dict("records")
    shown = [row[name] for name in ("Report", "Column", "Word", "Rows", "Units", "Amount")]
    assert shown == ["Amazon FBA reimbursements", "reason", "=Goodwill_2027", 2, 3, "$24.50"]


def test_unknown_words_of_another_account_are_not_sent(visit: Open, database: Database, unknown: None) -> None:
    with database.owner.begin() as connection:
        people.add_user(connection, "betula@example.com", "seller", ["BETULA"])
    assert "Goodwill" not in everything(visit(PAGE, "betula@example.com"))
    assert "Goodwill" in everything(visit(PAGE, "manager@example.com"))


def test_an_account_without_reports_is_told_what_it_needs_and_led_to_the_import(visit: Open) -> None:
    app = visit("pages/overview.py", "empty@example.com")
    assert LEDGER in texts(app)
    (link,) = [each.proto for each in app.get("page_link") if each.proto.label == "Import report files"]
    assert link.page == "data_sync"
    there = visit(PAGE, "empty@example.com")
    assert [each.proto.expanded for each in there.expander if each.label == "Import files"] == [True]


@pytest.mark.parametrize("page", ["pages/amazon.py", "pages/walmart.py"])
def test_a_marketplaces_page_says_when_it_was_synced_and_when_it_is_next(
    visit: Open, attempt: Attempt, page: str
) -> None:
    assert "no sync scheduled" in texts(visit("pages/amazon.py", "alpine@example.com"))
    assert "not synced yet" in texts(visit("pages/walmart.py", "alpine@example.com"))
    form = "walmart_returns" if "walmart" in page else "amazon_ledger_detail"
    for days in (20, 10, 0):
        attempt(days=days, through=days, format=form)
    said = texts(visit(page, "alpine@example.com"))
    expected = TODAY + timedelta(days=10)
    assert f"next sync {day(expected)}" in said
    assert "last synced" in said


def test_more_than_fits_at_once_is_not_taken_and_the_page_says_so(
    visit: Open, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 20_000_000)
    app = visit(PAGE, "empty@example.com")
    content = b"x" * 10_000_001
    app.file_uploader[0].upload("one.tsv", content, "text/plain").upload("two.tsv", content, "text/plain").run()
    assert "2 files of 0.03 GB together; up to 0.02 GB can be imported at once" in texts(app)
    assert app.button(key="import_start").disabled
    with database.owner.connect() as connection:
        assert not connection.execute(text("select count(*) from audit_log where action = 'import'")).scalar_one()


@pytest.mark.slow
class TestImport:
    """Files that a visitor brings."""

    @pytest.fixture(autouse=True)
    def temporary(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Nothing is left where the files lay."""
        made = tmp_path / "temporary"
        made.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(made))
        yield
        assert list(made.iterdir()) == []

    def bring(self, app: AppTest, name: str, content: str) -> AppTest:
        app.file_uploader[0].upload(name, content.encode(), "text/plain").run()
        return app.button(key="import_start").click().run()

    def finished(self, app: AppTest) -> AppTest:
        deadline = time.monotonic() + SECONDS
        while "import_more" not in [button.key for button in app.button]:
            assert time.monotonic() < deadline, texts(app)
            time.sleep(0.2)
            app.run()
        return app

    def test_a_file_is_taken_in_and_the_figures_follow(self, visit: Open, database: Database) -> None:
        assert "No reports yet" in texts(visit("pages/overview.py", "empty@example.com"))
        app = self.bring(visit(PAGE, "empty@example.com"), "../l\0ed\nger.tsv", ledger({}, {"Quantity": "many"}))
        app = self.finished(app)
        assert not app.exception
        assert "1 file imported for EMPTY" in texts(app)
        assert "Refused: 1 row" in texts(app)
        assert "1 new item found, 1 item in all." in texts(app)
        assert f"**l\\_ed\\_ger\\.tsv**, {LEDGER}: 2 rows (1 new, 1 refused)." in texts(app)
        assert reports(app)[LEDGER]["Rows refused"] == 1
        assert "1 with no value yet" in texts(visit("pages/overview.py", "empty@example.com"))
        with database.owner.connect() as connection:
            logged = connection.execute(text("select email, detail from audit_log where action = 'import'")).one()
        assert logged.email == "empty@example.com"
        assert logged.detail["number"] == 1

    def test_a_refused_file_has_its_whole_reason_and_no_count_of_items(self, visit: Open) -> None:
        app = self.finished(self.bring(visit(PAGE, "alpine@example.com"), "weather.csv", "day,weather\n1,rain\n"))
        assert "Nothing was imported for ALPINE**: 1 file was refused." in texts(app)
        assert "is of no known format. Its header" in texts(app).replace("\\", "")
        assert "item" not in next(each.value for each in app.error)

    def test_what_was_read_before_the_detection_is_not_shown_after_it(self, visit: Open, database: Database) -> None:
        """Files are registered first: a page that is opened then would remember figures without their items."""
        with database.owner.begin() as holding:
            locks.keep_out(holding, "detect", "EMPTY")
            app = self.bring(visit(PAGE, "empty@example.com"), "ledger.tsv", ledger({}))
            overview = visit("pages/overview.py", "empty@example.com")
            deadline = time.monotonic() + SECONDS
            while "No reports yet" in texts(overview):
                assert time.monotonic() < deadline
                overview.run()
            assert "Nothing was detected yet" in texts(overview)
        self.finished(app)
        assert "1 with no value yet" in texts(overview.run())

    def test_too_many_imports_within_an_hour_are_told(self, visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(personal.MOST_AN_HOUR, "import", 0)
        app = self.bring(visit(PAGE, "alpine@example.com"), "ledger.tsv", ledger({}))
        assert "imports in an hour" in texts(app)
        assert not app.exception

    def test_one_that_fails_gives_an_id_and_no_trace(self, visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RECOUP_LOADER_DATABASE_URL", "postgresql://recoup_loader:hunter2@127.0.0.1:1/nowhere")
        app = self.finished(self.bring(visit(PAGE, "alpine@example.com"), "ledger.tsv", ledger({})))
        assert "did not finish" in texts(app)
        assert "hunter2" not in everything(app)
        assert "127.0.0.1" not in everything(app)

    def test_a_manager_chooses_the_account(self, visit: Open) -> None:
        app = visit(PAGE, "manager@example.com")
        app.selectbox(key="import_account").set_value("Betula").run()
        app = self.finished(self.bring(app, "ledger.tsv", ledger({"Country": "DE"})))
        assert "1 file imported for BETULA" in texts(app)
        app.button(key="import_more").click().run()
        assert app.file_uploader[0].value == []
