"""Rows are taken once, newer exports win whatever the order, and an attempt leaves a record and nothing half done."""

import itertools
from datetime import date
from typing import Any

import pytest
from sqlalchemy import create_engine

from loaders.read.archives import Report
from loaders.store.attempt import Options
from loaders.store.sync import sync_file
from tests.loaders.conftest import Desk
from tests.loaders.reports import CASE, LEDGER, REIMBURSEMENT, cases, costs, ledger, recon, reimbursements

LOST = {"Reference ID": "1"}
LOST_LATER = {"Reference ID": "2", "Date": "05/20/2026"}


def reconciled(desk: Desk) -> list[Any]:
    return desk.column("select reconciled from inventory_event where account_id = :account_id order by reconciled")


def counted(result: Any) -> tuple[int, int, int, int]:
    return result.rows, result.new, result.changed, result.unchanged


def test_the_same_bytes_are_taken_once(desk: Desk) -> None:
    first = desk.take("ledger.tsv", ledger(LOST, LOST_LATER))
    again = desk.take("copy of ledger.tsv", ledger(LOST, LOST_LATER))
    assert (first.status, counted(first)) == ("taken", (2, 2, 0, 0))
    assert (again.status, counted(again)) == ("already_taken", (2, 0, 0, 2))
    assert desk.counts() == {"inventory_event": 2}


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(ledger(LOST_LATER, LOST), id="shuffled"),
        pytest.param(ledger(LOST, LOST_LATER).replace("\n", "\r\n"), id="CRLF"),
        pytest.param(ledger(LOST, LOST_LATER).encode("utf-16"), id="another encoding"),
        pytest.param(ledger(LOST, LOST_LATER, columns=sorted(LEDGER)), id="columns in another order"),
        pytest.param(ledger(LOST, LOST_LATER, columns=list(LEDGER)[:12]), id="an older layout"),
        pytest.param(ledger(LOST, LOST_LATER).replace("Desk lamp", "Lamp, new title"), id="a retitled product"),
        pytest.param(ledger(LOST, LOST_LATER).replace("Event Type", "EventType"), id="an unspaced header"),
        pytest.param(
            ledger(LOST, LOST_LATER).replace("05/13/2026", "2026-05-13").replace("05/20/2026", "2026-05-20"),
            id="another form of dates",
        ),
    ],
)
def test_the_same_rows_in_other_bytes_are_taken_once(desk: Desk, same: str | bytes) -> None:
    desk.take("ledger.tsv", ledger(LOST, LOST_LATER))
    before = desk.everything()
    again = desk.take("ledger.tsv", same)
    assert (again.status, counted(again)) == ("taken", (2, 0, 0, 2))
    assert without_source_lines(desk.everything()) == without_source_lines(before)


def without_source_lines(tables: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.items() if name != "source_line"}
        for rows in tables.values()
        for row in rows
    ]


def test_of_overlapping_files_each_row_is_taken_once(desk: Desk) -> None:
    last = {"Reference ID": "3", "Date": "05/30/2026"}
    desk.take("first.tsv", ledger(LOST, LOST_LATER))
    second = desk.take("second.tsv", ledger(LOST_LATER, last))
    assert counted(second) == (2, 1, 0, 1)
    assert desk.counts() == {"inventory_event": 3}


def test_equal_rows_of_a_day_are_kept_apart_and_counted_by_the_fullest_file(desk: Desk) -> None:
    desk.take("two.tsv", ledger(LOST, LOST))
    assert counted(desk.take("three.tsv", ledger(LOST, LOST, LOST))) == (3, 1, 0, 2)
    assert counted(desk.take("one.tsv", ledger(LOST, LOST_LATER))) == (2, 1, 0, 1)
    assert desk.counts() == {"inventory_event": 4}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newer_export_wins_whatever_the_order(desk: Desk, order: tuple[int, ...]) -> None:
    exports = [
        ("ledger_2026-06-01.tsv", ledger({**LOST, "Reconciled Quantity": "9"}), None),
        ("ledger_2026-06-30.tsv", ledger({**LOST, "Reconciled Quantity": "4"}), None),
        ("ledger.tsv", ledger({**LOST, "Reconciled Quantity": "7"}), date(2026, 6, 15)),
    ]
    for index in order:
        name, content, exported_on = exports[index]
        desk.take(name, content, exported_on=exported_on)
    assert reconciled(desk) == [4]


