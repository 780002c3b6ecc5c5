"""What is over somewhere is listed: what it is, of which goods, how many units, and how many of them are in Review."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.core.detect.ordering import ORDER, OrderReports
from tests.core.detect.shipping import FBA, ShippingReports
from tests.core.reports import MUG, Reports

PAN = {"sku": "PAN-1", "fnsku": "X0PAN00001", "asin": "B0PAN00001"}
CAME = "2026-06-10"


def surpluses(reports: Reports, *columns: str) -> Sequence[Any]:
    """Columns of the rows of `reporting.surpluses` after a detection."""
    reports.detect()
    query = text("select * from reporting.surpluses where account = :code order by happened_on, sku")
    rows = reports.connection.execute(query, {"code": reports.code}).mappings()
    return [tuple(row[column] for column in columns) for row in rows]


class TestKinds:
    """What is over, by kind."""

    def test_units_found_beyond_those_lost(self, connection: Connection) -> None:
        acme = Reports(connection)
        acme.lost(1, on="2026-05-01")
        acme.adjusted(3, "F", on="2026-05-04")
        assert surpluses(acme, "kind", "units", "sku", "fnsku", "marketplace", "amount") == [
            ("finds", 2, MUG["sku"], MUG["fnsku"], "AMAZON_US", None)
        ]

    def test_units_received_beyond_those_sent(self, connection: Connection) -> None:
        acme = ShippingReports(connection)
        acme.shipment("CLOSED")
        acme.sent(10, 12)
        acme.delivered(on="2026-05-01")
        assert surpluses(acme, "kind", "units", "shipment_id", "sku") == [("receipts", 2, FBA, MUG["sku"])]

    def test_units_that_an_open_case_claims_and_does_not_cover(self, connection: Connection) -> None:
        acme = Reports(connection)
        acme.lost(1, on="2026-05-01")
        acme.filed("77", on="2026-05-20", units=3)
        assert surpluses(acme, "kind", "units", "case_id") == [("cases", 2, "77")]

    def test_a_payment_for_no_event_keeps_its_amount_and_says_how_many_units_wait(self, connection: Connection) -> None:
        acme = Reports(connection)
        acme.costs("5.00", since="2026-01-01")
        acme.reimbursed(1, "8.40", on="2026-05-05")
        acme.lost(2, on="2026-05-08")
        assert surpluses(acme, "kind", "units", "units_matched", "amount", "currency") == [
            ("payments", 1, 1, Decimal("8.40"), "USD")
        ]
        (waiting,) = [item for item in acme.items("2026-06-01") if item["units"] == 2]
        assert (waiting["units_review"], waiting["review_code"]) == (1, "may_be_paid")

    def test_what_an_amount_reaches_does_not_make_it_less(self, connection: Connection) -> None:
        acme = OrderReports(connection)
        acme.sold(on="2026-03-01")
        acme.refunded(on="2026-03-10", principal="22.00")
        acme.reimbursed(0, "9.00", on="2026-03-05", reason="Something_New", goods=MUG, order=ORDER)
        assert surpluses(acme, "amount") == [(Decimal("9.00"),)]


class TestReturns:
    """Goods that came back under an order with nothing due for them."""

    @pytest.fixture
    def acme(self, connection: Connection) -> OrderReports:
        """The settlements and the replacements of the year are there."""
        reports = OrderReports(
            connection,
            whole=("amazon_reimbursements", "amazon_settlement_v2", "amazon_replacements", "amazon_customer_returns"),
        )
        reports.sold(on="2026-05-01")
        return reports

    def test_without_a_refund_it_is_over_and_puts_nothing_into_review(self, acme: OrderReports) -> None:
        acme.came_back(on=CAME, units=2)
        acme.lost(1, on=CAME)
        assert surpluses(acme, "kind", "units", "units_matched", "order_id", "sku", "marketplace") == [
            ("returns", 2, 0, ORDER, MUG["sku"], "AMAZON_US")
        ]
        assert [item["units_review"] for item in acme.items("2026-07-01")] == [0]

    def test_what_a_refund_is_for_is_not_over(self, acme: OrderReports) -> None:
        acme.refunded(on="2026-06-01")
        acme.came_back(on=CAME)
        assert surpluses(acme, "kind") == []

    def test_only_what_came_beyond_the_refunded_units_is(self, acme: OrderReports) -> None:
        acme.refunded(on="2026-06-01")
        acme.came_back(on="2026-06-05")
        acme.came_back(on=CAME, units=2)
        assert surpluses(acme, "kind", "units") == [("returns", 2)]

    def test_other_goods_of_the_order_are(self, acme: OrderReports) -> None:
        acme.refunded(on="2026-06-01")
        acme.came_back(on=CAME, goods=PAN)
        assert surpluses(acme, "kind", "sku") == [("returns", PAN["sku"])]

    def test_a_refund_of_a_part_or_one_that_was_taken_back_explains_it(self, acme: OrderReports) -> None:
        acme.refunded(on="2026-06-01", principal="4.00")
        acme.came_back(on=CAME)
        assert surpluses(acme, "kind") == []

    def test_a_replacement_explains_it(self, acme: OrderReports) -> None:
        acme.replaced(on="2026-06-01")
        acme.came_back(on=CAME)
        assert surpluses(acme, "kind") == []

    def test_damaged_goods_are_an_item_of_their_own(self, acme: OrderReports) -> None:
        acme.came_back(on=CAME, disposition="CARRIER_DAMAGED")
        assert surpluses(acme, "kind") == []
        assert [item["category"] for item in acme.items()] == ["return_carrier_damaged"]

    @pytest.mark.parametrize(
        ("first", "last"), [("2026-03-01", "2026-12-31"), ("2026-01-01", "2026-07-20")], ids=["before", "after"]
    )
    @pytest.mark.parametrize("report", ["amazon_settlement_v2", "amazon_replacements"])
    def test_nothing_is_over_where_the_refund_may_be_unseen(
        self, connection: Connection, report: str, first: str, last: str
    ) -> None:
        acme = OrderReports(connection, whole=("amazon_reimbursements",))
        for each in ("amazon_settlement_v2", "amazon_replacements"):
            days = (first, last) if each == report else ("2000-01-01", "2099-12-31")
            acme.covers(each, *days)
        acme.came_back(on=CAME)
        assert surpluses(acme, "kind") == []

    def test_of_an_unknown_marketplace_every_settlement_has_to_be_there(self, connection: Connection) -> None:
        whole = ("amazon_reimbursements", "amazon_replacements")
        acme = OrderReports(connection, marketplaces=("AMAZON_US", "AMAZON_DE"), whole=whole)
        acme.came_back(on=CAME, marketplace="AMAZON_UNASSIGNED")
        assert surpluses(acme, "kind") == []
        acme.covers("amazon_settlement_v2")
        assert surpluses(acme, "kind", "marketplace") == [("returns", "AMAZON_UNASSIGNED")]
