"""Replays an account's history by date: each payment, find and case meets the units open on its day.

A payment settles the units owed at that time, oldest first; later events can not change that. A join can not express
this: which units a row settles depends on all rows before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from core.settle.case_holds import end_case, hold_for_open_cases, open_case
from core.settle.facts import CaseEntry, Event, Facts, Find, Payment
from core.settle.lot import Lot
from core.settle.matching import by_marketplace, can_find, in_order
from core.settle.payments import pay
from core.settle.products import Products
from core.settle.replay_state import FindLeft, Outcome, ReplayState
from core.settle.returned_units import counted_once
from core.settle.reversals import reverse
from core.settle.surpluses import find_doubts
from core.settle.underpaid import flag_underpaid

EVENT, FIND, CASE_OPENED, REVERSAL, PAYMENT, REVERSAL_TODAY, CASE_ENDED = range(7)
"""Order within a day: reversals come before payments."""

FOUND_AGAIN = ("inventory_lost",)
"""The categories whose units can be found again."""

FOUND_BEFORE = timedelta(days=7)
"""How long before a loss is reported its units may have been found."""

Fact = Event | Find | CaseEntry | Payment


def replay(facts: Facts) -> Outcome:
    """Settle the facts of one account. Their order does not matter."""
    state = ReplayState()
    products = Products(facts.products)
    facts = _in_full(facts, products)
    counted_already = counted_once(facts.finds, facts.payments)
    for _, rank, fact in sorted(_timeline(facts), key=lambda step: (step[0], step[1], _tie(step[2]))):
        _happen(state, rank, fact, counted_already)
    for lot in state.outcome.lots:
        _cap(lot)
    find_doubts(state, facts, products)
    flag_underpaid(state.outcome, facts.costs)
    return state.outcome


def _in_full(facts: Facts, products: Products) -> Facts:
    """The facts, with complete names of the goods in cases, and with finds net of reversed finds."""
    cases = tuple(replace(entry, goods=products.in_full(entry.goods)) for entry in facts.cases)
    return replace(facts, cases=cases, finds=tuple(_net(facts.finds)))


def _net(finds: Iterable[Find]) -> Iterator[Find]:
    """The finds, net of reversals: a reversal reduces the latest find of the same goods first."""
    so_far: dict[tuple[str, str, str], list[list[int]]] = {}
    left: list[tuple[Find, list[int]]] = []
    for find in sorted(finds, key=lambda find: (find.found_on, -find.units, str(find.row_id))):
        earlier = so_far.setdefault(find.goods.product_names[0] if find.goods.product_names else ("", "", ""), [])
        if find.units > 0:
            earlier.append([find.units])
            left.append((find, earlier[-1]))
            continue
        back = -find.units
        for units in reversed(earlier):
            now = min(units[0], back)
            units[0] -= now
            back -= now
    return (replace(find, units=units[0]) for find, units in left if units[0])


def _timeline(facts: Facts) -> Iterator[tuple[date, int, Fact]]:
    for event in facts.events:
        yield event.since, EVENT, event
    for find in facts.finds:
        yield find.found_on, FIND, find
    for case in facts.cases:
        yield case.opened_on, CASE_OPENED, case
        if case.ends_on is not None:
            yield max(case.ends_on, case.opened_on), CASE_ENDED, case
    paid_on = _paid_on(facts)
    for payment in facts.payments:
        if payment.is_reversal:
            # a reversal never precedes its original, whatever the dates in the report
            original_on = paid_on.get(payment.original_reimbursement_id, payment.paid_on)
            day = max(payment.paid_on, original_on)
            yield day, REVERSAL if original_on < day else REVERSAL_TODAY, payment
        else:
            yield payment.paid_on, PAYMENT, payment


def _paid_on(facts: Facts) -> dict[str, date]:
    """The day of the last payment under each reimbursement id."""
    last: dict[str, date] = {}
    for payment in facts.payments:
        if not payment.is_reversal:
            name = payment.reimbursement_id
            last[name] = max(payment.paid_on, last.get(name, payment.paid_on))
    return last


def _tie(fact: Fact) -> str:
    """Tie-break within a day and kind: the row's name, which is the same in every database. Two events may share one
    row (an excessive refund of goods that were never returned): then the item's name.
    """
    return f"{fact.row_id} {fact.item_id}" if isinstance(fact, Event) else str(fact.row_id)


def _happen(state: ReplayState, rank: int, fact: Fact, counted_already: Mapping[UUID, int]) -> None:
    """Apply one fact."""
    if isinstance(fact, Event):
        _report(state, fact)
    elif isinstance(fact, Find):
        _find(state, fact, fact.units - counted_already.get(fact.row_id, 0))
    elif isinstance(fact, CaseEntry):
        (open_case if rank == CASE_OPENED else end_case)(state, fact)
    else:
        (pay if rank == PAYMENT else reverse)(state, fact)


def _report(state: ReplayState, event: Event) -> None:
    lot = state.open_lot(event)
    worthless = ["not_worth_claiming"] if event.unit_value is not None and event.unit_value <= 0 else []
    lot.doubts = [(reason, event.units) for reason in (*event.doubts, *worthless)]
    lot.prove("event", event.row_id, event.units)
    for row_id in event.made_by:
        lot.prove("event", row_id)
    for row_id in event.reduced_by:
        lot.prove("reduced", row_id)
    if event.value_row_id is not None:
        lot.prove("value", event.value_row_id)
    _settle_by_earlier_finds(state, lot, event)
    hold_for_open_cases(state, lot)


def _find(state: ReplayState, find: Find, units: int) -> None:
    for fitting in by_marketplace(state.index.lots(find.goods, FOUND_AGAIN), find):
        for lot, case, is_denied in in_order(fitting, find.found_on):
            taken = lot.take(units, case, denied=is_denied)
            if taken:
                lot.in_kind += taken
                lot.prove("found", find.row_id, taken)
                units -= taken
    if units > 0:
        state.finds_over.append(FindLeft(find, units))


def _settle_by_earlier_finds(state: ReplayState, lot: Lot, event: Event) -> None:
    """Settle units in kind that were found shortly before their loss was reported."""
    for left in state.finds_over:
        find = left.find
        is_near = event.since - find.found_on <= FOUND_BEFORE
        if left.units and is_near and can_find(find, event, lot.currency) and _is_same_product(find, event):
            taken = lot.take(left.units, None)
            left.units -= taken
            lot.in_kind += taken
            if taken:
                lot.prove("found", find.row_id, taken)


def _is_same_product(find: Find, event: Event) -> bool:
    return bool(set(find.goods.product_names) & set(event.goods.product_names)) and find.goods.is_same_as(event.goods)


def _cap(lot: Lot) -> None:
    """Limit open units to the marketplace's own unreconciled quantity: the surplus is settled in kind."""
    if lot.event is None or lot.event.most_open is None:
        return
    surplus = lot.open + lot.units_held - lot.event.most_open
    for case in (None, *lot.held):
        if surplus > 0:
            taken = lot.take(surplus, case)
            lot.in_kind += taken
            surplus -= taken
            lot.note = "Reconciled by Amazon"
