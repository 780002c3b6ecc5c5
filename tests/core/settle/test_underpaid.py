"""A unit that was paid less than the seller's own cost is flagged, with the day until which that can be asked again."""

from datetime import date
from decimal import Decimal

import pytest

from core.claim_windows import RE_EVALUATION, window_for
from core.settle.lot import Lot
from tests.core.settle.story import CA, LAMP, MUG, UNKNOWN, US, WALMART, Fact, costs, lost, ordered, paid, told

NOTHING = (0, Decimal(0))


def flagged(lot: Lot) -> tuple[int, Decimal]:
    return lot.units_underpaid, lot.underpaid


def test_it_says_how_many_units_were_short_of_the_cost_and_by_how_much() -> None:
    loss = lost(5, on="2026-01-10", value="8.00")
    story = loss, costs("6.00"), paid(2, "10.00", on="2026-01-15"), paid(2, "12.00", on="2026-01-16")
    after = told(*story)
    assert flagged(after.lot(loss)) == (2, Decimal("2.00"))
    assert after.units(loss) == {"claimed": 4, "open": 1}
    assert after.lot(loss).detected == Decimal("30.00")


def test_until_when_follows_the_latest_such_payment_and_the_rule_in_force() -> None:
    loss = lost(5, on="2026-01-10")
    story = loss, costs("6.00"), paid(1, "5.00", on="2026-01-15"), paid(1, "5.00", on="2026-02-01")
    lot = told(*story, paid(1, "9.00", on="2026-03-01")).lot(loss)
    window = window_for(US, RE_EVALUATION, date(2026, 2, 1))
    assert window is not None
    assert lot.re_evaluation_until == window.deadline_on(date(2026, 2, 1)) == date(2026, 4, 2)


def test_walmart_has_no_such_window() -> None:
    loss = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART)
    lot = told(
        loss, costs("9.00", sku=LAMP.sku), paid(1, "8.00", on="2026-01-15", goods=LAMP, marketplace=WALMART)
    ).lot(loss)
    assert (flagged(lot), lot.re_evaluation_until) == ((1, Decimal("1.00")), None)


def test_the_payment_is_named_as_evidence() -> None:
    loss, payment = lost(2, on="2026-01-10"), paid(2, "10.00", on="2026-01-15")
    lot = told(loss, costs("6.00"), payment).lot(loss)
    assert lot.evidence[("underpaid", payment.row_id)] == (2, Decimal("10.00"))


@pytest.mark.parametrize(
    "cost", [costs("5.00"), costs("4.99"), costs("5.004")], ids=["equal", "less", "less than a cent"]
)
def test_what_covers_the_cost_is_not_flagged(cost: Fact) -> None:
    loss = lost(1, on="2026-01-10")
    assert flagged(told(loss, cost, paid(1, "5.00", on="2026-01-15")).lot(loss)) == NOTHING


@pytest.mark.parametrize(
    "cost",
    [
        costs("6.00", since="2026-01-11"),
        costs("6.00", sku="PAN-1"),
        costs("6.00", currency="EUR"),
        costs("6.00", marketplace=CA),
    ],
    ids=["later", "other goods", "other currency", "other marketplace"],
)
def test_only_a_cost_that_holds_for_the_event_is_compared(cost: Fact) -> None:
    loss = lost(1, on="2026-01-10")
    assert flagged(told(loss, cost, paid(1, "5.00", on="2026-01-15")).lot(loss)) == NOTHING


def test_the_marketplaces_own_cost_and_the_one_of_the_day_are_taken() -> None:
    loss = lost(1, on="2026-01-10")
    known = costs("9.00"), costs("7.00", marketplace=US), costs("6.00", marketplace=US, since="2026-01-10")
    story = loss, *known, costs("8.00", marketplace=US, since="2026-01-11")
    assert flagged(told(*story, paid(1, "5.00", on="2026-01-15")).lot(loss)) == (1, Decimal("1.00"))


@pytest.mark.parametrize("category", ["return_lost", "refunded_more", "referral_fee_overcharge"])
def test_what_befell_goods_after_an_order_is_not_paid_by_cost(category: str) -> None:
    event = lost(1, on="2026-01-10", category=category, goods=ordered("111-1"))
    payment = paid(1, "5.00", on="2026-01-15", category=category, goods=ordered("111-1"))
    assert flagged(told(event, costs("6.00"), payment).lot(event)) == NOTHING


def test_units_in_inventory_and_those_taken_back_are_not_short_of_money() -> None:
    loss = lost(3, on="2026-01-10")
    payment = paid(2, "10.00", on="2026-01-15", inventory=1, name="R1")
    taken = paid(-1, "-5.00", on="2026-02-01", original="R1")
    assert flagged(told(loss, costs("6.00"), payment, taken).lot(loss)) == (1, Decimal("1.00"))
    assert flagged(told(loss, costs("6.00"), payment, taken, taken_again()).lot(loss)) == NOTHING


def taken_again() -> Fact:
    return paid(-1, "-5.00", on="2026-02-02", original="R1")


def test_the_payment_tells_the_marketplace_of_an_event_that_names_none() -> None:
    loss = lost(1, on="2026-01-10", marketplace=UNKNOWN, currency="USD")
    lot = told(loss, costs("6.00"), paid(1, "5.00", on="2026-01-15", marketplace=US)).lot(loss)
    assert (flagged(lot), lot.re_evaluation_until) == ((1, Decimal("1.00")), date(2026, 3, 16))


def test_a_payment_without_an_event_is_compared_with_nothing() -> None:
    payment = paid(1, "5.00", on="2026-01-15", goods=MUG)
    assert flagged(told(costs("6.00"), payment).lot(payment)) == NOTHING
