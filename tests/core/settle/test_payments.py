"""Payments are matched to what was owed by quantity: by goods, marketplace, time and case, oldest first."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.settle.facts import Goods
from tests.core.settle.story import CA, DE, FR, LAMP, MUG, PAN, UNKNOWN, US, WALMART, claim, lost, paid, told


def test_the_oldest_units_are_paid_first() -> None:
    older, newer = lost(3, on="2026-01-10"), lost(3, on="2026-01-11")
    after = told(newer, older, paid(4, "40.00", on="2026-01-20"))
    assert after.units(older) == {"claimed": 3}
    assert after.units(newer) == {"claimed": 1, "open": 2}


def test_cash_and_inventory_units_together_settle_a_loss_and_only_cash_is_money() -> None:
    loss = lost(5, on="2026-01-10")
    after = told(loss, paid(2, "24.00", inventory=3, on="2026-01-20"))
    assert after.units(loss) == {"claimed": 2, "in_kind": 3}
    assert after.money(loss) == ("24.00", "0")


def test_one_payment_may_settle_several_events_and_several_payments_one() -> None:
    first, second = lost(2, on="2026-01-10"), lost(4, on="2026-01-12")
    after = told(first, second, paid(3, "30.00", on="2026-01-15"), paid(3, "33.00", on="2026-01-16"))
    assert after.units(first) == {"claimed": 2}
    assert after.units(second) == {"claimed": 4}
    assert after.money(first) == ("20.00", "0")
    assert after.money(second) == ("43.00", "0")


def test_a_payment_never_settles_what_happened_after_it() -> None:
    loss, payment = lost(1, on="2026-01-20"), paid(1, "10.00", on="2026-01-10")
    after = told(loss, payment)
    assert after.units(loss) == {"open": 1}
    assert after.units(payment) == {"claimed": 1}


def test_a_payment_of_the_same_day_settles_the_event() -> None:
    loss = lost(1, on="2026-01-10")
    assert told(paid(1, "10.00", on="2026-01-10"), loss).units(loss) == {"claimed": 1}


def test_what_is_paid_beyond_the_units_owed_is_an_item_of_its_own() -> None:
    loss, payment = lost(2, on="2026-01-10"), paid(5, "10.00", on="2026-01-20")
    after = told(loss, payment)
    assert after.units(loss) == {"claimed": 2}
    assert after.units(payment) == {"claimed": 3}
    assert after.lot(payment).note == "Paid without a matching event"
    assert after.money(loss) == ("4.00", "0")
    assert after.money(payment) == ("6.00", "0")


def test_a_payment_without_units_is_an_item_of_its_own_without_units() -> None:
    loss, payment = lost(2, on="2026-01-10"), paid(0, "12.50", on="2026-01-20")
    after = told(loss, payment)
    assert after.units(loss) == {"open": 2}
    assert after.units(payment) == {}
    assert after.money(payment) == ("12.50", "0")


@pytest.mark.parametrize(
    ("amount", "currency", "marketplace", "shares"),
    [
        ("10.00", "USD", US, ["3.33", "3.34", "3.33"]),
        ("0.02", "USD", US, ["0.01", "0.00", "0.01"]),
        ("100", "JPY", "AMAZON_JP", ["33", "34", "33"]),
    ],
)
def test_an_amount_that_does_not_divide_is_spread_to_its_last_digit(
    amount: str, currency: str, marketplace: str, shares: list[str]
) -> None:
    losses = [lost(1, on=f"2026-01-1{day}", marketplace=marketplace) for day in range(3)]
    after = told(*losses, paid(3, amount, on="2026-01-20", marketplace=marketplace))
    assert [after.lot(loss).claimed_amount for loss in losses] == [Decimal(share) for share in shares]
    assert sum(after.lot(loss).claimed_amount for loss in losses) == Decimal(amount)


@pytest.mark.parametrize(
    "other",
    [
        {"goods": PAN},
        {"category": "inventory_damaged"},
        {"category": None},
        {"marketplace": CA},
        {"goods": LAMP, "marketplace": WALMART},
    ],
    ids=["goods", "category", "unknown reason", "marketplace", "channel"],
)
def test_a_payment_of_another_kind_settles_nothing(other: dict[str, str]) -> None:
    loss, payment = lost(1, on="2026-01-10"), paid(1, "10.00", on="2026-01-20", **other)  # type: ignore[arg-type]
    after = told(loss, payment)
    assert after.units(loss) == {"open": 1}
    assert after.units(payment) == {"claimed": 1}


def test_a_dispute_of_walmart_does_not_say_for_what_it_pays() -> None:
    loss = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART, category="inventory_damaged")
    dispute = paid(1, "8.00", on="2026-01-20", goods=LAMP, marketplace=WALMART, category=None)
    assert told(loss, dispute).units(loss) == {"claimed": 1}


class TestGoods:
    """Rows of different reports name the same goods by different names."""

    @pytest.mark.parametrize(
        "named",
        [Goods("amazon", fnsku=MUG.fnsku), Goods("amazon", sku=MUG.sku), Goods("amazon", asin=MUG.asin)],
        ids=["fnsku", "sku", "asin"],
    )
    def test_one_name_is_enough(self, named: Goods) -> None:
        loss = lost(1, on="2026-01-10")
        assert told(loss, paid(1, "10.00", on="2026-01-20", goods=named)).units(loss) == {"claimed": 1}

    def test_the_surest_name_decides(self) -> None:
        new, used = lost(1, on="2026-01-10", goods=replace(MUG, fnsku="X0USED")), lost(1, on="2026-01-11")
        after = told(new, used, paid(1, "10.00", on="2026-01-20"))
        assert after.units(new) == {"open": 1}
        assert after.units(used) == {"claimed": 1}

    def test_what_is_paid_beyond_the_units_of_one_fnsku_is_not_for_another_of_its_asin(self) -> None:
        used, new = (
            lost(1, on="2026-01-10", goods=replace(MUG, sku="MUG-USED", fnsku="X0USED")),
            lost(1, on="2026-01-11"),
        )
        payment = paid(2, "20.00", on="2026-01-20")
        after = told(used, new, payment)
        assert after.units(used) == {"open": 1}
        assert after.units(payment) == {"claimed": 1}

    def test_what_is_paid_for_a_sibling_of_its_asin_settles_nothing_and_may_be_for_it(self) -> None:
        loss = lost(1, on="2026-01-10")
        sibling = replace(MUG, sku="MUG-USED", fnsku="X0USED")
        payment = paid(1, "10.00", on="2026-01-20", goods=sibling)
        after = told(loss, payment)
        assert after.units(payment) == {"claimed": 1}
        assert after.units(loss) == {"open": 1}
        assert after.lot(loss).units_doubtful == 1

    def test_a_less_sure_name_serves_where_no_event_has_the_surest(self) -> None:
        loss = lost(1, on="2026-01-10")
        relabelled = replace(MUG, fnsku="X0NEWLABEL")
        assert told(loss, paid(1, "10.00", on="2026-01-20", goods=relabelled)).units(loss) == {"claimed": 1}


class TestMarketplaces:
    """A payment settles its own marketplace's events, then unassigned ones of its currency."""

    def test_the_own_marketplace_comes_before_an_older_unassigned_event(self) -> None:
        unassigned = lost(1, on="2026-01-10", marketplace=UNKNOWN, currency="EUR")
        own, other = lost(1, on="2026-01-12", marketplace=DE), lost(1, on="2026-01-09", marketplace=FR)
        after = told(unassigned, own, other, paid(1, "10.00", on="2026-01-20", marketplace=DE))
        assert after.units(own) == {"claimed": 1}
        assert after.units(unassigned) == {"open": 1}
        assert after.units(other) == {"open": 1}

    def test_then_come_unassigned_events_of_its_currency(self) -> None:
        euro = lost(1, on="2026-01-12", marketplace=UNKNOWN, currency="EUR")
        pound = lost(1, on="2026-01-10", marketplace=UNKNOWN, currency="GBP")
        after = told(euro, pound, paid(2, "20.00", on="2026-01-20", marketplace=DE))
        assert after.units(euro) == {"claimed": 1}
        assert after.units(pound) == {"open": 1}

    def test_a_payment_without_a_marketplace_settles_any_of_its_currency_oldest_first(self) -> None:
        french, german = lost(1, on="2026-01-10", marketplace=FR), lost(1, on="2026-01-11", marketplace=DE)
        american = lost(1, on="2026-01-09", marketplace=US)
        payment = paid(1, "10.00", on="2026-01-20", marketplace=UNKNOWN, currency="EUR")
        after = told(german, french, american, payment)
        assert after.units(french) == {"claimed": 1}
        assert after.units(german) == {"open": 1}
        assert after.units(american) == {"open": 1}

    def test_a_payment_tells_the_currency_of_an_event_that_could_be_of_several(self) -> None:
        loss = lost(2, on="2026-01-10", marketplace=UNKNOWN, currency="", value=None)
        later = paid(1, "9.00", on="2026-01-22", marketplace=CA)
        after = told(loss, paid(1, "10.00", on="2026-01-20", marketplace=US), later)
        assert after.lot(loss).currency == "USD"
        assert after.money(loss) == ("10.00", "0")
        assert after.units(later) == {"claimed": 1}


