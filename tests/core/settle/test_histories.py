"""Whatever happens, in whatever order it is told: units and money stay whole."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.settle.case_holds import LAG
from core.settle.cases import cases_of
from core.settle.facts import CaseEntry, Cost, Event, Find, Hint, Product
from tests.core.settle.story import (
    CA,
    LAMP,
    MUG,
    PAN,
    UNKNOWN,
    US,
    WALMART,
    Fact,
    Told,
    cash,
    claim,
    costs,
    found,
    hint,
    lost,
    named_together,
    ordered,
    paid,
    told,
    units,
)

FIRST = date(2026, 1, 1)
STATUSES = {"open", "closed", "partially_reimbursed", "fully_reimbursed", "not_eligible"}

DAYS = st.integers(0, 70).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
MAYBE_A_DAY = st.none() | DAYS
AMOUNTS = st.integers(0, 4000).map(lambda cents: str(Decimal(cents).scaleb(-2)))
PLACES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"goods": MUG, "marketplace": US},
        {"goods": MUG, "marketplace": CA},
        {"goods": MUG, "marketplace": UNKNOWN, "currency": "USD"},
        {"goods": PAN, "marketplace": US},
        {"goods": ordered("111-1"), "marketplace": US},
        {"goods": ordered("111-2"), "marketplace": US},
        {"goods": LAMP, "marketplace": WALMART},
    ]
)
LOST, FEE, REFUND = "inventory_lost", "fulfilment_fee_overcharge", "refunded_more"
CATEGORIES = st.sampled_from([LOST, LOST, "inventory_damaged", "return_lost", FEE, REFUND])
CASES = st.sampled_from(["", "", "7", "8"])


@st.composite
def events(draw: st.DrawFn) -> Fact:
    place = draw(PLACES)
    if place["marketplace"] == UNKNOWN:
        place = place | {"currency": draw(st.sampled_from(["USD", "", "CAD"]))}
    on = draw(DAYS)
    window = draw(st.none() | st.integers(0, 40))
    return lost(
        draw(st.integers(1, 5)),
        on=on,
        category=draw(CATEGORIES),
        value=draw(st.none() | AMOUNTS),
        deadline=None if window is None else (date.fromisoformat(on) + timedelta(days=window)).isoformat(),
        most_open=draw(st.none() | st.integers(0, 4)),
        **place,
    )


@st.composite
def payments(draw: st.DrawFn) -> Fact:
    category: str | None = draw(st.none() | CATEGORIES | st.sampled_from(["shipment_lost", "other"]))
    place = draw(PLACES)
    return paid(
        draw(st.integers(0, 4)),
        draw(AMOUNTS),
        on=draw(DAYS),
        inventory=draw(st.integers(0, 2)),
        case=draw(CASES),
        name=draw(st.sampled_from(["R1", "R2", ""])),
        category=category,
        also=(REFUND,) if category == "return_lost" else (),
        counted=place["marketplace"] != WALMART or draw(st.booleans()),
        **place,
    )


@st.composite
def top_ups(draw: st.DrawFn) -> Fact:
    """More money for what was paid before: by its name, or as a new evaluation of the goods."""
    original = draw(st.sampled_from(["R1", "R2", "gone", ""]))
    return paid(
        draw(st.integers(0, 2)),
        draw(AMOUNTS),
        on=draw(DAYS),
        original=original,
        reason="" if original else "RE_EVALUATION",
        category="other",
        **draw(PLACES),
    )


@st.composite
def unreported_cash(draw: st.DrawFn) -> Fact:
    return cash(draw(AMOUNTS), on=draw(DAYS), goods=draw(st.sampled_from([MUG, PAN, ordered("111-1")])))


@st.composite
def hints(draw: st.DrawFn) -> Fact:
    return hint(draw(st.integers(1, 3)), on=draw(DAYS), goods=draw(st.sampled_from([MUG, PAN])))


@st.composite
def products(draw: st.DrawFn) -> Fact:
    """Reports name the goods together, as one product."""
    return named_together(MUG.sku, draw(st.sampled_from([MUG, PAN])))


@st.composite
def sourcing(draw: st.DrawFn) -> Fact:
    return costs(draw(AMOUNTS), since=draw(DAYS), marketplace=draw(st.sampled_from(["", US, CA])))


@st.composite
def reversals(draw: st.DrawFn) -> Fact:
    return paid(
        -draw(st.integers(0, 4)),
        f"-{draw(AMOUNTS)}",
        on=draw(DAYS),
        inventory=draw(st.integers(-2, 2)),
        case=draw(CASES),
        original=draw(st.sampled_from(["R1", "R2", "gone", ""])),
        category=draw(CATEGORIES),
        found_inventory=draw(st.booleans()),
        **draw(PLACES),
    )


@st.composite
def finds(draw: st.DrawFn) -> Fact:
    place = {name: value for name, value in draw(PLACES).items() if name != "currency"}
    return found(draw(st.integers(-2, 4).filter(bool)), on=draw(DAYS), transfer=draw(st.booleans()), **place)


@st.composite
def claims(draw: st.DrawFn) -> Fact:
    place = {name: value for name, value in draw(PLACES).items() if name != "currency"}
    if place["marketplace"] == UNKNOWN:
        place["marketplace"] = US
    return claim(
        draw(st.sampled_from(["7", "8", "9"])),
        on=draw(DAYS),
        units=draw(st.none() | st.integers(0, 5)),
        amount=draw(st.none() | AMOUNTS),
        decision=draw(st.sampled_from(["", "", "approved", "partially_approved", "denied"])),
        decided=draw(MAYBE_A_DAY),
        closed=draw(MAYBE_A_DAY),
        **place,
    )


FACTS = st.one_of(
    events(), payments(), reversals(), finds(), claims(), sourcing(), top_ups(), unreported_cash(), hints(), products()
)
HISTORIES = st.lists(events() | FACTS, max_size=16)


@given(history=HISTORIES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_units_and_money_are_whole_after_each_step(history: list[Fact]) -> None:
    in_time = sorted(history, key=_day)
    for steps in range(len(in_time) + 1):
        after = told(*in_time[:steps])
        every_unit_is_in_one_place(after)
        what_is_claimed_is_what_was_paid(after)
        no_rule_of_settling_is_broken(after)
        cases_are_whole(after)


@given(history=HISTORIES, data=st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_order_in_which_facts_are_told_does_not_matter(history: list[Fact], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(history))
    assert summary(told(*shuffled)) == summary(told(*history))


def every_unit_is_in_one_place(after: Told) -> None:
    for lot in after.outcome.lots:
        places = units(lot)
        assert sum(places.values()) == lot.units
        assert min(places.values(), default=0) >= 0
        assert lot.units_doubtful <= lot.open
        assert lot.units_underpaid <= lot.claimed
    happened = sum(event.units for event in after.facts.events)
    assert happened == sum(lot.units for lot in after.outcome.lots if lot.event)


def what_is_claimed_is_what_was_paid(after: Told) -> None:
    paid_in: Counter[str] = Counter()
    claimed_in: Counter[str] = Counter()
    for payment in after.facts.payments:
        paid_in[payment.currency] += payment.amount  # type: ignore[assignment]
    for lot in after.outcome.lots:
        if lot.claimed_amount:
            claimed_in[lot.currency] += lot.claimed_amount  # type: ignore[assignment]
            assert lot.currency
    assert {currency: amount for currency, amount in paid_in.items() if amount} == {
        currency: amount for currency, amount in claimed_in.items() if amount
    }


def no_rule_of_settling_is_broken(after: Told) -> None:
    for part in after.outcome.parts:
        assert part.units >= 0
        event = part.lot.event
        if event is not None:
            assert event.since <= part.payment.paid_on
            assert part.lot.currency == part.payment.currency
            assert event.goods.channel == part.payment.goods.channel
    for payment in after.facts.payments:
        settled = [part for part in after.outcome.parts if part.payment is payment and not part.lot.is_of_money]
        is_told = payment.is_counted and payment.goods.channel != "walmart"  # whose number the amount may correct
        stated = max(payment.units_cash, 0) + max(payment.units_inventory, 0)
        assert sum(part.units for part in settled) <= stated or not is_told
    for lot in after.outcome.lots:
        assert lot.rest >= 0
        if lot.rest:
            assert lot.is_of_money
            assert lot.claimed + lot.reversed + lot.in_kind > 0


@given(history=st.lists(events() | payments() | claims(), max_size=14))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_where_an_amount_is_owed_it_is_paid_or_kept_as_a_rest(history: list[Fact]) -> None:
    for lot in told(*history).outcome.lots:
        if lot.event and lot.is_of_money and lot.unit_value:
            assert lot.claimed_amount + lot.rest == lot.claimed * lot.unit_value
            assert lot.detected == (lot.units - lot.in_kind) * lot.unit_value


def cases_are_whole(after: Told) -> None:
    cases = cases_of(after.facts, after.outcome)
    assert len({(case.marketplace, case.case_id) for case in cases}) == len(cases)
    assert {case.status for case in cases} <= STATUSES
    whole = {lot.item_id: lot.units for lot in after.outcome.lots}
    for entry in after.facts.cases:
        covered = after.outcome.covered.get(entry, Counter())
        if entry.claimed_units is not None:
            assert covered.total() <= entry.claimed_units
        assert all(units <= whole[item_id] for item_id, units in covered.items())
    for lot in after.outcome.lots:
        for entry in (*lot.held, *lot.denied):
            assert lot.event is not None
            assert entry.goods.is_of_an_order or lot.event.since <= entry.opened_on + LAG


def summary(after: Told) -> object:
    lots = {
        lot.item_id: (
            units(lot),
            (lot.claimed_amount, lot.reversed_amount, lot.rest, lot.currency),
            (lot.units_underpaid, lot.underpaid, lot.re_evaluation_until),
            (lot.doubts, lot.last_case, lot.note),
        )
        for lot in after.outcome.lots
    }
    evidence = {lot.item_id: dict(lot.evidence) for lot in after.outcome.lots}
    return lots, evidence, {(case.marketplace, case.case_id): case for case in cases_of(after.facts, after.outcome)}


def _day(fact: Fact) -> date:
    if isinstance(fact, Event):
        return fact.since
    if isinstance(fact, Find):
        return fact.found_on
    if isinstance(fact, Cost):
        return fact.valid_from
    if isinstance(fact, Hint):
        return fact.happened_on
    if isinstance(fact, Product):
        return FIRST
    return fact.opened_on if isinstance(fact, CaseEntry) else fact.paid_on


def test_two_events_of_one_row_are_settled_alike_whatever_their_order() -> None:
    """A refund may make two items: goods that never came back, and money above the charge."""
    first = lost(1, on="2026-01-10", category="return_lost", goods=LAMP, marketplace=WALMART)
    second = replace(
        lost(1, on="2026-01-10", category="return_delayed", goods=LAMP, marketplace=WALMART), row_id=first.row_id
    )
    payment = paid(1, "8.00", on="2026-01-20", goods=LAMP, marketplace=WALMART, category=None)
    one, other = told(first, second, payment), told(second, first, payment)
    assert [one.units(event) for event in (first, second)] == [other.units(event) for event in (first, second)]


def test_cash_doubts_the_same_units_whatever_its_order() -> None:
    facts: list[Fact] = [
        lost(1, on="2026-01-10"),
        lost(1, on="2026-01-10", value="8.00"),
        cash("0.01", on="2026-01-12", goods=MUG),
        cash("0.02", on="2026-01-11", goods=MUG),
        hint(1, on="2026-01-13", goods=MUG),
        hint(2, on="2026-01-10", goods=MUG),
    ]
    assert summary(told(*facts)) == summary(told(*reversed(facts)))
