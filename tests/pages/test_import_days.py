"""An import asks for which days its reports are whole: filled in from their rows, checked, and passed on."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from core import imports
from core.imports import FileDays
from core.ui.data_sync import import_days
from tests.conftest import Database
from tests.loaders.reports import costs, ledger, reimbursements
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts

pytestmark = pytest.mark.slow

PAGE = "pages/data_sync.py"
SECONDS = 60
MAY_13, MAY_20 = date(2026, 5, 13), date(2026, 5, 20)
FILES = {"ledger.tsv": ledger({}), "paid.tsv": reimbursements({})}
STATED = """
    select s.format, s.region, s.covered_from, s.covered_through
    from stated_coverage as s inner join account as a on a.account_id = s.account_id
    where a.code = :code order by 1, 2
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is left where the files lay."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    yield
    assert list(made.iterdir()) == []


def chosen(app: AppTest, files: dict[str, str]) -> AppTest:
    """The page with these files chosen."""
    for name, content in files.items():
        app.file_uploader[0].upload(name, content.encode(), "text/plain")
    return app.run()


def asked(app: AppTest, files: dict[str, str]) -> AppTest:
    """The page with files chosen and the wish to state their days, once these were looked for."""
    chosen(app, files)
    app.checkbox[0].check().run()
    return waited(app, lambda: "Reading the days" not in texts(app))


def waited(app: AppTest, is_done: Any) -> AppTest:
    """The page, run again until something holds."""
    deadline = time.monotonic() + SECONDS
    while not is_done():
        assert time.monotonic() < deadline, texts(app)
        time.sleep(0.2)
        app.run()
    return app


def imported(app: AppTest) -> AppTest:
    """The page after its import has ended."""
    app.button(key="import_start").click().run()
    return waited(app, lambda: "import_more" in [button.key for button in app.button])


def stated(database: Database, account: str) -> list[tuple[Any, ...]]:
    with database.owner.connect() as connection:
        return [tuple(row) for row in connection.execute(text(STATED), {"code": account})]


