"""What is over somewhere puts units of the same goods into Review, is used once, and is listed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from core.settle.facts import Cash, Goods, Hint, Product
from core.settle.lot import Lot
from core.vocabulary.review_reasons import code_of, doubt
from tests.core.settle.story import DE, MUG, PAN, US, Told, claim, found, lost, ordered, paid, told

USED = replace(MUG, fnsku="X0USED0001")


def codes(lot: Lot) -> list[tuple[str, int]]:
    return [(code_of(reason), units) for reason, units in lot.doubts]


def cash(amount: str, *, on: str, goods: Goods = MUG) -> Cash:
    return Cash(uuid4(), US, "USD", date.fromisoformat(on), "WAREHOUSE_LOST", "Settlement 1", Decimal(amount), goods)


def hint(units: int, *, first: str, last: str, goods: Goods = MUG, code: str = "sellable_again") -> Hint:
    days = (date.fromisoformat(first), date.fromisoformat(last))
    return Hint(uuid4(), doubt(code, last), "", ("inventory_damaged",), US, *days, days[1], units, goods)


def same_product(*labels: str) -> tuple[Product, ...]:
    return tuple(Product("amazon", "MUG-1", label, "", "B0MUG00001", "MUG-1") for label in labels)


class TestPayments:
    """A payment that fits nothing, from 7 days before an event to 45 days after it, under whatever reason."""

    @pytest.mark.parametrize("category", [None, "other", "inventory_damaged", "shipment_lost"])
    @pytest.mark.parametrize(("on", "doubtful"), [("2026-01-19", 1), ("2026-03-06", 1), ("2026-03-07", 0)])
    def test_may_be_for_it(self, category: str | None, on: str, doubtful: int) -> None:
        loss = lost(2, on="2026-01-20")
        after = told(loss, paid(1, "10.00", on=on, category=category))
        assert (after.units(loss), after.lot(loss).units_doubtful) == ({"open": 2}, doubtful)
        assert codes(after.lot(loss)) == [("may_be_paid", 1)] * doubtful

    def test_one_for_a_fee_is_for_no_unit(self) -> None:
        loss = lost(1, on="2026-01-20")
        after = told(loss, paid(1, "0.70", on="2026-01-25", category="fulfilment_fee_overcharge"))
        assert after.lot(loss).units_doubtful == 0

    def test_it_is_for_its_own_marketplace_first_and_used_once(self) -> None:
        german, american = lost(1, on="2026-01-10", marketplace=DE), lost(1, on="2026-01-12")
        after = told(german, american, paid(1, "10.00", on="2026-01-15", category="shipment_lost"))
        assert [after.lot(event).units_doubtful for event in (german, american)] == [0, 1]
        assert [(each.kind, each.units, each.matched) for each in after.outcome.surpluses] == [("payments", 1, 1)]

    def test_under_another_label_of_the_same_sku_it_may_be_for_it(self) -> None:
        loss, other = lost(2, on="2026-01-10"), lost(1, on="2026-01-11", goods=USED)
        facts = replace(
            told(loss, other, paid(3, "30.00", on="2026-01-15", goods=USED)).facts,
            products=same_product(MUG.fnsku, USED.fnsku),
        )
        after = Told.of(facts)
        assert after.units(other) == {"claimed": 1}
        assert after.lot(loss).units_doubtful == 2


class TestCash:
    """What a settlement shows and no reimbursement tells."""

    def test_its_money_says_for_how_many_units_it_may_be(self) -> None:
        loss = lost(3, on="2026-01-20", value="10.00")
        after = told(loss, cash("11.00", on="2026-01-25"))
        assert codes(after.lot(loss)) == [("cash_not_reported", 2)]

    def test_it_is_for_the_order_that_it_names_whenever_it_came(self) -> None:
        goods = ordered("111-1")
        unit = lost(1, on="2026-01-20", goods=goods, category="return_lost")
        after = told(unit, cash("9.00", on="2025-06-01", goods=Goods("amazon", sku="MUG-1", order_id="111-1")))
        assert codes(after.lot(unit)) == [("cash_not_reported", 1)]


def test_a_find_under_another_label_may_be_of_the_same_units() -> None:
    loss = lost(2, on="2026-01-10")
    facts = replace(
        told(loss, found(1, on="2026-01-20", goods=replace(USED, sku="MUG-USED", asin=""))).facts,
        products=(*same_product(MUG.fnsku), Product("amazon", "MUG-USED", USED.fnsku, "", "B0MUG00001", "MUG-USED")),
    )
    after = Told.of(facts)
    assert codes(after.lot(loss)) == [("may_be_found", 1)]
    assert [(each.kind, each.units) for each in after.outcome.surpluses] == [("finds", 1)]


def test_units_of_an_open_case_that_cover_nothing_may_be_of_the_same_goods() -> None:
    loss = lost(3, on="2026-01-10", category="return_lost", goods=ordered("111-1"))
    after = told(loss, claim("7", on="2026-01-20", units=2, category="inventory_lost"))
    assert codes(after.lot(loss)) == [("may_be_in_case", 2)]
    assert told(loss, claim("7", on="2026-01-20", units=2, closed="2026-02-01")).lot(loss).units_doubtful == 0


def test_a_shipment_that_came_short_may_be_the_units_that_are_lost_soon_after() -> None:
    short = lost(2, on="2026-01-10", category="shipment_lost", goods=replace(MUG, shipment_id="FBA1"))
    soon, later = lost(3, on="2026-02-09"), lost(1, on="2026-02-10")
    after = told(short, soon, later)
    assert codes(after.lot(soon)) == [("same_unit_elsewhere", 2)]
    assert after.lot(later).units_doubtful == 0


def test_a_hint_of_the_reports_is_for_events_of_its_days_and_goods() -> None:
    damaged, other = (lost(2, on="2026-01-10", category="inventory_damaged", goods=goods) for goods in (MUG, PAN))
    after = told(damaged, other, hint(1, first="2026-01-01", last="2026-01-15"))
    assert (codes(after.lot(damaged)), codes(after.lot(other))) == ([("sellable_again", 1)], [])
    after = told(damaged, hint(1, first="2026-01-11", last="2026-01-15"))
    assert codes(after.lot(damaged)) == []


def test_units_are_in_review_for_one_reason_each() -> None:
    loss = lost(2, on="2026-01-10", doubt="unsellable_before")
    after = told(loss, paid(1, "10.00", on="2026-01-12", category=None))
    assert codes(after.lot(loss)) == [("unsellable_before", 2)]
    assert after.outcome.surpluses[0].matched == 0
