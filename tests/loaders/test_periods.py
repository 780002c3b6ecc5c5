"""From when to when the data of each report go: of a document its period, of any other its rows' days."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.database.access import people
from loaders.__main__ import main
from loaders.formats import FORMATS
from tests.conftest import Database
from tests.loaders.conftest import Desk
from tests.loaders.reports import recon
from tests.loaders.test_samples import FILES, SAMPLES, expected_of, name_of

UNDATED = {
    "amazon_fee_preview",  # of the day of its export, which it does not name
    "amazon_referral_fee_preview",
    "amazon_inbound_shipments",  # the day by which it is needed is no day of the data
    "amazon_inbound_items",
    "walmart_inbound_items",
}
DOCUMENTS = {report.code for report in FORMATS if report.document}
SPAN = "select data_from::text, data_through::text from reporting.sync_runs where account = :code"

Status = Callable[..., list[dict[str, object]]]


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name not in DOCUMENTS], ids=name_of)
def test_a_reports_data_go_from_its_first_day_to_its_last(desk: Desk, path: Path) -> None:
    report = next(report for report in FORMATS if report.code == path.parent.name)
    expected = expected_of(path)
    desk.sync(path, **expected.get("options", {}))
    days = [row[report.dated_by] for row in expected["rows"]] if report.dated_by else []
    span = {"data_from": min(days, default=None), "data_through": max(days, default=None)}
    assert desk.rows(SPAN, code=desk.account.code) == [span]
    assert bool(days) == (report.code not in UNDATED)


@pytest.mark.parametrize(
    ("path", "period"),
    [
        ("amazon_settlement_v2/us.txt", ("2026-07-02", "2026-07-16")),
        ("amazon_settlement_v1/us_36_columns.txt", ("2024-03-01", "2024-03-15")),
        ("walmart_reconciliation/adds_up.csv", ("2026-07-18", "2026-08-01")),
        ("walmart_reconciliation/adds_up_as_json.json", ("2026-07-18", "2026-08-01")),
    ],
)
def test_a_settlements_data_go_from_the_first_day_of_its_period_to_the_last(
    desk: Desk, path: str, period: tuple[str, str]
) -> None:
    desk.sync(SAMPLES / path)
    assert [tuple(row.values()) for row in desk.rows(SPAN, code=desk.account.code)] == [period]


@pytest.fixture
def status(database: Database, tmp_path: Path) -> Status:
    """Takes files in by the command, and says what `status` then says."""
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine", ["AMAZON_US", "WALMART_US"])

    def take(**files: str) -> list[dict[str, object]]:
        for name, content in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(content, encoding="utf-8")
            done = CliRunner().invoke(main, ["sync", str(path), "--account", "ALPINE"])
            assert done.exit_code == 0, done.stderr
        reports: list[dict[str, object]] = json.loads(CliRunner().invoke(main, ["status", "--json"]).stdout)["reports"]
        return reports

    return take


def period(start: date, end: date) -> str:
    """A reconciliation report with one row, in the middle of its period."""
    content = recon("10.00", {"Transaction Posted Timestamp": f"{start + (end - start) / 2:%m/%d/%Y}"})
    return content.replace("07/18/2026", f"{start:%m/%d/%Y}").replace("08/01/2026", f"{end:%m/%d/%Y}", 1)


def test_a_settlement_that_is_missing_is_a_hole_and_days_without_rows_are_none(status: Status) -> None:
    week = timedelta(days=7)
    starts = [date(2026, 7, 4) + week * number for number in (0, 1, 3)]
    [report] = status(**{f"week_{number}": period(day, day + week) for number, day in enumerate(starts)})
    assert (report["data_from"], report["data_through"]) == ("2026-07-04", "2026-08-01")
    assert report["holes"] == ["2026-07-19 to 2026-07-24"]


def test_a_page_of_nothing_makes_no_report_look_fresh(status: Status) -> None:
    [report] = status(page='{"payload": []}')
    assert (report["format"], report["last_synced_at"]) == (None, None)