@pytest.mark.parametrize("style", ["German", "SQL, DMY"])
def test_a_row_has_the_same_name_however_a_server_writes_dates_and_moments(desk: Desk, style: str) -> None:
    names = "select row_id from inventory_event where account_id = :account_id union all"
    names += " select row_id from reimbursement where account_id = :account_id order by 1"
    files = [desk.file("ledger.tsv", ledger(LOST)), desk.file("paid.tsv", reimbursements(REIMBURSEMENT))]
    elsewhere = create_engine(
        desk.engine.url, connect_args={"options": f"-c datestyle={style.replace(' ', '')} -c timezone=Asia/Tokyo"}
    )
    assert [sync_file(elsewhere, desk.account, Report(path, path.name), Options()).new for path in files] == [1, 1]
    elsewhere.dispose()
    before = desk.column(names)
    same = [desk.take(f"same_{path.name}", path.read_text(encoding="utf-8") + "\n") for path in files]
    assert ([result.new for result in same], desk.column(names)) == ([0, 0], before)


def test_without_a_date_the_last_row_tells_which_export_is_newer(desk: Desk) -> None:
    desk.take("newer.tsv", ledger({**LOST, "Reconciled Quantity": "1"}, LOST_LATER))
    desk.take("older.tsv", ledger({**LOST, "Reconciled Quantity": "5"}))
    assert reconciled(desk) == [1, None]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_at_a_tie_the_more_reconciled_wins(desk: Desk, order: tuple[int, ...]) -> None:
    exports = [ledger({**LOST, "Reconciled Quantity": "3"}), ledger({**LOST, "Reconciled Quantity": "12"})]
    for index in order:
        desk.take(f"{index}.tsv", exports[index])
    assert reconciled(desk) == [12]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_copy_under_a_name_without_a_date_makes_an_export_no_older(desk: Desk, order: tuple[int, ...]) -> None:
    newest = ledger({**LOST, "Reconciled Quantity": "4"})
    exports = [
        ("ledger_2026-06-30.tsv", newest),
        ("ledger_2026-06-01.tsv", ledger({**LOST, "Reconciled Quantity": "9"})),
        ("copy.tsv", newest),
    ]
    for index in order:
        desk.take(*exports[index])
    assert reconciled(desk) == [4]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_rows_of_one_key_keep_their_amounts_whatever_a_files_layout(desk: Desk, order: tuple[int, ...]) -> None:
    """One reimbursement may have several lines for the same goods: they are told apart by what they say."""
    paid = ({"case-id": "1", "amount-total": "9.00"}, {"case-id": "2", "amount-total": "10.00"})
    layouts = [reimbursements(*paid), reimbursements(*paid, columns=["amount-total", *REIMBURSEMENT][:-1])]
    for index in order:
        desk.take(f"{index}.tsv", layouts[index])
    amounts = desk.column("select amount::text from reimbursement where account_id = :account_id")
    assert sorted(amounts) == ["10.00", "9.00"]


FIRST = recon("30.00", {"Amount": "10.00"}, {"Amount": "20.00", "Partner Item Id": "LAMP-1"})
CORRECTED = recon("12.50", {"Amount": "12.50"})
CUT_OFF = recon("30.00", {"Amount": "10.00"}, {"Amount": "20.00"}).rsplit("\n", 2)[0] + "\n"


