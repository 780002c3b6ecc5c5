"""What a payment names decides: an order whatever its reason is called, the payment that it tops up."""

from dataclasses import replace
from typing import Any

import pytest

from core.settle.facts import CaseEntry, Event
from tests.core.settle.story import CA, DE, LAMP, MUG, PAN, WALMART, claim, costs, lost, ordered, paid, told

ORDER = ordered("111-1")
RETURN, FEE, COMMISSION = "return_lost", "fulfilment_fee_overcharge", "referral_fee_overcharge"


def not_back(units: int = 1, *, on: str = "2026-01-10", value: str = "20.00") -> Event:
    return lost(units, on=on, goods=ORDER, category=RETURN, value=value)


class TestAnOrder:
    """A payment that names the order and its goods."""

    @pytest.mark.parametrize("category", [None, "other", "inventory_lost", "shipment_damaged"])
    def test_is_for_that_order_whatever_its_reason_is_called(self, category: str | None) -> None:
        unit = not_back()
        assert told(unit, paid(1, "18.00", on="2026-02-01", goods=ORDER, category=category)).units(unit) == {
            "claimed": 1
        }

    def test_its_reason_chooses_among_what_fits(self) -> None:
        damaged = lost(1, on="2026-01-10", goods=ORDER, category="return_carrier_damaged")
        unit = not_back(on="2026-01-09")
        payment = paid(1, "18.00", on="2026-02-01", goods=ORDER, category="return_carrier_damaged")
        after = told(unit, damaged, payment)
        assert (after.units(unit), after.units(damaged)) == ({"open": 1}, {"claimed": 1})

    @pytest.mark.parametrize(("amount", "stage"), [("1.50", "claimed"), ("1.40", "open")])
    def test_a_reason_that_no_list_knows_settles_money_of_exactly_its_amount(self, amount: str, stage: str) -> None:
        fee = lost(1, on="2026-01-10", goods=ORDER, category=FEE, value="1.50")
        assert told(fee, paid(0, amount, on="2026-02-01", goods=ORDER, category=None)).units(fee) == {stage: 1}

    def test_of_two_overcharges_the_one_of_exactly_the_amount_is_corrected(self) -> None:
        first = lost(1, on="2026-01-10", goods=ORDER, category=COMMISSION, value="1.50")
        second = lost(1, on="2026-01-10", goods=ORDER, category=FEE, value="0.70")
        payment = paid(1, "0.70", on="2026-02-01", goods=ORDER, category=FEE, also=(COMMISSION,))
        after = told(first, second, payment)
        assert (after.units(first), after.units(second)) == ({"open": 1}, {"claimed": 1})

    @pytest.mark.parametrize("paid_on", ["2025-06-01", "2025-12-20", "2026-01-09"])
    def test_that_was_paid_before_its_refund_is_in_review_however_long_before(self, paid_on: str) -> None:
        unit = not_back()
        after = told(unit, paid(1, "18.00", on=paid_on, goods=ORDER, category=RETURN))
        assert (after.units(unit), after.lot(unit).units_doubtful) == ({"open": 1}, 1)

    def test_that_was_paid_under_another_sku_is_in_review(self) -> None:
        unit = not_back()
        after = told(unit, paid(1, "18.00", on="2026-02-01", goods=ordered("111-1", PAN), category=RETURN))
        assert (after.units(unit), after.lot(unit).units_doubtful) == ({"open": 1}, 1)

    def test_a_payment_for_another_order_says_nothing_of_it(self) -> None:
        unit = not_back()
        after = told(unit, paid(1, "18.00", on="2026-02-01", goods=ordered("111-2"), category=RETURN))
        assert after.lot(unit).units_doubtful == 0

    def test_a_shipment_stands_in_the_same_cell(self) -> None:
        short = lost(2, on="2026-01-10", goods=replace(MUG, shipment_id="FBA1"), category="shipment_lost")
        assert told(short, paid(2, "9.00", on="2026-02-01", goods=ordered("FBA1"), category=None)).units(short) == {
            "claimed": 2
        }


class TestAnEarlierPayment:
    """A payment that names its original tops it up, and one that evaluates again the last one."""

    @pytest.mark.parametrize("how", [{"original": "R1"}, {"category": "other", "reason": "RE_EVALUATION"}], ids=str)
    def test_the_money_is_for_that_unit_and_no_younger_loss(self, how: dict[str, str]) -> None:
        older, younger = lost(1, on="2026-01-10"), lost(1, on="2026-01-12")
        first, more = paid(1, "5.00", on="2026-01-15", name="R1"), paid(1, "1.00", on="2026-01-20", **how)  # type: ignore[arg-type]
        after = told(costs("6.00"), older, younger, first, more)
        assert (after.units(older), after.money(older)) == ({"claimed": 1}, ("6.00", "0"))
        assert after.units(younger) == {"open": 1}
        assert after.lot(older).units_underpaid == 0


