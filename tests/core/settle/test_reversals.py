"""What is taken back leaves Claimed; the unit is found, or lost for good."""

import pytest

from tests.core.settle.story import CA, LAMP, PAN, WALMART, lost, ordered, paid, told, units


def test_a_unit_that_was_found_leaves_what_was_detected_too() -> None:
    loss = lost(2, on="2026-01-10")
    after = told(
        loss,
        paid(2, "20.00", on="2026-01-15", name="R1"),
        paid(-1, "-10.00", inventory=1, on="2026-02-01", original="R1"),
    )
    assert after.units(loss) == {"claimed": 1, "in_kind": 1}
    assert after.money(loss) == ("10.00", "0")
    assert str(after.lot(loss).detected) == "10.00"


def test_a_unit_that_was_not_found_is_lost() -> None:
    loss = lost(2, on="2026-01-10")
    after = told(loss, paid(2, "20.00", on="2026-01-15", name="R1"), paid(-1, "-10.00", on="2026-02-01", original="R1"))
    assert after.units(loss) == {"claimed": 1, "reversed": 1}
    assert after.money(loss) == ("10.00", "10.00")
    assert str(after.lot(loss).detected) == "20.00"


def test_some_units_may_be_found_and_others_not() -> None:
    loss = lost(3, on="2026-01-10")
    after = told(
        loss,
        paid(3, "10.00", on="2026-01-15", name="R1"),
        paid(-3, "-10.00", inventory=1, on="2026-02-01", original="R1"),
    )
    assert after.units(loss) == {"in_kind": 1, "reversed": 2}
    assert after.money(loss) == ("0.00", "6.67")


def test_a_difference_to_what_the_unit_was_paid_stays_in_claimed() -> None:
    loss = lost(1, on="2026-01-10")
    payment = paid(1, "10.00", on="2026-01-15", name="R1")
    less = told(loss, payment, paid(-1, "-8.00", on="2026-02-01", original="R1"))
    assert less.units(loss) == {"reversed": 1}
    assert less.money(loss) == ("2.00", "8.00")
    more = told(loss, payment, paid(-1, "-11.00", on="2026-02-01", original="R1"))
    assert more.money(loss) == ("-1.00", "11.00")


def test_an_amount_without_units_is_taken_from_what_was_paid_last() -> None:
    first, second = lost(1, on="2026-01-10"), lost(1, on="2026-01-11")
    after = told(
        first, second, paid(2, "20.00", on="2026-01-15", name="R1"), paid(0, "-3.00", on="2026-02-01", original="R1")
    )
    assert after.units(second) == {"claimed": 1}
    assert after.money(second) == ("7.00", "3.00")
    assert after.money(first) == ("10.00", "0")


def test_the_units_paid_last_are_taken_back_first() -> None:
    first, second = lost(1, on="2026-01-10"), lost(1, on="2026-01-11")
    after = told(
        first, second, paid(2, "20.00", on="2026-01-15", name="R1"), paid(-1, "-10.00", on="2026-02-01", original="R1")
    )
    assert after.units(first) == {"claimed": 1}
    assert after.units(second) == {"reversed": 1}


def test_cash_is_taken_back_from_units_paid_in_cash_and_inventory_from_those_paid_in_inventory() -> None:
    loss = lost(3, on="2026-01-10")
    payment = paid(2, "20.00", inventory=1, on="2026-01-15", name="R1")
    cash = told(loss, payment, paid(-1, "-10.00", on="2026-02-01", original="R1"))
    assert cash.units(loss) == {"claimed": 1, "in_kind": 1, "reversed": 1}
    assert cash.money(loss) == ("10.00", "10.00")
    inventory = told(loss, payment, paid(0, "0.00", inventory=-1, on="2026-02-01", original="R1"))
    assert inventory.units(loss) == {"claimed": 2, "reversed": 1}
    assert inventory.money(loss) == ("20.00", "0.00")
    both = told(loss, payment, paid(-1, "-10.00", inventory=-1, on="2026-02-01", original="R1"))
    assert both.units(loss) == {"claimed": 1, "reversed": 2}
    assert both.money(loss) == ("10.00", "10.00")


def test_a_payment_without_an_event_can_be_taken_back_as_well() -> None:
    payment = paid(2, "20.00", on="2026-01-15", name="R1")
    after = told(payment, paid(-1, "-10.00", on="2026-02-01", original="R1"))
    assert after.units(payment) == {"claimed": 1, "in_kind": 1}
    assert after.money(payment) == ("10.00", "0")
    assert len(after.unmatched) == 1


def test_an_amount_without_an_original_is_an_item_of_no_units() -> None:
    not_found = paid(-1, "-10.00", on="2026-02-01", original="R1")
    after = told(lost(1, on="2026-01-10"), not_found)
    assert units(after.lot(not_found)) == {}
    assert after.money(not_found) == ("-10.00", "10.00")
    assert after.lot(not_found).detected == 0
    assert after.lot(not_found).note == "Taken back without a matching payment"


def test_found_without_an_original_it_leaves_detected_too() -> None:
    was_found = paid(-1, "-10.00", inventory=1, on="2026-02-01", original="R1")
    after = told(was_found)
    assert after.money(was_found) == ("-10.00", "0")
    assert after.lot(was_found).detected == -10


