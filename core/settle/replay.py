"""Replays an account's history in the order of its dates, so that each payment, find and case meets the units open on
its day.

A payment settles what was owed then, oldest first; what happens later can not change that. This is why it is a replay
and not a join: which units a row settles depends on all rows before it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from core.settle.books import Books, Outcome
from core.settle.claiming import end_case, open_case
from core.settle.facts import CaseEntry, Event, Facts, Find, Payment
from core.settle.fitting import by_marketplace, in_order
from core.settle.lot import Lot
from core.settle.paying import pay
from core.settle.returned_units import counted_once
from core.settle.taking_back import take_back
from core.settle.underpaid import flag_underpaid

EVENT, FIND, CASE_OPENED, PAYMENT, TAKING_BACK, CASE_ENDED = range(6)
"""What comes first within a day."""

FOUND_AGAIN = ("inventory_lost",)
"""The categories whose units turn up again."""

Fact = Event | Find | CaseEntry | Payment


def replay(facts: Facts) -> Outcome:
    """Settle the facts of one account. The order in which they are given does not matter."""
    books = Books()
    counted_already = counted_once(facts.finds, facts.payments)
    for _, rank, fact in sorted(_timeline(facts), key=lambda step: (step[0], step[1], _tie(step[2]))):
        _happen(books, rank, fact, counted_already)
    for lot in books.outcome.lots:
        _cap(lot)
    flag_underpaid(books.outcome, facts.costs)
    return books.outcome


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
        if payment.takes_back:
            # never before what it takes back, whatever the dates in the report say
            original_on = paid_on.get(payment.original_reimbursement_id, payment.paid_on)
            yield max(payment.paid_on, original_on), TAKING_BACK, payment
        else:
            yield payment.paid_on, PAYMENT, payment


def _paid_on(facts: Facts) -> dict[str, date]:
    """The last day on which something was paid under each reimbursement id."""
    last: dict[str, date] = {}
    for payment in facts.payments:
        if not payment.takes_back:
            name = payment.reimbursement_id
            last[name] = max(payment.paid_on, last.get(name, payment.paid_on))
    return last


def _tie(fact: Fact) -> str:
    """Within a day and kind: by the row's own name, which is the same in every database. Two events may stand on one
    row (a refund of too much for goods that never came back): then by the item's.
    """
    return f"{fact.row_id} {fact.item_id}" if isinstance(fact, Event) else str(fact.row_id)


def _happen(books: Books, rank: int, fact: Fact, counted_already: Mapping[UUID, int]) -> None:
    """Let one fact happen."""
    if isinstance(fact, Event):
        _report(books, fact)
    elif isinstance(fact, Find):
        _find(books, fact, fact.units - counted_already.get(fact.row_id, 0))
    elif isinstance(fact, CaseEntry):
        (open_case if rank == CASE_OPENED else end_case)(books, fact)
    else:
        (pay if rank == PAYMENT else take_back)(books, fact)


def _report(books: Books, event: Event) -> None:
    lot = books.open_lot(event)
    lot.suspected = books.early.suspect(event)
    lot.prove("event", event.row_id, event.units)
    for row_id in event.made_by:
        lot.prove("event", row_id)
    for row_id in event.reduced_by:
        lot.prove("reduced", row_id)
    if event.value_row_id is not None:
        lot.prove("value", event.value_row_id)


def _find(books: Books, find: Find, units: int) -> None:
    for fitting in by_marketplace(books.shelf.lots(find.goods, FOUND_AGAIN), find):
        for lot, case, is_denied in in_order(fitting, find.found_on):
            taken = lot.take(units, case, denied=is_denied)
            if taken:
                lot.in_kind += taken
                lot.prove("found", find.row_id, taken)
                units -= taken


def _cap(lot: Lot) -> None:
    """No more units stay open than the marketplace itself calls unreconciled: the surplus is settled in kind."""
    if lot.event is None or lot.event.most_open is None:
        return
    surplus = lot.open + lot.units_held - lot.event.most_open
    for case in (None, *lot.held):
        if surplus > 0:
            taken = lot.take(surplus, case)
            lot.in_kind += taken
            surplus -= taken
            lot.note = "Reconciled by Amazon"