class TestWalmartCredits:
    """Whose number of units can not be trusted."""

    LOSS = "inventory_lost"

    def loss(self) -> Event:
        return lost(3, on="2026-01-10", goods=LAMP, marketplace=WALMART, value="10.00")

    @pytest.mark.parametrize(
        ("units", "amount", "is_counted", "claimed"),
        [
            (1, "30.00", False, 3),  # three times what a unit is worth
            (1, "20.10", True, 2),  # it says one, and pays two
            (2, "30.00", True, 2),  # it says more than one
            (1, "14.00", True, 1),  # another price
        ],
    )
    def test_the_money_says_how_many_where_it_is_a_whole_number(
        self, units: int, amount: str, is_counted: bool, claimed: int
    ) -> None:
        loss = self.loss()
        payment = paid(units, amount, on="2026-01-20", goods=LAMP, marketplace=WALMART)
        after = told(loss, replace(payment, is_counted=is_counted))
        assert after.lot(loss).claimed == claimed

    def test_where_it_is_none_the_others_are_in_review(self) -> None:
        loss = self.loss()
        payment = replace(paid(1, "14.00", on="2026-01-20", goods=LAMP, marketplace=WALMART), is_counted=False)
        after = told(loss, payment)
        assert (after.units(loss), after.lot(loss).units_doubtful) == ({"claimed": 1, "open": 2}, 2)

    def test_less_than_half_a_unit_settles_none(self) -> None:
        loss = self.loss()
        after = told(loss, paid(1, "4.00", on="2026-01-20", goods=LAMP, marketplace=WALMART))
        assert (after.units(loss), after.money(loss)) == ({"open": 3}, ("4.00", "0"))
        assert after.lot(loss).units_doubtful == 1


class TestAppeals:
    """Walmart takes one within 30 days of the denial."""

    def filed(self, on: str, second: str = "") -> tuple[CaseEntry, CaseEntry]:
        lamps: dict[str, Any] = {"units": 2, "goods": LAMP, "marketplace": WALMART}
        first = claim("7", on="2026-01-12", decision="denied", decided="2026-02-01", **lamps)
        decided: dict[str, Any] = {"decision": second, "decided": "2026-03-05"} if second else {}
        return first, claim("8", on=on, **lamps, **decided)

    @pytest.mark.parametrize(("on", "stage"), [("2026-03-03", "in_case"), ("2026-03-04", "denied")])
    def test_a_later_one_changes_nothing_and_is_shown(self, on: str, stage: str) -> None:
        loss = lost(2, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        after = told(loss, *self.filed(on))
        assert after.units(loss) == {stage: 2}
        assert bool(after.cases["8"].note) == (stage == "denied")

    def test_a_second_one_changes_nothing(self) -> None:
        loss = lost(2, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        third = claim("9", on="2026-03-10", units=2, goods=LAMP, marketplace=WALMART)
        after = told(loss, *self.filed("2026-02-20", "denied"), third)
        assert after.units(loss) == {"denied": 2}
        assert "once before" in after.cases["9"].note

    def test_amazon_publishes_no_such_limit(self) -> None:
        loss = lost(2, on="2026-01-10")
        first = claim("7", on="2026-01-12", units=2, decision="denied", decided="2026-02-01")
        assert told(loss, first, claim("8", on="2026-06-01", units=2)).units(loss) == {"in_case": 2}


def test_of_two_skus_with_one_label_the_payments_own_comes_first() -> None:
    other = lost(1, on="2026-01-10", goods=replace(MUG, sku="MUG-USED"))
    own = lost(1, on="2026-01-12")
    after = told(other, own, paid(1, "10.00", on="2026-01-20"))
    assert (after.units(other), after.units(own)) == ({"open": 1}, {"claimed": 1})


def test_what_was_paid_by_price_is_not_short_of_cost() -> None:
    before, since = lost(1, on="2025-03-30"), lost(1, on="2025-03-31")
    after = told(costs("6.00"), before, since, paid(2, "10.00", on="2025-04-20"))
    assert [after.lot(event).units_underpaid for event in (before, since)] == [0, 1]


def test_a_case_of_a_sister_marketplace_may_be_for_it_and_one_of_another_region_is_not() -> None:
    loss = lost(1, on="2026-01-10", marketplace=DE)
    for marketplace, doubtful in (("AMAZON_PL", 1), (CA, 0)):
        after = told(loss, claim("7", on="2026-01-20", units=1, marketplace=marketplace))
        assert (after.units(loss), after.lot(loss).units_doubtful) == ({"open": 1}, doubtful)
