"""`sync --covers`: for which days a user states that reports are whole, and of which region."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from core.vocabulary import MARKETPLACES
from loaders.read.archives import Report
from loaders.store.attempt import Days, FileResult, Options
from loaders.store.coverage import days_of
from loaders.store.sync import sync_file
from tests.loaders.conftest import AddDesk, Desk
from tests.loaders.reports import costs, ledger, reimbursements

JUNE = Days(date(2026, 6, 1), date(2026, 6, 30))


def taken(desk: Desk, content: str, *, marketplace: str = "", dry_run: bool = False, name: str = "a.tsv") -> FileResult:
    """A file that was taken in with the statement that it is whole for June."""
    place = MARKETPLACES[marketplace] if marketplace else None
    path = desk.file(name, content)
    return sync_file(desk.engine, desk.account, Report(path, name), Options(place, dry_run=dry_run, covers=JUNE))


def stated(desk: Desk) -> Sequence[Any]:
    query = text("select format, region, covered_from, covered_through from stated_coverage where account_id = :id")
    with desk.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query, {"id": desk.account.account_id})]


def test_it_is_noted_for_the_region_of_the_rows(add_desk: AddDesk) -> None:
    desk = add_desk(["AMAZON_US", "AMAZON_DE"])
    assert taken(desk, ledger({"Country": "DE"})).status == "taken"
    assert stated(desk) == [("amazon_ledger_detail", "EU", *vars(JUNE).values())]


def test_a_marketplace_that_is_named_says_which_region(add_desk: AddDesk) -> None:
    desk = add_desk(["AMAZON_US", "AMAZON_DE"])
    taken(desk, reimbursements({}), marketplace="AMAZON_DE")
    assert [row[:2] for row in stated(desk)] == [("amazon_reimbursements", "EU")]


def test_the_same_file_again_may_state_other_days_and_the_same_days_are_noted_once(desk: Desk) -> None:
    file = desk.file("a.tsv", ledger({}))
    july = Days(date(2026, 7, 1), date(2026, 7, 31))
    results = [
        sync_file(desk.engine, desk.account, Report(file, file.name), Options(covers=days))
        for days in (JUNE, JUNE, july)
    ]
    assert [result.status for result in results] == ["taken", "already_taken", "already_taken"]
    assert [row[2] for row in stated(desk)] == [JUNE.first, july.first]


def test_where_no_region_can_be_told_the_file_is_refused_whole(add_desk: AddDesk) -> None:
    desk = add_desk(["AMAZON_US", "AMAZON_DE"])
    result = taken(desk, ledger({"Country": ""}))
    assert result.status == "refused"
    assert "choose its marketplace (--marketplace)" in result.message
    assert stated(desk) == []


def test_what_no_rule_reads_the_silence_of_notes_nothing(desk: Desk) -> None:
    assert taken(desk, costs({}), name="costs.csv").status == "taken"
    assert stated(desk) == []


def test_a_dry_run_notes_nothing_and_tells_the_days_also_of_what_was_taken_before(desk: Desk) -> None:
    found = taken(desk, ledger({}), dry_run=True)
    assert (found.status, found.days_as_json()) == ("taken", {"data_from": "2026-05-13", "data_through": "2026-05-13"})
    assert stated(desk) == []
    taken(desk, ledger({}))
    again = taken(desk, ledger({}), dry_run=True)
    assert (again.status, again.days_as_json()) == ("already_taken", found.days_as_json())


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("June", "first and the last day"),
        ("2026-06-01", "first and the last day"),
        ("2026-06-31..2026-07-01", "no calendar"),
        ("2026-07-01..2026-06-01", "is after"),
        ("2026-07-01..2999-06-01", "has not ended"),
    ],
)
def test_days_that_are_none_are_refused_with_a_sentence(words: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        days_of(words)