class TestCases:
    """Units that no case holds come first, unless the payment names the case."""

    def test_a_payment_that_names_a_case_settles_its_units_first(self) -> None:
        older, newer, free = lost(1, on="2026-01-10"), lost(1, on="2026-01-11"), lost(1, on="2026-01-15")
        cases = claim("6", on="2026-01-12", units=1), claim("7", on="2026-01-13", units=1)
        after = told(older, newer, free, *cases, paid(1, "10.00", case="7", on="2026-01-20"))
        assert after.units(newer) == {"claimed": 1}
        assert after.units(older) == {"in_case": 1}
        assert after.units(free) == {"open": 1}

    def test_it_settles_the_units_that_its_case_was_denied_as_well(self) -> None:
        denied, free = lost(2, on="2026-01-10"), lost(2, on="2026-01-15")
        case = claim("7", on="2026-01-12", units=2, decision="denied", decided="2026-01-14")
        after = told(denied, free, case, paid(2, "20.00", case="7", on="2026-01-20"))
        assert after.units(denied) == {"claimed": 2}
        assert after.units(free) == {"open": 2}

    def test_what_is_left_of_it_goes_the_way_of_any_other(self) -> None:
        held, free = lost(1, on="2026-01-10"), lost(1, on="2026-01-15")
        after = told(held, free, claim("7", on="2026-01-12", units=1), paid(3, "30.00", case="7", on="2026-01-20"))
        assert after.units(held) == {"claimed": 1}
        assert after.units(free) == {"claimed": 1}
        assert [lot.claimed for lot in after.unmatched] == [1]

    def test_any_other_settles_free_units_then_those_in_a_case_then_those_expired_or_denied(self) -> None:
        expired = lost(1, on="2026-01-01", deadline="2026-01-31")
        denied, held = lost(1, on="2026-01-02"), lost(1, on="2026-01-03")
        free = lost(1, on="2026-01-31")
        story = (
            expired,
            denied,
            held,
            free,
            claim("6", on="2026-01-02", units=2, decision="denied", decided="2026-01-05"),
            claim("7", on="2026-01-03", units=1),
        )
        stages = []
        for number in range(5):
            after = told(*story, paid(number, f"{number}0.00", on="2026-02-10"))
            stages.append(
                [
                    name
                    for name, lot in zip("EDHF", (expired, denied, held, free), strict=True)
                    if after.lot(lot).claimed
                ]
            )
        assert stages == [[], ["F"], ["H", "F"], ["E", "H", "F"], ["E", "D", "H", "F"]]

    def test_a_payment_on_the_last_day_of_the_window_finds_the_units_in_time(self) -> None:
        last_day, next_day = lost(1, on="2026-01-02", deadline="2026-02-10"), lost(1, on="2026-01-03")
        after = told(last_day, next_day, paid(1, "10.00", on="2026-02-10"))
        assert after.units(last_day) == {"claimed": 1}
        after = told(last_day, next_day, paid(1, "10.00", on="2026-02-11"))
        assert after.units(next_day) == {"claimed": 1}

    def test_a_case_of_another_currency_is_not_paid_by_a_row_that_names_its_number(self) -> None:
        loss, payment = lost(1, on="2026-01-10", marketplace=CA), paid(1, "10.00", case="7", on="2026-01-20")
        after = told(loss, claim("7", on="2026-01-12", units=1, marketplace=CA), payment)
        assert after.units(loss) == {"in_case": 1}
        assert after.units(payment) == {"claimed": 1}


