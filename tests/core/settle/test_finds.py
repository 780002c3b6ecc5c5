"""Units that came back are settled in kind, and no unit comes back twice."""

from dataclasses import replace

import pytest

from core.settle.facts import Goods
from tests.core.settle.story import (
    CA,
    DE,
    FR,
    LAMP,
    MUG,
    PAN,
    UNKNOWN,
    US,
    WALMART,
    claim,
    found,
    lost,
    paid,
    told,
)


def test_found_units_settle_the_oldest_losses_in_kind() -> None:
    older, newer = lost(2, on="2026-01-10"), lost(2, on="2026-01-12")
    after = told(older, newer, found(3, on="2026-01-20"))
    assert after.units(older) == {"in_kind": 2}
    assert after.units(newer) == {"in_kind": 1, "open": 1}
    assert after.lot(older).detected == 0


def test_units_found_beyond_those_lost_are_those_that_are_reported_lost_within_seven_days() -> None:
    loss, soon, later = (lost(1, on=f"2026-01-{day}") for day in (10, 27, 28))
    after = told(loss, soon, later, found(5, on="2026-01-20"))
    assert (after.units(loss), after.units(soon)) == ({"in_kind": 1}, {"in_kind": 1})
    assert (after.units(later), after.lot(later).units_doubtful) == ({"open": 1}, 0)


def test_a_find_that_is_taken_back_leaves_the_loss_open() -> None:
    loss = lost(2, on="2026-01-10")
    assert told(loss, found(2, on="2026-01-15"), found(-1, on="2026-01-18")).units(loss) == {"open": 1, "in_kind": 1}


def test_the_stock_of_a_region_is_one() -> None:
    german = lost(2, on="2026-01-10", marketplace=DE)
    assert told(german, found(2, on="2026-01-14", marketplace=FR)).units(german) == {"in_kind": 2}


def test_a_find_on_the_day_of_the_loss_is_that_unit() -> None:
    loss = lost(1, on="2026-01-10")
    assert told(found(1, on="2026-01-10"), loss).units(loss) == {"in_kind": 1}


@pytest.mark.parametrize(
    "other", [{"goods": PAN}, {"marketplace": DE}, {"goods": LAMP, "marketplace": WALMART}], ids=str
)
def test_a_find_of_other_goods_or_elsewhere_settles_nothing(other: dict[str, str]) -> None:
    loss = lost(1, on="2026-01-10")
    assert told(loss, found(1, on="2026-01-20", **other)).units(loss) == {"open": 1}  # type: ignore[arg-type]


def test_damaged_units_are_not_found() -> None:
    damage = lost(1, on="2026-01-10", category="inventory_damaged")
    assert told(damage, found(1, on="2026-01-20")).units(damage) == {"open": 1}


def test_free_units_are_found_before_those_in_a_case_and_those_before_expired_and_denied_ones() -> None:
    expired, held = lost(1, on="2026-01-01", deadline="2026-01-20"), lost(1, on="2026-01-02")
    free = lost(1, on="2026-02-01")
    story = expired, held, free, claim("7", on="2026-01-25", units=1)
    assert told(*story, found(1, on="2026-02-10")).units(free) == {"in_kind": 1}
    assert told(*story, found(2, on="2026-02-10")).units(held) == {"in_kind": 1}
    assert told(*story, found(3, on="2026-02-10")).units(expired) == {"in_kind": 1}


def test_a_find_settles_its_marketplace_then_unassigned_losses_that_may_be_of_it() -> None:
    euro = lost(1, on="2026-01-10", marketplace=UNKNOWN, currency="EUR")
    dollar = lost(1, on="2026-01-09", marketplace=UNKNOWN, currency="USD")
    german = lost(1, on="2026-01-12", marketplace=DE)
    after = told(euro, dollar, german, found(1, on="2026-01-20", marketplace=DE))
    assert (after.units(german), after.units(euro)) == ({"in_kind": 1}, {"open": 1})
    after = told(euro, dollar, german, found(3, on="2026-01-20", marketplace=DE))
    assert (after.units(euro), after.units(dollar)) == ({"in_kind": 1}, {"open": 1})


def test_a_unit_may_be_found_under_another_label() -> None:
    loss = lost(1, on="2026-01-10")
    relabelled = Goods("amazon", sku="Amazon.Found.B0MUG00001", fnsku="B0MUG00001", asin=MUG.asin)
    assert told(loss, found(1, on="2026-01-20", goods=relabelled)).units(loss) == {"in_kind": 1}


