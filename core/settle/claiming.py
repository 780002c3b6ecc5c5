"""What the opening and the end of a case do to units."""

from collections import Counter

from core.settle.amounts import Budget
from core.settle.books import Books
from core.settle.facts import CaseEntry
from core.settle.fitting import fits
from core.settle.lot import Lot


def open_case(books: Books, entry: CaseEntry) -> None:
    """Let a case hold the units that fit it, in no case and in time, oldest first, as many as it claims; then those
    that were denied (an appeal).
    """
    lots = [lot for lot in books.shelf.lots(entry.goods) if fits(entry, lot)]
    budget = Budget(entry)
    for lot in lots:
        if not lot.had_expired(entry.opened_on):
            _hold(books, lot, entry, None, budget)
    for lot in lots:
        for other in [held for held in lot.held if held is not entry and held.has_ended(entry.opened_on)]:
            _deny(lot, other)  # denied and appealed on one day
        for denial in list(lot.denied):
            _hold(books, lot, entry, denial, budget)


def end_case(books: Books, entry: CaseEntry) -> None:
    """Let the units that a case still holds count as denied."""
    for lot in books.held_by.get(entry, ()):
        _deny(lot, entry)


def _hold(books: Books, lot: Lot, entry: CaseEntry, denial: CaseEntry | None, budget: Budget) -> None:
    taken = lot.take(budget.units_of(lot), denial, denied=denial is not None)
    if taken:
        lot.held[entry] = lot.held.get(entry, 0) + taken
        lot.last_case = entry.case_id
        lot.prove("case", entry.row_id, taken)
        budget.spend(lot, taken)
        books.held_by.setdefault(entry, []).append(lot)
        books.outcome.covered.setdefault(entry, Counter())[lot.item_id] += taken


def _deny(lot: Lot, entry: CaseEntry) -> None:
    units = lot.held.pop(entry, 0)
    if units:
        lot.denied[entry] = lot.denied.get(entry, 0) + units
