"""The settlements of both channels as one: what was charged and refunded, and where a report has a hole."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, text

from core.database.rollups.totals import refresh_derived_rows
from tests.core.detect.ordering import ORDER, WALMART_ORDER, OrderReports
from tests.core.reports import LAMP, MUG


@pytest.fixture
def acme(connection: Connection) -> OrderReports:
    return OrderReports(connection)


def rows(acme: OrderReports, view: str) -> list[RowMapping]:
    """The account's rows of an internal view."""
    query = text(f"select * from derived.{view} where account_id = :id order by 1, 2")
    return list(acme.connection.execute(query, {"id": acme.account_id}).mappings())


def gaps(acme: OrderReports, report: str, region: str = "NA") -> list[tuple[str | None, str | None]]:
    """The days for which a report of Amazon is not known to be whole; None: as far as one looks."""
    refresh_derived_rows(acme.connection, [acme.account_id])
    query = text(
        "select nullif(hole_from, '-infinity')::text as first, nullif(hole_through, 'infinity')::text as last"
        " from derived.hole where account_id = :id and channel = 'amazon' and report = :report and region = :region"
        " and currency in ('', 'USD') order by hole_from"
    )
    found = acme.connection.execute(query, {"id": acme.account_id, "report": report, "region": region})
    return [(row.first, row.last) for row in found]


def amounts(row: RowMapping, *names: str) -> list[Any]:
    """Some columns of a row."""
    return [row[name] for name in names]


def test_a_sale_is_one_row_for_its_order_line(acme: OrderReports) -> None:
    acme.sold(on="2026-03-01", units=2, price="40.00", commission="6.00", fee="8.00", discount="5.00")
    (line,) = rows(acme, "sale_line")
    assert amounts(line, "order_id", "sku", "units", "marketplace") == [ORDER, MUG["sku"], 2, "AMAZON_US"]
    assert amounts(line, "principal", "tax", "promotion", "commission", "fulfilment_fee") == [
        Decimal(text) for text in ("40.00", "1.60", "5.00", "6.00", "8.00")
    ]
    assert len(line["row_ids"]) == 5


def test_what_is_sent_in_two_parcels_is_one_line(acme: OrderReports) -> None:
    acme.sold(on="2026-03-01")
    acme.sold(on="2026-03-03")
    (line,) = rows(acme, "sale_line")
    assert amounts(line, "units", "principal", "charged_on") == [2, Decimal("40.00"), line["charged_on"]]
    assert str(line["charged_on"]) == "2026-03-01"


def test_an_order_that_charges_nothing_for_goods_is_none(acme: OrderReports) -> None:
    acme.sold(on="2026-03-01", price="0.00")
    acme.sold("S01-1111111-0000001", on="2026-03-01")
    assert rows(acme, "sale_line") == []


def test_the_older_settlement_counts_only_where_the_newer_one_does_not_tell_the_same(acme: OrderReports) -> None:
    acme.sold("111-1", on="2026-03-01")
    for document, order in (("1", "111-1"), ("0", "111-2")):
        acme.settled_before(order, on="2026-03-01", document=document)
    old, new = sorted(rows(acme, "sale_line"), key=lambda line: str(line["order_id"]), reverse=True)
    assert amounts(new, "order_id", "principal") == ["111-1", Decimal("20.00")]
    assert amounts(old, "order_id", "units", "principal", "commission", "fulfilment_fee", "promotion") == [
        "111-2", 1, Decimal("24.99"), Decimal("3.75"), Decimal("5.40"), Decimal("3.99"),
    ]  # fmt: skip
    assert len(old["row_ids"]) == 2


def test_a_refund_is_one_row_for_its_day(acme: OrderReports) -> None:
    acme.refunded(on="2026-04-01", principal="12.00", units=1)
    acme.refunded(on="2026-04-01", principal="8.00", units=1, discount="1.00")
    acme.refunded(on="2026-04-02", principal="5.00")
    acme.refunded(on="2026-04-02", principal="6.00", name="Chargeback Refund")
    found = {(str(row["refunded_on"]), row["kind"]): row for row in rows(acme, "refund")}
    first = found["2026-04-01", "return"]
    assert amounts(first, "units", "principal", "tax", "commission_back", "item_promotion") == [
        2, Decimal("20.00"), Decimal("3.20"), Decimal("4.80"), Decimal("1.00"),
    ]  # fmt: skip
    assert amounts(found["2026-04-02", "return"], "units", "principal") == [None, Decimal("5.00")]
    assert found["2026-04-02", "guarantee"]["principal"] == Decimal("6.00")