def settled(desk: Desk) -> list[str]:
    return desk.column("select amount::text from settlement_line where account_id = :account_id order by amount")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_corrected_report_of_a_period_replaces_it_whole_whatever_the_order(
    desk: Desk, order: tuple[int, ...]
) -> None:
    reports = [("recon_2026-08-02.csv", FIRST), ("recon_2026-08-09.csv", CORRECTED)]
    for index in order:
        desk.take(*reports[index])
    assert settled(desk) == ["12.50"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_report_that_was_cut_off_replaces_nothing(desk: Desk, order: tuple[int, ...]) -> None:
    reports = [("recon_2026-08-02.csv", FIRST), ("recon_2026-08-09.csv", CUT_OFF)]
    results = {index: desk.take(*reports[index]) for index in order}
    assert settled(desk) == ["10.00", "20.00"]
    assert "Its rows add up to 10.00, it states 30.00." in results[1].message


def test_a_reconciliation_without_its_period_is_refused(desk: Desk) -> None:
    headless = recon("30.00", {"Amount": "10.00"}).splitlines(keepends=True)
    result = desk.take("recon.csv", headless[0] + headless[2])
    assert (result.status, desk.counts()) == ("refused", {})
    assert "does not name its period" in result.message


def test_of_case_and_cost_files_the_later_taken_wins(desk: Desk) -> None:
    for decision, cost in (("approved", "7.00"), ("denied", "6.00"), ("approved", "7.00")):
        desk.take("cases_2026-01-01.csv", cases({"decision": decision}))
        desk.take("costs_2026-01-01.csv", costs({"unit_cost": cost}))
        assert desk.column("select decision from case_entry where account_id = :account_id") == [decision]
        assert desk.column("select unit_cost::text from sourcing_cost where account_id = :account_id") == [cost]


def test_the_same_case_file_again_changes_nothing(desk: Desk) -> None:
    desk.take("cases.csv", cases(CASE))
    assert counted(desk.take("cases.csv", cases(CASE))) == (1, 0, 0, 1)


def test_a_refused_file_is_recorded_with_its_message(desk: Desk, other: Desk) -> None:
    desk.take("weather.csv", "day,weather\n")
    runs = "select file, status, rows from reporting.sync_runs where account = :code"
    assert desk.rows(runs, code=desk.account.code) == [{"file": "weather.csv", "status": "refused", "rows": 0}]
    assert desk.rows(runs, code=other.account.code) == []
    assert "is of no known format" in desk.column("select message from sync_run where account_id = :account_id")[0]


def test_refused_rows_are_recorded_with_file_line_column_value_and_reason(desk: Desk) -> None:
    desk.take("ledger.tsv", ledger(LOST, {"Quantity": "many"}))
    assert desk.rows("select * from reporting.row_issues where account = :code", code=desk.account.code) == [
        {
            "account": desk.account.code,
            "format": "amazon_ledger_detail",
            "file": "ledger.tsv",
            "line": 3,
            "column_name": "Quantity",
            "value": "many",
            "reason": "Quantity is not a whole number.",
        }
    ]


def test_of_many_refused_rows_the_first_thousand_are_kept_and_all_are_counted(desk: Desk) -> None:
    result = desk.take("ledger.tsv", ledger(*[{"Quantity": "many"}] * 1_200))
    assert result.refused == 1_200
    assert desk.column("select count(*) from row_issue where account_id = :account_id") == [1_000]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(desk: Desk) -> None:
    result = desk.take("ledger.tsv", ledger(LOST, {"Quantity": "many"}), dry_run=True)
    assert (result.status, counted(result), result.refused) == ("taken", (2, 1, 0, 0), 1)
    assert desk.take("weather.csv", "day,weather\n", dry_run=True).status == "refused"
    assert desk.counts() == {}
    assert desk.column("select count(*) from sync_run where account_id = :account_id") == [0]
    assert desk.column("select count(*) from source_file where account_id = :account_id") == [0]


def test_what_one_account_takes_another_does_not_have(desk: Desk, other: Desk) -> None:
    desk.take("ledger.tsv", ledger(LOST))
    assert other.counts() == {}
    assert other.take("ledger.tsv", ledger(LOST)).status == "taken"
    assert (desk.counts(), other.counts()) == ({"inventory_event": 1}, {"inventory_event": 1})


def test_a_file_that_is_written_to_while_it_is_read_is_refused(desk: Desk) -> None:
    """Else rows would be stored under the hash of a file that does not hold them."""
    path = desk.file("ledger.tsv", ledger(LOST))

    def download_goes_on(rows: int) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(ledger(LOST_LATER).partition("\n")[2])

    result = sync_file(desk.engine, desk.account, Report(path, path.name), Options(), download_goes_on)
    assert (result.status, desk.counts()) == ("refused", {})
    assert "was changed while it was read" in result.message
    assert desk.sync(path).new == 2
