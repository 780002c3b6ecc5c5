"""What names an order or a shipment is about that one alone; what names none is about the goods, oldest first."""

from dataclasses import replace

import pytest

from core.settle.facts import Event, Goods, Payment
from tests.core.settle.story import MUG, PAN, claim, lost, ordered, paid, told

RETURNS = ("return_carrier_damaged", "return_delayed", "replacement_lost", "refunded_more")


def not_returned(order: str, *, on: str, units: int = 1, goods: Goods = MUG) -> Event:
    return lost(units, on=on, category="return_lost", goods=ordered(order, goods))


def shipped(shipment_id: str, goods: Goods = MUG) -> Goods:
    return replace(goods, shipment_id=shipment_id)


def credit(units: int, amount: str, *, on: str, order: str = "", goods: Goods = MUG, **more: str) -> Payment:
    named = ordered(order, goods) if order else goods
    return paid(units, amount, on=on, category="return_lost", also=RETURNS, goods=named, **more)  # type: ignore[arg-type]


class TestPaid:
    """A payment that names an order settles that order's events."""

    def test_it_settles_its_order_and_not_an_older_one(self) -> None:
        older, named = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-11")
        after = told(older, named, credit(1, "10.00", on="2026-03-20", order="111-2"))
        assert (after.units(older), after.units(named)) == ({"open": 1}, {"claimed": 1})

    def test_what_it_pays_beyond_its_order_is_not_for_another(self) -> None:
        older, named = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-11")
        payment = credit(2, "20.00", on="2026-03-20", order="111-2")
        after = told(older, named, payment)
        assert after.units(older) == {"open": 1}
        assert (after.units(payment), after.money(payment)) == ({"claimed": 1}, ("10.00", "0"))

    def test_a_later_one_for_the_same_order_finds_nothing_more(self) -> None:
        older, named = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-11")
        again = credit(1, "10.00", on="2026-03-21", order="111-2")
        after = told(older, named, credit(1, "10.00", on="2026-03-20", order="111-2"), again)
        assert (after.units(older), after.units(again)) == ({"open": 1}, {"claimed": 1})

    def test_an_order_without_an_event_settles_no_other_orders(self) -> None:
        event, payment = not_returned("111-1", on="2026-01-10"), credit(1, "10.00", on="2026-03-20", order="111-9")
        after = told(event, payment)
        assert (after.units(event), after.units(payment)) == ({"open": 1}, {"claimed": 1})

    def test_of_an_order_it_settles_the_product_that_it_names(self) -> None:
        mug, pan = not_returned("111-1", on="2026-01-10"), not_returned("111-1", on="2026-01-10", goods=PAN)
        after = told(mug, pan, credit(1, "30.00", on="2026-03-20", order="111-1", goods=PAN))
        assert (after.units(mug), after.units(pan)) == ({"open": 1}, {"claimed": 1})

    def test_a_row_that_knows_the_sku_alone_finds_the_order_all_the_same(self) -> None:
        event = not_returned("111-1", on="2026-01-10", goods=Goods("amazon", sku=MUG.sku))
        labelled = not_returned("111-2", on="2026-01-09")
        after = told(event, labelled, credit(1, "10.00", on="2026-03-20", order="111-1"))
        assert (after.units(event), after.units(labelled)) == ({"claimed": 1}, {"open": 1})

    def test_it_settles_any_kind_of_return_that_its_reason_can_mean(self) -> None:
        damaged = lost(1, on="2026-01-10", category="return_carrier_damaged", goods=ordered("111-1"))
        assert told(damaged, credit(1, "10.00", on="2026-03-20", order="111-1")).units(damaged) == {"claimed": 1}

    def test_one_reimbursement_of_several_lines_settles_each_lines_order(self) -> None:
        first, second = (
            not_returned("111-1", on="2026-01-10", units=2),
            not_returned("111-2", on="2026-01-11", goods=PAN),
        )
        lines = (
            credit(2, "20.00", on="2026-03-20", order="111-1", name="R1"),
            credit(1, "30.00", on="2026-03-20", order="111-2", goods=PAN, name="R1"),
        )
        back = credit(-1, "-30.00", on="2026-04-20", order="111-2", goods=PAN, original="R1")
        after = told(first, second, *lines, back)
        assert (after.units(first), after.units(second)) == ({"claimed": 2}, {"reversed": 1})

    def test_another_name_of_an_order_finds_it_too_and_its_own_finds_it_alone(self) -> None:
        first, second = (
            lost(1, on="2026-01-10", category="return_lost", goods=replace(ordered(part), also_orders=("C-1",)))
            for part in ("P-1", "P-2")
        )
        after = told(first, second, credit(2, "20.00", on="2026-03-20", order="P-2"))
        assert (after.units(first), after.units(second)) == ({"open": 1}, {"claimed": 1})
        after = told(first, second, credit(2, "20.00", on="2026-03-20", order="C-1"))
        assert (after.units(first), after.units(second)) == ({"claimed": 1}, {"claimed": 1})
        after = told(first, second, claim("7", on="2026-03-20", goods=ordered("C-1")))
        assert after.cases["7"].units_of_items == {first.item_id: 1, second.item_id: 1}

    @pytest.mark.parametrize("category", ["return_lost", "shipment_lost", "shipment_damaged", "removal_lost"])
    def test_one_that_names_none_settles_the_goods_oldest_first(self, category: str) -> None:
        part = shipped if category.startswith("shipment") else ordered
        events = [lost(2, on=f"2026-01-1{day}", category=category, goods=part(f"N-{day}")) for day in range(3)]
        other = lost(2, on="2026-01-09", category=category, goods=part("N-9", PAN))
        after = told(other, *reversed(events), paid(3, "30.00", on="2026-03-20", category=category))
        assert [after.units(event) for event in (*events, other)] == [
            {"claimed": 2},
            {"claimed": 1, "open": 1},
            {"open": 2},
            {"open": 2},
        ]

    @pytest.mark.parametrize("known", ["fnsku", "sku", "asin"])
    def test_it_finds_the_goods_by_any_name_that_both_have(self, known: str) -> None:
        event = lost(1, on="2026-01-10", category="shipment_lost", goods=replace(MUG, shipment_id="FBA1"))
        payment = paid(
            1, "10.00", on="2026-03-20", category="shipment_lost", goods=Goods("amazon", **{known: getattr(MUG, known)})
        )
        assert told(event, payment).units(event) == {"claimed": 1}

    def test_a_credit_named_reversal_is_told_by_its_sign_and_settles_the_order_it_names(self) -> None:
        event, other = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-09")
        after = told(event, other, credit(1, "43.29", on="2026-03-20", order="111-1"))
        assert (after.units(event), after.money(event)) == ({"claimed": 1}, ("43.29", "0"))
        assert after.units(other) == {"open": 1}