class TestPaidShortlyBefore:
    """Reports lag: an unmatched payment shortly before an event may be for it."""

    @pytest.mark.parametrize(("paid_on", "doubtful"), [("2026-01-19", 2), ("2026-01-13", 2), ("2026-01-12", 0)])
    def test_up_to_seven_days_before_puts_as_many_units_into_review(self, paid_on: str, doubtful: int) -> None:
        loss = lost(3, on="2026-01-20")
        after = told(loss, paid(2, "20.00", on=paid_on))
        assert after.units(loss) == {"open": 3}
        assert after.lot(loss).units_doubtful == doubtful

    def test_only_what_is_left_of_the_payment_is_suspected_and_only_once(self) -> None:
        earlier, first, second = lost(1, on="2026-01-10"), lost(1, on="2026-01-14"), lost(2, on="2026-01-15")
        after = told(earlier, first, second, paid(3, "30.00", on="2026-01-12"))
        assert [after.lot(loss).units_doubtful for loss in (earlier, first, second)] == [0, 1, 1]

    def test_a_payment_for_other_goods_or_another_region_is_no_reason_for_review(self) -> None:
        loss = lost(1, on="2026-01-14")
        for other in (paid(1, "10.00", on="2026-01-12", goods=PAN), paid(1, "10.00", on="2026-01-12", marketplace=DE)):
            assert told(loss, other).lot(loss).units_doubtful == 0

    def test_a_payment_in_a_sister_marketplace_of_the_region_may_be_for_it(self) -> None:
        loss = lost(1, on="2026-01-14")
        assert told(loss, paid(1, "10.00", on="2026-01-20", marketplace=CA)).lot(loss).units_doubtful == 1