class TestByClicks:
    """What a seller goes through."""

    def test_the_days_of_the_rows_are_filled_in_and_stated_with_one_click(
        self, visit: Open, database: Database
    ) -> None:
        app = asked(visit(PAGE, "empty@example.com"), FILES)
        assert not app.exception
        assert [field.value for field in app.date_input] == [MAY_13, MAY_20]
        assert "ledger\\.tsv May 13, 2026; paid\\.tsv May 20, 2026" in texts(app)
        app = imported(app)
        assert not app.exception
        assert "Stated as whole from May 13, 2026 to May 20, 2026: Amazon inventory ledger" in texts(app)
        assert stated(database, "EMPTY") == [
            ("amazon_ledger_detail", "NA", MAY_13, MAY_20),
            ("amazon_reimbursements", "NA", MAY_13, MAY_20),
        ]
        assert "(rows, stated)" in listed(app, "Whole for").set_index("Report").loc["Amazon FBA reimbursements"].iloc[1]
        with database.owner.connect() as connection:
            logged = connection.execute(text("select detail from audit_log where action = 'import'")).scalar_one()
        assert logged["covers"] == "2026-05-13..2026-05-20"

    def test_other_days_can_be_stated_and_what_waited_is_ready_then(self, visit: Open, database: Database) -> None:
        files = {"ledger.tsv": ledger({"Date": "08/20/2026"}, {"Date": "09/20/2026", "MSKU": "B", "FNSKU": "X2"})}
        app = imported(chosen(visit(PAGE, "empty@example.com", as_of="2026-09-25"), files))
        assert "No reimbursements for North America at all" in texts(app)
        assert stated(database, "EMPTY") == []
        app.button(key="import_more").click().run()
        app = asked(app, {"paid.tsv": reimbursements({})})
        app.date_input[0].set_value(date(2026, 1, 1)).run()
        app.date_input[1].set_value(date(2026, 9, 24)).run()
        app = imported(app)
        assert "Sync next" not in texts(app)
        assert stated(database, "EMPTY") == [("amazon_reimbursements", "NA", date(2026, 1, 1), date(2026, 9, 24))]

    def test_a_file_that_was_taken_before_still_tells_its_days(self, visit: Open, database: Database) -> None:
        app = imported(chosen(visit(PAGE, "empty@example.com"), FILES))
        app.button(key="import_more").click().run()
        app = imported(asked(app, FILES))
        assert {row[2:] for row in stated(database, "EMPTY")} == {(MAY_13, MAY_20)}
        assert "already imported, nothing changed" in texts(app)

    def test_left_empty_nothing_is_stated(self, visit: Open, database: Database) -> None:
        app = asked(visit(PAGE, "empty@example.com"), FILES)
        for field in (0, 1):
            app.date_input[field].set_value(None).run()
        app = imported(app)
        assert "Stated as whole" not in texts(app)
        assert stated(database, "EMPTY") == []

    def test_the_question_is_off_again_for_the_next_import(self, visit: Open) -> None:
        app = imported(asked(visit(PAGE, "empty@example.com"), FILES))
        app.button(key="import_more").click().run()
        chosen(app, FILES)
        assert [box.value for box in app.checkbox] == [False]

    def test_files_whose_silence_proves_nothing_are_not_asked_for(self, visit: Open) -> None:
        app = asked(visit(PAGE, "empty@example.com"), {"costs.csv": costs({})})
        assert "There is nothing to state" in texts(app)
        assert not app.date_input
        assert not app.button(key="import_start").disabled

    def test_a_look_that_fails_leaves_the_days_to_the_visitor_and_tells_no_secret(
        self, visit: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RECOUP_LOADER_DATABASE_URL", "postgresql://recoup_loader:hunter2@127.0.0.1:1/nowhere")
        app = asked(visit(PAGE, "empty@example.com"), FILES)
        assert "are not known" in texts(app)
        assert [field.value for field in app.date_input] == [None, None]
        assert "hunter2" not in everything(app)

    def test_where_no_days_are_found_they_can_be_filled_in(self, visit: Open) -> None:
        app = asked(visit(PAGE, "empty@example.com"), {"ledger.tsv": ledger({"Quantity": "many"})})
        assert "are not known" in texts(app)
        assert [field.value for field in app.date_input] == [None, None]

    def test_a_file_of_no_known_region_is_refused_with_what_to_choose(self, visit: Open, database: Database) -> None:
        with database.owner.begin() as connection:
            connection.execute(
                text("insert into account_marketplace select account_id, 'AMAZON_DE' from account where code = 'EMPTY'")
            )
        app = asked(visit(PAGE, "empty@example.com"), {"ledger.tsv": ledger({"Country": ""})})
        app = imported(app)
        assert "1 file was refused" in texts(app)
        assert "choose its marketplace" in texts(app)
        assert "Stated as whole" not in texts(app)


class TestWrongDays:
    """Days that can not be stated keep the import waiting, with a sentence."""

    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [
            (date(2026, 5, 21), MAY_20, "The first day, May 21, 2026, is after the last, May 20, 2026."),
            (None, MAY_20, "Give both days, or neither."),
            (MAY_13, None, "Give both days, or neither."),
            (MAY_13, datetime.now(UTC).date() + timedelta(days=3), "has not ended yet"),
        ],
        ids=["order", "no first", "no last", "future"],
    )
    def test_it_is_said(self, visit: Open, first: date | None, last: date | None, words: str) -> None:
        app = asked(visit(PAGE, "empty@example.com"), FILES)
        app.date_input[0].set_value(first).run()
        app.date_input[1].set_value(last).run()
        assert words in texts(app)
        assert app.button(key="import_start").disabled
        app.date_input[0].set_value(MAY_13).run()
        app.date_input[1].set_value(MAY_20).run()
        assert not app.error
        assert not app.button(key="import_start").disabled


def days(code: str, *spans: tuple[str, str]) -> Sequence[FileDays]:
    """Files of a format with rows of these days."""
    files = [
        {"file": f"{number}.csv", "format": code, "data_from": first, "data_through": last}
        for number, (first, last) in enumerate(spans)
    ]
    return imports.days_of(files)


@pytest.mark.parametrize(
    ("spans", "lacking"),
    [
        ([("2026-01-01", "2026-01-31"), ("2026-03-01", "2026-03-31")], "Feb 1, 2026 – Feb 28, 2026"),
        ([("2026-01-01", "2026-01-31"), ("2026-02-05", "2026-02-28")], ""),
        ([("2026-01-01", "2026-06-30"), ("2026-02-01", "2026-02-28"), ("2026-07-01", "2026-07-02")], ""),
    ],
    ids=["a month", "a few days", "within another"],
)
def test_days_between_the_files_of_a_report_are_pointed_out(spans: list[tuple[str, str]], lacking: str) -> None:
    said = list(import_days._gaps(days("amazon_customer_returns", *spans)))
    assert bool(said) == bool(lacking)
    assert lacking in "".join(said)


def test_files_of_other_reports_do_not_fill_the_days_between() -> None:
    found = [
        *days("amazon_customer_returns", ("2026-01-01", "2026-01-31"), ("2026-03-01", "2026-03-31")),
        *days("amazon_orders", ("2026-02-01", "2026-02-28")),
    ]
    assert len(list(import_days._gaps(found))) == 1


def test_many_files_are_counted() -> None:
    said = import_days._found(days("amazon_orders", *(("2026-01-01", "2026-01-02"),) * 8))
    assert said.endswith("; and 2 more files.")
