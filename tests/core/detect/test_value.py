"""What a unit is worth while it is not paid: by its kind, its day, and what the reports tell."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection, RowMapping

from tests.core.detect.ordering import OrderReports
from tests.core.reports import LAMP

LOST = "2026-07-01"
LAST_DAY_AT_SALE_PRICE, FIRST_DAY_AT_COST = "2025-03-30", "2025-03-31"


@pytest.fixture
def acme(connection: Connection) -> OrderReports:
    return OrderReports(connection)


def value(item: RowMapping) -> tuple[Decimal | None, str]:
    """What a unit of an item is worth, and by which basis."""
    return item["unit_value"], item["value_basis"]


def test_lost_goods_without_cost_or_payment_are_worth_the_average_sale_before_less_fees(acme: OrderReports) -> None:
    acme.sold("111-1", on="2026-05-01", units=3, price="60.00", commission="9.00", fee="12.00")
    acme.sold("111-2", on="2026-06-01", price="24.00", discount="2.00")
    acme.sold("111-3", on=LOST, price="99.00")
    acme.sold("111-4", on="2026-06-01", price="99.00", sku="PAN-1")
    acme.lost(1, on=LOST)
    assert value(acme.of("inventory_lost")[0]) == (Decimal("13.50"), "average_sale")


def test_the_sellers_cost_and_what_was_paid_go_before_the_average_sale(acme: OrderReports) -> None:
    acme.sold("111-1", on="2026-05-01")
    acme.reimbursed(1, "7.00", on="2026-05-10", reason="Damaged_Warehouse")
    acme.lost(1, on=LOST)
    assert value(acme.of("inventory_lost")[0]) == (Decimal("7.00"), "last_paid")
    acme.costs("4.00", since="2026-01-01")
    assert value(acme.of("inventory_lost")[0]) == (Decimal("4.00"), "sourcing_cost")


def test_before_amazon_paid_the_sellers_cost_it_was_the_average_sale(acme: OrderReports) -> None:
    acme.costs("4.00", since="2024-01-01")
    acme.sold("111-1", on="2025-01-10")
    acme.lost(1, on=LAST_DAY_AT_SALE_PRICE)
    acme.lost(1, on=FIRST_DAY_AT_COST)
    before, after = acme.of("inventory_lost")
    assert value(before) == (Decimal("13.00"), "average_sale")
    assert value(after) == (Decimal("4.00"), "sourcing_cost")


def test_then_too_the_cost_is_better_than_nothing(acme: OrderReports) -> None:
    acme.costs("4.00", since="2024-01-01")
    acme.lost(1, on=LAST_DAY_AT_SALE_PRICE)
    assert value(acme.of("inventory_lost")[0]) == (Decimal("4.00"), "sourcing_cost")


def test_walmart_has_no_such_day(connection: Connection) -> None:
    acme = OrderReports(connection, marketplaces=("WALMART_US",))
    acme.costs("4.00", since="2024-01-01", sku=LAMP["sku"])
    acme.sold_on_walmart(on="2025-01-10")
    acme.adjusted(-1, "LOST", on="2025-02-01", marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    assert value(acme.of("inventory_lost")[0]) == (Decimal("4.00"), "sourcing_cost")


def test_returned_goods_whose_sale_is_not_there_are_worth_the_average_and_never_the_cost(acme: OrderReports) -> None:
    acme.costs("4.00", since="2024-01-01")
    acme.refunded("111-1", on="2026-06-01", principal="30.00")
    assert value(acme.of("return_lost")[0]) == (None, "unknown")
    acme.reimbursed(1, "7.00", on="2026-05-10", reason="Damaged_Warehouse")
    assert value(acme.of("return_lost")[0]) == (Decimal("7.00"), "last_paid")
    acme.sold("111-2", on="2026-05-01")
    assert value(acme.of("return_lost")[0]) == (Decimal("13.00"), "average_sale")
    acme.sold("111-1", on="2026-04-01", price="30.00")
    assert value(acme.of("return_lost")[0]) == (Decimal("23.00"), "sale_price_less_fees")


def test_sales_at_a_loss_give_no_value(acme: OrderReports) -> None:
    acme.sold("111-1", on="2026-05-01", price="5.00")
    acme.lost(1, on=LOST)
    assert value(acme.of("inventory_lost")[0]) == (None, "unknown")


def test_sales_of_another_marketplace_or_currency_say_nothing(acme: OrderReports) -> None:
    acme.sold("111-1", on="2026-05-01", marketplace="AMAZON_CA")
    acme.lost(1, on=LOST)
    assert value(acme.of("inventory_lost")[0]) == (None, "unknown")