def test_what_is_taken_back_beyond_the_original_is_an_item_of_no_units() -> None:
    loss = lost(1, on="2026-01-10")
    taken = paid(-3, "-30.00", on="2026-02-01", original="R1")
    after = told(loss, paid(1, "10.00", on="2026-01-15", name="R1"), taken)
    assert after.units(loss) == {"reversed": 1}
    assert after.money(loss) == ("0.00", "10.00")
    assert after.money(taken) == ("-20.00", "20.00")


def test_of_several_goods_under_one_id_each_gives_back_its_own() -> None:
    mugs, pans = lost(1, on="2026-01-10"), lost(1, on="2026-01-10", goods=PAN)
    after = told(
        mugs,
        pans,
        paid(1, "10.00", on="2026-01-15", name="R1", goods=ordered("111-1")),
        paid(1, "30.00", on="2026-01-15", name="R1", goods=ordered("111-1", PAN)),
        paid(-1, "-10.00", on="2026-02-01", original="R1", goods=ordered("111-1")),
    )
    assert after.units(mugs) == {"reversed": 1}
    assert after.units(pans) == {"claimed": 1}
    assert after.money(pans) == ("30.00", "0")


def test_a_payment_in_another_currency_is_not_the_original() -> None:
    loss = lost(1, on="2026-01-10", marketplace=CA)
    taken = paid(-1, "-10.00", on="2026-02-01", original="R1")
    after = told(loss, paid(1, "10.00", on="2026-01-15", name="R1", marketplace=CA), taken)
    assert after.units(loss) == {"claimed": 1}
    assert after.money(taken) == ("-10.00", "10.00")


def test_it_never_comes_before_what_it_takes_back_whatever_the_dates_say() -> None:
    loss = lost(1, on="2026-01-10")
    after = told(loss, paid(-1, "-10.00", on="2026-01-14", original="R1"), paid(1, "10.00", on="2026-01-15", name="R1"))
    assert after.units(loss) == {"reversed": 1}


@pytest.mark.parametrize("again_on", ["2026-02-01", "2026-03-01", "2026-03-18"])
def test_a_payment_within_45_days_of_a_taking_back_is_for_that_unit_before_a_younger_loss(again_on: str) -> None:
    loss, younger = lost(1, on="2026-01-10"), lost(1, on="2026-01-20")
    again = paid(1, "12.00", on=again_on)
    after = told(
        loss,
        younger,
        paid(1, "10.00", on="2026-01-15", name="R1"),
        paid(-1, "-10.00", on="2026-02-01", original="R1"),
        again,
    )
    assert (after.units(loss), after.money(loss)) == ({"claimed": 1}, ("12.00", "0.00"))
    assert after.units(younger) == {"open": 1}


def test_a_later_payment_is_for_a_younger_loss_and_what_was_taken_back_stays_lost() -> None:
    loss, younger = lost(1, on="2026-01-10"), lost(1, on="2026-03-10")
    again = paid(1, "10.00", on="2026-03-19")
    after = told(
        loss,
        younger,
        paid(1, "10.00", on="2026-01-15", name="R1"),
        paid(-1, "-10.00", on="2026-02-01", original="R1"),
        again,
    )
    assert after.units(loss) == {"reversed": 1}
    assert after.units(younger) == {"claimed": 1}


class TestWalmart:
    """Its rows name no original: FoundInventory takes back the latest paid units of the goods."""

    def test_found_inventory_takes_the_latest_paid_units_out_of_detected(self) -> None:
        older, newer = (lost(1, on=f"2026-01-1{day}", goods=LAMP, marketplace=WALMART) for day in range(2))
        after = told(
            older,
            newer,
            paid(1, "7.00", on="2026-01-15", goods=LAMP, marketplace=WALMART),
            paid(1, "8.00", on="2026-01-16", goods=LAMP, marketplace=WALMART),
            paid(-1, "-8.00", on="2026-02-20", goods=LAMP, marketplace=WALMART, found_inventory=True),
        )
        assert after.units(older) == {"claimed": 1}
        assert after.units(newer) == {"in_kind": 1}
        assert after.money(newer) == ("0.00", "0")

    def test_it_is_lost_units_that_are_found(self) -> None:
        loss = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        damage = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART, category="inventory_damaged")
        after = told(
            loss,
            damage,
            paid(1, "8.00", on="2026-01-15", goods=LAMP, marketplace=WALMART),
            paid(1, "9.00", on="2026-01-16", goods=LAMP, marketplace=WALMART, category="inventory_damaged"),
            paid(-1, "-8.00", on="2026-02-20", goods=LAMP, marketplace=WALMART, found_inventory=True),
        )
        assert after.units(loss) == {"in_kind": 1}
        assert after.units(damage) == {"claimed": 1}

    def test_any_other_row_that_takes_back_leaves_the_unit_lost(self) -> None:
        loss = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        after = told(
            loss,
            paid(1, "8.00", on="2026-01-15", goods=LAMP, marketplace=WALMART),
            paid(-1, "-8.00", on="2026-02-20", goods=LAMP, marketplace=WALMART),
        )
        assert after.units(loss) == {"reversed": 1}

    def test_without_a_payment_it_is_an_item_of_no_units(self) -> None:
        loss = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        taken = paid(-1, "-8.00", on="2026-02-20", goods=LAMP, marketplace=WALMART, found_inventory=True)
        after = told(loss, taken)
        assert after.units(loss) == {"open": 1}
        assert after.money(taken) == ("-8.00", "0")
        assert after.lot(taken).detected == -8
