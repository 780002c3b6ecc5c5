"""For which days a report is known to be whole, and what waits for the days that are not: `reporting.coverage`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.core.reports import Reports, as_of_date

REIMBURSEMENTS, RETURNS = "amazon_reimbursements", "amazon_customer_returns"
MARKETPLACES = ("AMAZON_US", "AMAZON_CA", "AMAZON_DE")
DAY = "2026-08-01"
NOTHING = ("", 0, Decimal(0))


@pytest.fixture
def acme(connection: Connection) -> Reports:
    """A seller of three marketplaces in two regions, whose units are worth 4.00, of whom no report is whole yet."""
    reports = Reports(connection, "ACME", MARKETPLACES, whole=())
    for currency in ("USD", "CAD", "EUR"):
        reports.costs("4.00", since="2020-01-01", currency=currency)
    reports.lost(1, on="2026-11-01", goods={"sku": "NEWEST", "fnsku": "", "asin": ""})  # data go on until here
    return reports


def coverage(reports: Reports, report: str, as_of: str = DAY) -> Sequence[Any]:
    """The rows of a report: region, days, by what they are known, and what waits beside them."""
    reports.detect()
    as_of_date(reports.connection, as_of)
    query = text(
        "select region, covered_from::text, covered_through::text, known_by, currency, waiting_items, waiting_amount"
        " from reporting.coverage where account = :code and format = :format"
        " order by region, covered_from nulls last, known_by, currency"
    )
    rows = reports.connection.execute(query, {"code": reports.code, "format": report}).all()
    return [(*row[:4], tuple(row[4:])) for row in rows]


class TestSpans:
    """The days that are known."""

    def test_what_is_stated_is_one_span_however_often_it_is_stated(self, acme: Reports) -> None:
        for days in (("2026-01-01", "2026-03-31"), ("2026-03-10", "2026-04-30"), ("2026-06-01", "2026-06-30")):
            acme.covers(RETURNS, *days)
        assert [row[:4] for row in coverage(acme, RETURNS) if row[0] == "EU"] == [
            ("EU", "2026-01-01", "2026-04-30", "stated"),
            ("EU", "2026-06-01", "2026-06-30", "stated"),
        ]

    def test_rows_tell_their_days_and_stand_beside_what_is_stated(self, acme: Reports) -> None:
        acme.returned(on="2026-05-01")
        acme.covers(RETURNS, "2026-01-01", "2026-12-31")
        rows = [row[:4] for row in coverage(acme, RETURNS) if row[0] == "NA"]
        assert {row[3] for row in rows} == {"rows", "stated"}

    def test_the_days_of_one_region_are_not_those_of_another(self, acme: Reports) -> None:
        acme.returned(on="2026-05-01")
        assert {row[0] for row in coverage(acme, RETURNS)} == {"NA"}


class TestWaiting:
    """What waits for the days beside a span."""

    def test_it_stands_with_the_span_after_which_days_lack(self, acme: Reports) -> None:
        acme.covers(REIMBURSEMENTS, "2026-01-01", "2026-07-10")
        acme.lost(2, on="2026-07-15")
        acme.lost(1, on="2026-07-20", goods={"sku": "OTHER", "fnsku": "X2", "asin": ""})
        rows = [row for row in coverage(acme, REIMBURSEMENTS) if row[0] == "NA"]
        assert rows == [("NA", "2026-01-01", "2026-07-10", "stated", ("USD", 2, Decimal("8.00")))]

    def test_what_is_before_the_first_span_stands_with_that_one(self, acme: Reports) -> None:
        acme.covers(REIMBURSEMENTS, "2026-07-01", "2099-12-31")
        acme.lost(2, on="2026-06-20")
        rows = [row for row in coverage(acme, REIMBURSEMENTS) if row[0] == "NA"]
        assert rows == [("NA", "2026-07-01", "2099-12-31", "stated", ("USD", 1, Decimal("8.00")))]

    def test_between_two_spans_it_stands_with_the_first(self, acme: Reports) -> None:
        acme.covers(REIMBURSEMENTS, "2026-01-01", "2026-06-30")
        acme.covers(REIMBURSEMENTS, "2026-07-10", "2099-12-31")
        acme.lost(1, on="2026-06-20")
        rows = [row for row in coverage(acme, REIMBURSEMENTS) if row[0] == "NA"]
        assert [row[4] for row in rows] == [("USD", 1, Decimal("4.00")), NOTHING]

    def test_where_no_day_is_known_it_has_a_row_without_days(self, acme: Reports) -> None:
        acme.lost(3, on="2026-07-15")
        rows = [row for row in coverage(acme, REIMBURSEMENTS) if row[0] == "NA"]
        assert rows == [("NA", None, None, None, ("USD", 1, Decimal("12.00")))]

    def test_where_nothing_is_known_and_nothing_waits_there_is_no_row(self, acme: Reports) -> None:
        assert coverage(acme, RETURNS) == []

    def test_currencies_are_not_added_together(self, acme: Reports) -> None:
        acme.covers(REIMBURSEMENTS, "2026-01-01", "2026-07-10")
        acme.lost(2, on="2026-07-15")
        acme.lost(1, on="2026-07-15", marketplace="AMAZON_CA")
        acme.lost(5, on="2026-07-15", marketplace="AMAZON_DE")
        assert [(row[0], row[4]) for row in coverage(acme, REIMBURSEMENTS)] == [
            ("EU", ("EUR", 1, Decimal("20.00"))),
            ("NA", ("CAD", 1, Decimal("4.00"))),
            ("NA", ("USD", 1, Decimal("8.00"))),
        ]

    def test_what_can_not_be_claimed_any_more_waits_for_nothing(self, acme: Reports) -> None:
        acme.covers(REIMBURSEMENTS, "2026-01-01", "2026-07-10")
        acme.lost(2, on="2026-07-15")
        acme.detect()
        (deadline,) = [item["deadline_on"] for item in acme.items() if item["units"] == 2]
        for as_of, waiting in ((str(deadline), 1), ("2027-12-31", 0)):
            (row,) = [row for row in coverage(acme, REIMBURSEMENTS, as_of) if row[0] == "NA"]
            assert row[4][1] == waiting

    def test_a_unit_without_a_value_waits_without_an_amount(self, acme: Reports) -> None:
        acme.covers(REIMBURSEMENTS, "2026-01-01", "2026-07-10")
        acme.lost(2, on="2026-07-15", goods={"sku": "UNKNOWN", "fnsku": "X9", "asin": ""})
        (row,) = [row for row in coverage(acme, REIMBURSEMENTS) if row[0] == "NA"]
        assert row[4] == ("USD", 1, Decimal(0))

    def test_settlements_are_whole_by_currency(self, connection: Connection) -> None:
        reports = Reports(connection, "ACME", ("AMAZON_US", "AMAZON_CA", "WALMART_US"), whole=())
        reports.reconciled("WFS LostInventory", "16.00", on="2026-07-10", quantity=2)
        reports.settled("WAREHOUSE_LOST", "5.00", on="2026-07-01", period=("2026-06-20", "2026-07-04"))
        assert [row[1:4] for row in coverage(reports, "amazon_settlement_v2")] == [("2026-06-20", "2026-07-04", "rows")]
        assert coverage(reports, "amazon_settlement_v2")[0][4] == ("USD", 0, Decimal(0))


def test_each_item_that_waits_is_counted_once_for_each_report(acme: Reports) -> None:
    acme.covers(REIMBURSEMENTS, "2026-01-01", "2026-06-30")
    acme.covers(REIMBURSEMENTS, "2026-07-10", "2026-07-20")
    for number in range(6):
        acme.lost(1, on=f"2026-07-{number + 1:02}", goods={"sku": f"S-{number}", "fnsku": f"X{number}", "asin": ""})
    told = coverage(acme, REIMBURSEMENTS)
    in_review = [item for item in acme.items(DAY) if item["review_code"] == "payments_not_covered"]
    assert sum(row[4][1] for row in told) == len(in_review) > 5