def test_walmarts_lines_are_told_the_same_way(acme: OrderReports) -> None:
    acme.sold_on_walmart(on="2026-03-01")
    acme.refunded_on_walmart(on="2026-04-01", reason="Lost in transit")
    (sale,), (refund,) = rows(acme, "sale_line"), rows(acme, "refund")
    assert amounts(sale, "channel", "order_id", "order_key", "gtin", "principal", "commission") == [
        "walmart", WALMART_ORDER, WALMART_ORDER, LAMP["gtin"], Decimal("20.00"), Decimal("3.00"),
    ]  # fmt: skip
    assert amounts(refund, "order_key", "kind", "principal", "reason") == [
        WALMART_ORDER, "return", Decimal("20.00"), "Lost in transit",
    ]  # fmt: skip


class TestHoles:
    """Told from the rows' days, whatever files they came in."""

    def test_days_further_apart_than_ten_times_the_usual_are_a_hole(self, acme: OrderReports) -> None:
        acme.returns_go_on("2026-01-01", "2026-03-02")
        acme.returns_go_on("2026-07-01", "2026-08-30")
        assert gaps(acme, "returns") == [(None, "2025-09-22"), ("2026-03-03", "2026-06-30"), ("2026-08-31", None)]

    def test_a_few_rows_tell_no_rhythm(self, acme: OrderReports) -> None:
        for day in ("2026-01-01", "2026-01-02", "2026-04-30"):
            acme.came_back(on=day)
        assert len(gaps(acme, "returns")) == 2

    def test_a_report_without_rows_is_one_hole(self, acme: OrderReports) -> None:
        assert gaps(acme, "replacements") == [(None, None)]

    def test_what_is_stated_to_be_whole_has_no_gap_there(self, acme: OrderReports) -> None:
        acme.covers("amazon_customer_returns", "2026-01-01", "2026-03-31")
        acme.covers("amazon_customer_returns", "2026-04-01", "2026-04-30")
        assert gaps(acme, "returns") == [(None, "2025-12-31"), ("2026-05-01", None)]

    def test_after_the_last_row_a_statement_goes_before_the_rhythm(self, acme: OrderReports) -> None:
        acme.returns_go_on("2026-01-01", "2026-03-02")
        acme.lost(1, on="2026-05-03")
        assert gaps(acme, "returns")[-1] > ("2026-03-10", None)
        acme.covers("amazon_customer_returns", "2026-01-01", "2026-03-05")
        assert gaps(acme, "returns")[-1] == ("2026-03-06", None)

    def test_a_region_says_nothing_of_another(self, connection: Connection) -> None:
        acme = OrderReports(connection, "BOTH", marketplaces=("AMAZON_US", "AMAZON_DE"))
        acme.returns_go_on("2026-01-01", "2026-03-02")
        assert gaps(acme, "returns", "EU") == [(None, None)]
        assert len(gaps(acme, "returns", "NA")) == 2

    def test_settlements_are_whole_in_the_periods_that_they_state(self, acme: OrderReports) -> None:
        acme.sold(on="2026-02-03")
        acme.connection.execute(
            text("update settlement_line set period_start = '2026-02-01', period_end = '2026-02-14'")
        )
        assert gaps(acme, "settlements") == [(None, "2026-01-31"), ("2026-02-15", None)]

    def test_the_newest_day_of_any_report(self, acme: OrderReports) -> None:
        acme.came_back(on="2026-05-01")
        acme.lost(1, on="2026-05-03")
        acme.adjusted(-1, "", on="2026-05-09", event_type="Shipments")
        acme.sold_on_walmart(on="2026-06-01")
        acme.detect()
        newest = {row["channel"]: str(row["newest_on"]) for row in rows(acme, "data_through")}
        assert newest == {"amazon": "2026-05-03", "walmart": "2026-06-01"}