class TestCountedOnce:
    """A unit that came back with an inventory payment or a reversal shows in the ledger too: it is one unit."""

    def test_the_find_of_an_inventory_payment_is_the_unit_that_was_paid(self) -> None:
        first, second = lost(1, on="2026-01-10"), lost(1, on="2026-01-11")
        after = told(first, second, paid(0, "0.00", inventory=1, on="2026-01-15"), found(1, on="2026-01-17"))
        assert after.units(first) == {"in_kind": 1}
        assert after.units(second) == {"open": 1}

    def test_the_find_of_a_reversal_is_the_unit_that_was_taken_back(self) -> None:
        first, second = lost(1, on="2026-01-10"), lost(1, on="2026-01-11")
        after = told(
            first,
            second,
            paid(1, "10.00", on="2026-01-15", name="R1"),
            paid(-1, "-10.00", inventory=1, on="2026-03-01", original="R1"),
            found(1, on="2026-02-20"),
        )
        assert after.units(first) == {"in_kind": 1}
        assert after.units(second) == {"open": 1}

    @pytest.mark.parametrize(("found_on", "transfer", "is_the_same"), [
        ("2026-03-01", False, True),
        ("2026-03-02", False, False),
        ("2026-03-02", True, True),
        ("2026-01-12", False, True),
    ])  # fmt: skip
    def test_a_find_is_that_unit_within_45_days_and_a_transfer_on_any_day(
        self, found_on: str, transfer: bool, is_the_same: bool
    ) -> None:
        first, second = lost(1, on="2026-01-10"), lost(1, on="2026-01-11")
        story = first, second, paid(0, "0.00", inventory=1, on="2026-01-15")
        after = told(*story, found(1, on=found_on, transfer=transfer))
        assert after.units(second) == ({"open": 1} if is_the_same else {"in_kind": 1})

    def test_only_as_many_units_as_came_back(self) -> None:
        losses = [lost(1, on=f"2026-01-1{day}") for day in range(4)]
        after = told(*losses, paid(0, "0.00", inventory=2, on="2026-01-15"), found(3, on="2026-01-17"))
        assert [after.units(loss) for loss in losses] == [*[{"in_kind": 1}] * 3, {"open": 1}]

    def test_transfers_are_those_units_before_other_finds_are(self) -> None:
        losses = [lost(1, on=f"2026-01-1{day}") for day in range(3)]
        payment = paid(0, "0.00", inventory=1, on="2026-01-15")
        after = told(*losses, payment, found(1, on="2026-01-16"), found(1, on="2026-01-17", transfer=True))
        assert [after.units(loss) for loss in losses] == [{"in_kind": 1}, {"in_kind": 1}, {"open": 1}]

    def test_a_transfer_that_no_payment_explains_is_a_find(self) -> None:
        loss = lost(1, on="2026-01-10")
        assert told(loss, found(1, on="2026-01-20", transfer=True)).units(loss) == {"in_kind": 1}

    def test_a_unit_that_came_back_in_another_marketplace_is_another(self) -> None:
        american, canadian = lost(1, on="2026-01-10", marketplace=US), lost(1, on="2026-01-10", marketplace=CA)
        payment = paid(0, "0.00", inventory=1, on="2026-01-15", marketplace=US)
        after = told(american, canadian, payment, found(1, on="2026-01-17", marketplace=CA))
        assert after.units(canadian) == {"in_kind": 1}

    def test_of_two_that_are_equally_near_the_earlier_is_taken(self) -> None:
        losses = [lost(1, on="2026-01-01"), lost(1, on="2026-01-02"), lost(1, on="2026-01-03")]
        earlier = paid(0, "0.00", inventory=1, on="2026-01-05")
        later = paid(0, "0.00", inventory=1, on="2026-01-15")
        finds = found(1, on="2026-01-10"), found(1, on="2026-02-25")
        for payments in ((earlier, later), (later, earlier)):
            after = told(*losses, *payments, *finds)
            assert after.units(losses[2]) == {"open": 1}


class TestReconciled:
    """No more units stay open than the marketplace itself calls unreconciled."""

    def test_the_surplus_is_settled_in_kind(self) -> None:
        loss = lost(5, on="2026-01-10", most_open=2)
        after = told(loss)
        assert after.units(loss) == {"open": 2, "in_kind": 3}
        assert after.lot(loss).note == "Reconciled by Amazon"

    def test_finds_and_payments_come_first(self) -> None:
        loss = lost(5, on="2026-01-10", most_open=2)
        after = told(loss, paid(2, "20.00", on="2026-01-20"), found(1, on="2026-01-22"))
        assert after.units(loss) == {"open": 2, "claimed": 2, "in_kind": 1}
        assert after.lot(loss).note == ""

    def test_units_in_a_case_are_the_last_to_go(self) -> None:
        loss = lost(5, on="2026-01-10", most_open=1)
        assert told(loss, claim("7", on="2026-01-20", units=2)).units(loss) == {"in_case": 1, "in_kind": 4}

    def test_nothing_happens_where_the_report_does_not_say(self) -> None:
        loss = lost(5, on="2026-01-10", most_open=None)
        assert told(loss).units(loss) == {"open": 5}

    def test_a_doubt_does_not_reach_further_than_what_is_open(self) -> None:
        loss = lost(3, on="2026-01-12", most_open=1)
        after = told(paid(2, "20.00", on="2026-01-10"), loss)
        assert after.units(loss) == {"open": 1, "in_kind": 2}
        assert after.lot(loss).units_doubtful == 1


def test_a_find_under_the_same_sku_with_another_label_is_of_other_goods_where_that_label_was_lost_too() -> None:
    loss, other = lost(1, on="2026-01-10"), lost(1, on="2026-01-11", goods=replace(MUG, fnsku="X0USED"))
    assert told(loss, other, found(2, on="2026-01-20", goods=replace(MUG, fnsku="X0USED"))).units(loss) == {"open": 1}
