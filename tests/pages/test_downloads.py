"""Downloads: all rows of a list, as its user may see them when the file is made, and a line in the log."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from core.database.access import people, personal
from core.errors import AccessDenied, LimitReached
from core.exports import Table
from core.lists import table
from core.queries.item_filter import ItemFilter
from core.queries.people import Account
from core.ui.components.downloads import Attempts, Download
from core.ui.shell.view import Scope, View
from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import texts

READY = ItemFilter("amazon", ("ready",))


def ready(account_ids: Sequence[int]) -> Table:
    return table(account_ids, "items", READY, "soonest")


@pytest.fixture
def download(small_world: dict[str, int], database: Database) -> Download:
    """The list of what is ready, as Alpine's seller has it."""
    with database.owner.connect() as owner:
        user_id = people.user_id_of(owner, "alpine@example.com")
    account = Account(small_world["ALPINE"], "ALPINE", "Alpine", ("AMAZON_US",))
    view = View(Scope(user_id, "seller", (account.account_id,), "1"), None, (account,))
    return Download(view, "amazon_items", ready, {"Stage": "Ready"})


def rows_of(download: Download) -> list[dict[str, str]]:
    with download.csv() as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_it_has_every_row_and_not_a_page_of_them(download: Download, database: Database) -> None:
    with database.owner.begin() as owner:
        items = ({"sku": f"MORE-{number}", "unit_value": "1"} for number in range(120))
        world.more_items(owner, download.view.scope.account_ids[0], *items)
    rows = rows_of(download)
    assert len(rows) == 122
    assert {row["stage"] for row in rows} == {"ready"}
    first = next(row for row in rows if row["sku"] == "ALPINE-1")
    assert (first["amount"], first["currency"]) == ("30.30", "USD")
    assert date.fromisoformat(first["deadline_on"]) > date(2026, 1, 1)


def test_the_workbook_has_the_same_rows_and_says_what_they_are(download: Download, tmp_path: Path) -> None:
    path = tmp_path / "items.xlsx"
    with download.workbook() as file:
        path.write_bytes(file.read())
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book["Rows"][1]]
    assert {row[names.index("sku")].value for row in book["Rows"].iter_rows(min_row=2)} == {
        row["sku"] for row in rows_of(download)
    }
    told = {str(row[0]): row[1] for row in book["About"].iter_rows(values_only=True)}
    assert told["Stage"] == "Ready"
    assert told["Accounts"] == "Alpine"


def test_it_is_a_line_of_the_audit_log(download: Download, database: Database) -> None:
    rows = rows_of(download)
    with database.owner.connect() as owner:
        line = owner.execute(text("select email, detail from audit_log where action = 'download'")).one()
    assert line.email == "alpine@example.com"
    assert (line.detail["what"], line.detail["rows"]) == ("amazon_items", len(rows))


def test_a_right_that_was_taken_away_meanwhile_gives_no_row(download: Download, database: Database) -> None:
    with database.owner.begin() as owner:
        people.revoke(owner, "alpine@example.com", "ALPINE")
    with pytest.raises(AccessDenied, match="no longer yours"):
        download.csv()


def test_too_many_within_an_hour_are_refused(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(personal.MOST_AN_HOUR, "download", 1)
    rows_of(download)
    with pytest.raises(LimitReached):
        download.csv()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LimitReached("More than 60 downloads in an hour. Try again later."), "More than 60 downloads in an hour"),
        (AccessDenied("An account of this list is no longer yours. Reload the page."), "no longer yours"),
        (OSError("the disk of the server is full"), "Give this id to whoever runs Recoup"),
    ],
    ids=["limit", "access", "bug"],
)
def test_the_page_says_why_there_is_no_file(visit: Open, error: Exception, words: str) -> None:
    app = visit("pages/amazon.py", "alpine@example.com")
    attempts = app.session_state["downloads of amazon_items"]
    attempts.ask()
    assert "Making the file" in texts(app.run())
    with pytest.raises(type(error)), attempts.telling():
        raise error
    said = texts(app.run())
    assert words in said
    assert "the disk" not in said
    attempts.ask()
    with attempts.telling():
        pass
    assert words not in texts(app.run())


def test_a_file_that_was_made_before_its_click_was_noted_is_not_waited_for() -> None:
    attempts = Attempts()
    with attempts.telling():
        pass
    attempts.ask()
    assert not attempts.is_under_way


@pytest.mark.parametrize(
    ("page", "key"), [("pages/amazon.py", "amazon_items"), ("pages/case_tracker.py", "cases")], ids=["items", "cases"]
)
def test_a_list_offers_both(visit: Open, page: str, key: str) -> None:
    app = visit(page, "manager@example.com")
    labels = {str(button.proto.label) for button in app.get("download_button")}
    assert labels == {"CSV", "Excel"}, key
