"""More refunded than was charged for the goods: the difference, once an order line."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.core.detect.ordering import ORDER, OrderReports
from tests.core.reports import stages

SOLD, REFUNDED, OPEN = "2026-03-01", "2026-04-01", "2026-06-05"


@pytest.fixture
def acme(connection: Connection) -> OrderReports:
    reports = OrderReports(connection)
    reports.returns_go_on("2026-01-05", "2026-09-30")
    reports.sales_go_on("2026-01-05", "2026-04-10")
    reports.came_back(on="2026-04-05", units=9)
    return reports


def test_the_difference_is_owed_and_not_the_unit(acme: OrderReports) -> None:
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED, principal="26.50")
    (item,) = acme.of("refunded_more", OPEN)
    assert (stages(item), item["unclaimed"], item["currency"]) == ({"ready": 1}, Decimal("6.50"), "USD")
    assert (str(item["event_on"]), item["order_id"], item["value_basis"]) == (REFUNDED, ORDER, "difference")
    assert acme.everything() == [("refunded_more", 1)]


def test_several_refunds_add_up_to_one_item_from_the_first_that_was_too_much(acme: OrderReports) -> None:
    acme.sold(on=SOLD, units=2, price="40.00")
    acme.refunded(on=REFUNDED, principal="20.00")
    acme.refunded(on="2026-04-05", principal="25.00")
    acme.refunded(on="2026-04-09", principal="3.00")
    (item,) = acme.of("refunded_more", OPEN)
    assert (item["units"], item["unclaimed"], str(item["event_on"])) == (1, Decimal("8.00"), "2026-04-05")


def test_one_unit_refunded_twice_is_refunded_more_and_returned_once(acme: OrderReports) -> None:
    acme.sold("111-7", on=SOLD)
    acme.refunded("111-7", on=REFUNDED)
    acme.refunded("111-7", on="2026-04-05")
    assert acme.everything() == [("refunded_more", 1), ("return_lost", 1)]


@pytest.mark.parametrize(
    ("sale", "refund"),
    [
        ({}, {"principal": "20.00"}),
        ({}, {"principal": "20.05"}),  # rounding
        ({"discount": "5.00"}, {"principal": "20.00", "discount": "5.00"}),
        ({"discount": "5.00"}, {"principal": "20.00"}),  # by the stated price it is not more
        ({"sent_by": "MFN"}, {"principal": "26.50", "sent_by": "MFN"}),
        ({"sku": "PAN-1"}, {"principal": "26.50"}),  # the charge is not in the data
        ({"on": "2026-03-01", "units": 2, "price": "40.00"}, {"principal": "26.50"}),
    ],
)
def test_what_only_looks_like_more_is_none(acme: OrderReports, sale: dict[str, Any], refund: dict[str, Any]) -> None:
    acme.sold(**{"on": SOLD} | sale)
    acme.refunded(on=REFUNDED, **refund)
    assert "refunded_more" not in [category for category, _ in acme.everything()]


def test_a_discount_that_was_taken_back_counts(acme: OrderReports) -> None:
    acme.sold(on=SOLD, discount="5.00")
    acme.refunded(on=REFUNDED, principal="26.50", discount="5.00")
    assert acme.of("refunded_more", OPEN)[0]["unclaimed"] == Decimal("6.50")


def test_an_order_of_which_more_was_ordered_than_the_settlements_charge_is_for_a_person(acme: OrderReports) -> None:
    acme.sold(on=SOLD)
    acme.ordered(on=SOLD, units=2, price="40.00")
    acme.refunded(on=REFUNDED, principal="40.00")
    (item,) = acme.of("refunded_more", OPEN)
    assert stages(item) == {"review": 1}
    assert "do not show the charge" in item["review_reason"]


def test_a_charge_near_a_hole_of_the_settlements_is_for_a_person(connection: Connection) -> None:
    acme = OrderReports(connection)
    acme.returns_go_on("2026-01-05", "2026-09-30")
    acme.sales_go_on("2026-02-24", "2026-04-10")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED, principal="40.00")
    (item,) = acme.of("refunded_more", OPEN)
    assert (stages(item), item["review_reason"]) == (
        {"review": 1},
        (
            "The settlement report of North America is not known to be whole before 2026-02-24,"
            " so a part of the charge may be unseen."
        ),
    )
