"""The date forms that the marketplaces write are read; whatever else looks like a date is refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from loaders.declare.dates import DateForm, FormUnknown, Order, latest_in_name, parse_day, parse_moment
from loaders.declare.issues import Unreadable

PACIFIC_SUMMER = timezone(timedelta(hours=-7))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-06T00:00:00-0700", datetime(2026, 7, 6, tzinfo=PACIFIC_SUMMER)),
        ("2026-05-12T09:59:13+00:00", datetime(2026, 5, 12, 9, 59, 13, tzinfo=UTC)),
        ("2026-05-12T09:59:13.123456Z", datetime(2026, 5, 12, 9, 59, 13, tzinfo=UTC)),
        ("2026-05-12 09:59:13 UTC", datetime(2026, 5, 12, 9, 59, 13, tzinfo=UTC)),
        ("12.05.2026 09:59:13 UTC", datetime(2026, 5, 12, 9, 59, 13, tzinfo=UTC)),
        ("12.05.2026", date(2026, 5, 12)),
        ("05/12/2026", date(2026, 5, 12)),
        ("5/2/2026", date(2026, 5, 2)),
        ("05/12/2026 09:00:00", datetime(2026, 5, 12, 9)),  # noqa: DTZ001 - a local time, as written
        ("2026-05-12", date(2026, 5, 12)),
        ("  2026-05-12 ", date(2026, 5, 12)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_form_that_the_marketplaces_write_is_read(text: str, moment: date | datetime) -> None:
    found = parse_moment(text)
    assert (type(found), found) == (type(moment), moment)


@pytest.mark.parametrize("text", ["13/05/2026", "05.13.2026", "12-05-2026", "05.12.26", "5/12/26", "13/5/26 09:00"])
def test_a_form_that_no_marketplace_writes_is_told_by_the_column(text: str) -> None:
    with pytest.raises(FormUnknown, match="month first or day first"):
        parse_moment(text)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("10/8/26", Order.MONTH_FIRST, date(2026, 10, 8)),
        ("10/8/26", Order.DAY_FIRST, date(2026, 8, 10)),
        ("20/10/2026", Order.DAY_FIRST, date(2026, 10, 20)),
        ("08-10-2026", Order.DAY_FIRST, date(2026, 10, 8)),
        ("8.10.26", Order.DAY_FIRST, date(2026, 10, 8)),
    ],
)
def test_a_form_that_the_column_tells_is_read(text: str, order: Order, day: date) -> None:
    assert parse_day(text, DateForm("/", order)) == day


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "02/30/2026",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "0000-01-01",
        "1899-12-30",
        "1899-12-31T23:59:59Z",
        "12/31/1989",
        "2100-01-02",
        "9999-12-31",
        "2026-05-12T24:00:00Z",
        "2026-05-12T09:60:00Z",
        "2026-05-12T09:00:00+99:99",
        "2026-05-12T09:00:00+23:00",
        "2026-05-12T09:00:00 CET",
    ],
)
def test_a_day_that_is_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "20260512",
        "2026/05/12",
        "12/05-2026",
        "12-May-26",
        "12 May 2026",
        "5/12/6",
        "5/12/026",
        "46154",
        "1778544000",
        "2026-05-12T",
        "2026-05-12 extra",
        "2026-05-12\n2026-05-13",
        "٢٠٢٦-٠٥-١٢",
        "２０２６-０５-１２",
        "१२.०५.२०२६",
    ],
)
def test_any_other_text_is_no_date(text: str) -> None:
    with pytest.raises(Unreadable, match="not a date"):
        parse_moment(text)


def test_the_day_of_a_moment_is_the_day_as_written() -> None:
    assert parse_day("2026-07-06T23:30:00-0700") == date(2026, 7, 6)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ledger_2026-01-01_2026-01-31.tsv", date(2026, 1, 31)),
        ("ledger_20260131.tsv", date(2026, 1, 31)),
        ("recon 2026.01.31 (2).csv", date(2026, 1, 31)),
        ("ledger_2026-01-31_2025-12-31.tsv", date(2026, 1, 31)),
        ("ledger_20261345.tsv", None),
        ("order_1202601319.tsv", None),
        ("ledger_２０２６-01-31.tsv", None),
        ("ledger.tsv", None),
    ],
)
def test_the_latest_date_in_a_files_name_is_found(name: str, day: date | None) -> None:
    assert latest_in_name(name) == day