class TestTakenBack:
    """A clawback undoes its original; without one, what was paid for the order that it names."""

    def clawback(self, amount: str, *, order: str = "", units: int = -1, **more: str | None) -> Payment:
        goods = ordered(order) if order else MUG
        return paid(units, amount, on="2026-04-20", goods=goods, **{"category": "other", **more})  # type: ignore[arg-type]

    def test_by_its_original_whatever_its_name(self) -> None:
        event = not_returned("111-1", on="2026-01-10")
        payment = credit(1, "10.00", on="2026-03-20", order="111-1", name="R1")
        assert told(event, payment, self.clawback("-10.00", original="R1")).units(event) == {"reversed": 1}

    @pytest.mark.parametrize("category", ["other", None, "return_lost", "return_delayed"])
    def test_without_an_original_by_the_order(self, category: str | None) -> None:
        event, other = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-10")
        payments = (
            credit(1, "10.00", on="2026-03-20", order="111-1"),
            credit(1, "10.00", on="2026-03-21", order="111-2"),
        )
        after = told(event, other, *payments, self.clawback("-10.00", order="111-1", category=category))
        assert (after.units(event), after.units(other)) == ({"reversed": 1}, {"claimed": 1})
        assert after.money(event) == ("0.00", "10.00")

    def test_one_of_another_kind_leaves_what_was_paid_for_the_order_alone(self) -> None:
        event = not_returned("111-1", on="2026-01-10")
        payment = credit(1, "10.00", on="2026-03-20", order="111-1")
        fee = self.clawback("-1.00", order="111-1", category="fulfilment_fee_overcharge")
        after = told(event, payment, fee)
        assert (after.units(event), after.money(fee)) == ({"claimed": 1}, ("-1.00", "1.00"))

    def test_an_order_for_which_nothing_was_paid_gives_an_item_of_no_units(self) -> None:
        event, taken = not_returned("111-1", on="2026-01-10"), self.clawback("-10.00", order="111-2")
        after = told(event, credit(1, "10.00", on="2026-03-20", order="111-1"), taken)
        assert (after.units(event), after.money(taken)) == ({"claimed": 1}, ("-10.00", "10.00"))

    def test_without_an_original_and_an_order_it_takes_back_from_nothing(self) -> None:
        event, taken = lost(1, on="2026-01-10"), self.clawback("-10.00")
        after = told(event, paid(1, "10.00", on="2026-01-20"), taken)
        assert (after.units(event), after.money(taken)) == ({"claimed": 1}, ("-10.00", "10.00"))

    def test_a_clawback_with_a_positive_sign_is_paid(self) -> None:
        payment = self.clawback("10.00", units=1)
        assert told(payment).money(payment) == ("10.00", "0")


class TestCases:
    """A row of a case file that names an order or a shipment is about that one."""

    def test_it_covers_its_order_and_not_an_older_one(self) -> None:
        older, named = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-11")
        after = told(older, named, claim("7", on="2026-03-20", units=5, goods=ordered("111-2")))
        assert (after.units(older), after.units(named)) == ({"open": 1}, {"in_case": 1})

    def test_it_covers_its_shipment_and_not_an_older_one(self) -> None:
        older, named = (
            lost(2, on=f"2026-01-1{day}", category="shipment_lost", goods=replace(MUG, shipment_id=f"FBA{day}"))
            for day in range(2)
        )
        case = claim("7", on="2026-03-20", units=5, goods=Goods("amazon", shipment_id="FBA1"))
        after = told(older, named, case)
        assert (after.units(older), after.units(named)) == ({"open": 2}, {"in_case": 2})

    def test_one_that_names_the_goods_alone_covers_their_orders_oldest_first(self) -> None:
        older, newer = not_returned("111-1", on="2026-01-10"), not_returned("111-2", on="2026-01-11")
        after = told(newer, older, claim("7", on="2026-03-20", units=1, category="return_lost"))
        assert (after.units(older), after.units(newer)) == ({"in_case": 1}, {"open": 1})
