"""Where an amount is owed and not units (refunded too much, charged too much), payments settle by money."""

from decimal import Decimal

import pytest

from core.settle.facts import Event, Payment
from tests.core.settle.story import CA, LAMP, MUG, PAN, UNKNOWN, US, WALMART, claim, lost, ordered, paid, told

FEE, COMMISSION, REFUND = "fulfilment_fee_overcharge", "referral_fee_overcharge", "refunded_more"


def overcharged(amount: str, *, on: str, category: str = FEE, order: str = "", **more: str) -> Event:
    goods = ordered(order) if order else MUG
    return lost(1, on=on, value=amount, category=category, goods=goods, **more)  # type: ignore[arg-type]


def corrected(amount: str, *, on: str, units: int = 1, order: str = "", **more: str) -> Payment:
    goods = ordered(order) if order else MUG
    return paid(units, amount, on=on, category=FEE, also=(COMMISSION,), goods=goods, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("units", [0, 1, 2, 7])
def test_the_money_settles_the_oldest_whatever_the_number_of_units(units: int) -> None:
    first, second, third = (overcharged(value, on=f"2026-01-1{value[0]}") for value in ("1.00", "2.00", "3.00"))
    payment = corrected("3.00", on="2026-01-20", units=units)
    after = told(third, second, first, payment)
    assert [after.units(event) for event in (first, second, third)] == [{"claimed": 1}, {"claimed": 1}, {"open": 1}]
    assert [after.money(event)[0] for event in (first, second)] == ["1.00", "2.00"]
    assert after.unmatched == []


def test_the_unit_on_which_it_ends_is_settled_at_what_it_got_and_its_rest_is_kept() -> None:
    first, second, third = (overcharged("2.00", on=f"2026-01-1{day}") for day in range(3))
    after = told(first, second, third, corrected("3.50", on="2026-01-20"))
    assert [after.units(event) for event in (first, second, third)] == [{"claimed": 1}, {"claimed": 1}, {"open": 1}]
    assert after.money(second) == ("1.50", "0")
    assert (after.lot(second).rest, after.lot(second).detected) == (Decimal("0.50"), Decimal("2.00"))
    assert after.lot(first).rest == 0
    assert after.unmatched == []


def test_what_is_left_of_it_is_paid_without_a_matching_event() -> None:
    event, payment = overcharged("2.00", on="2026-01-10"), corrected("5.00", on="2026-01-20", units=3)
    after = told(event, payment)
    assert after.money(event) == ("2.00", "0")
    assert after.money(payment) == ("3.00", "0")
    assert after.units(payment) == {"claimed": 2}
    assert after.lot(payment).note == "Paid without a matching event"


def test_money_beyond_its_units_is_left_without_a_unit() -> None:
    event, payment = overcharged("2.00", on="2026-01-10"), corrected("5.00", on="2026-01-20")
    after = told(event, payment)
    assert (after.units(payment), after.money(payment)) == ({}, ("3.00", "0"))


def test_an_amount_that_is_not_known_takes_all_of_a_payment() -> None:
    event = lost(1, on="2026-01-10", value=None, category=FEE)
    after = told(event, corrected("5.00", on="2026-01-20"))
    assert (after.money(event), after.lot(event).rest) == (("5.00", "0"), Decimal(0))


def test_one_name_pays_for_both_kinds_of_fees() -> None:
    commission, fee = (
        overcharged("1.00", on="2026-01-10", category=COMMISSION),
        overcharged("2.00", on="2026-01-11"),
    )
    after = told(fee, commission, corrected("2.50", on="2026-01-20"))
    assert (after.money(commission)[0], after.money(fee)[0]) == ("1.00", "1.50")


def test_a_payment_that_names_an_order_settles_that_orders_charge_alone() -> None:
    older, named = (
        overcharged("2.00", on="2026-01-10", order="111-1"),
        overcharged("2.00", on="2026-01-11", order="111-2"),
    )
    payment = corrected("3.00", on="2026-01-20", order="111-2")
    after = told(older, named, payment)
    assert (after.units(older), after.units(named)) == ({"open": 1}, {"claimed": 1})
    assert after.money(payment) == ("1.00", "0")


@pytest.mark.parametrize("other", [{"marketplace": CA}, {"category": "inventory_lost"}], ids=str)
def test_a_payment_of_another_kind_or_market_settles_nothing(other: dict[str, str]) -> None:
    event = overcharged("2.00", on="2026-01-10")
    payment = paid(1, "2.00", on="2026-01-20", **{"category": FEE, **other})  # type: ignore[arg-type]
    assert told(event, payment).units(event) == {"open": 1}


def test_its_own_marketplace_comes_before_an_unknown_one() -> None:
    unknown = overcharged("2.00", on="2026-01-09", marketplace=UNKNOWN, currency="USD")
    american = overcharged("2.00", on="2026-01-10", marketplace=US)
    after = told(unknown, american, corrected("3.00", on="2026-01-20"))
    assert (after.money(american)[0], after.money(unknown)[0]) == ("2.00", "1.00")


def test_units_in_a_case_are_paid_by_money_too() -> None:
    held, free = overcharged("2.00", on="2026-01-10"), overcharged("2.00", on="2026-01-15")
    case = claim("7", on="2026-01-12", units=1, category=FEE)
    named = told(held, free, case, corrected("2.00", on="2026-01-20", case="7"))
    assert (named.units(held), named.units(free)) == ({"claimed": 1}, {"open": 1})
    assert named.cases["7"].status == "fully_reimbursed"
    other = told(held, free, case, corrected("3.00", on="2026-01-20"))
    assert (other.units(free), other.units(held)) == ({"claimed": 1}, {"claimed": 1})
    assert other.money(held) == ("1.00", "0")


def test_of_a_payment_that_may_be_for_both_its_units_are_for_units_first() -> None:
    returned = lost(1, on="2026-01-10", value="20.00", category="return_lost", goods=ordered("111-1"))
    refund = overcharged("5.00", on="2026-01-10", category=REFUND, order="111-1")
    one = paid(1, "22.00", on="2026-01-20", category="return_lost", also=(REFUND,), goods=ordered("111-1"))
    after = told(refund, returned, one)
    assert (after.money(returned), after.units(refund)) == (("22.00", "0"), {"open": 1})
    two = paid(2, "44.00", on="2026-01-20", category="return_lost", also=(REFUND,), goods=ordered("111-1"))
    after = told(refund, returned, two)
    assert (after.money(returned)[0], after.money(refund)[0], after.money(two)[0]) == ("22.00", "5.00", "17.00")


def test_a_dispute_of_walmart_settles_an_overcharge_by_money() -> None:
    event = lost(
        1, on="2026-01-10", value="3.00", category=COMMISSION, goods=ordered("PO-1", LAMP), marketplace=WALMART
    )
    dispute = paid(1, "2.00", on="2026-01-20", category=None, goods=ordered("PO-1", LAMP), marketplace=WALMART)
    after = told(event, dispute)
    assert (after.money(event)[0], after.lot(event).rest) == ("2.00", Decimal("1.00"))


class TestTakenBack:
    """What was paid by money is taken back by money, the latest first."""

    def test_a_unit_of_which_nothing_is_left_is_lost(self) -> None:
        first, second = overcharged("2.00", on="2026-01-10"), overcharged("3.00", on="2026-01-11")
        payment = corrected("5.00", on="2026-01-20", name="R1")
        after = told(first, second, payment, corrected("-4.00", on="2026-02-01", units=-1, original="R1"))
        assert (after.units(second), after.money(second)) == ({"reversed": 1}, ("0.00", "3.00"))
        assert (after.units(first), after.money(first)) == ({"claimed": 1}, ("1.00", "1.00"))
        assert after.lot(first).detected == Decimal("2.00")

    @pytest.mark.parametrize("units", [0, -1, -3])
    def test_the_number_of_units_does_not_matter(self, units: int) -> None:
        event, payment = overcharged("2.00", on="2026-01-10"), corrected("2.00", on="2026-01-20", name="R1")
        after = told(event, payment, corrected("-2.00", on="2026-02-01", units=units, original="R1"))
        assert (after.units(event), after.money(event)) == ({"reversed": 1}, ("0.00", "2.00"))

    def test_a_rest_stays_what_it_is(self) -> None:
        event, payment = overcharged("3.00", on="2026-01-10"), corrected("2.00", on="2026-01-20", name="R1")
        after = told(event, payment, corrected("-2.00", on="2026-02-01", units=-1, original="R1"))
        lot = after.lot(event)
        assert (lot.rest, lot.reversed_amount, lot.detected) == (Decimal("1.00"), Decimal("2.00"), Decimal("3.00"))

    def test_what_matched_no_event_is_taken_back_before_what_did(self) -> None:
        event, payment = overcharged("2.00", on="2026-01-10"), corrected("5.00", on="2026-01-20", units=2, name="R1")
        after = told(event, payment, corrected("-3.00", on="2026-02-01", units=-1, original="R1"))
        assert (after.units(payment), after.money(payment)) == ({"in_kind": 1}, ("0.00", "0"))
        assert after.units(event) == {"claimed": 1}

    def test_of_several_units_those_of_which_nothing_is_left(self) -> None:
        payment = corrected("9.00", on="2026-01-20", units=3, name="R1")
        after = told(payment, corrected("-4.00", on="2026-02-01", units=-1, original="R1"))
        assert (after.units(payment), after.money(payment)) == ({"claimed": 2, "in_kind": 1}, ("5.00", "0"))

    def test_more_than_was_paid_is_an_item_of_no_units(self) -> None:
        event, payment = overcharged("2.00", on="2026-01-10"), corrected("2.00", on="2026-01-20", name="R1")
        taken = corrected("-3.00", on="2026-02-01", units=-1, original="R1")
        after = told(event, payment, taken)
        assert (after.money(event), after.money(taken)) == (("0.00", "2.00"), ("-1.00", "1.00"))


class TestPaidShortlyBefore:
    """A correction booked before its charge is reported puts as much in doubt as its money reaches."""

    def test_its_money_says_how_many(self) -> None:
        events = [overcharged("2.00", on=f"2026-01-1{day}") for day in range(4)]
        after = told(corrected("5.00", on="2026-01-09"), *events)
        assert [after.lot(event).units_doubtful for event in events] == [1, 1, 1, 0]

    def test_what_is_left_without_a_unit_counts_as_well(self) -> None:
        first, second = overcharged("2.00", on="2026-01-10"), overcharged("2.00", on="2026-01-12")
        after = told(first, corrected("3.00", on="2026-01-11"), second)
        assert after.lot(second).units_doubtful == 1


def test_goods_are_told_apart() -> None:
    other = lost(1, on="2026-01-10", value="2.00", category=FEE, goods=PAN)
    assert told(other, corrected("2.00", on="2026-01-20")).units(other) == {"open": 1}
