"""Opening and ending of a case: which units it holds, and which become denied."""

from collections import Counter
from datetime import timedelta

from core.claim_windows import APPEAL, window_for
from core.settle.facts import CaseEntry
from core.settle.lot import Lot
from core.settle.matching import Fit, fit_of
from core.settle.replay_state import OpenCase, ReplayState
from core.settle.splitting import Budget
from core.vocabulary.review_reasons import doubt

LAG = timedelta(days=7)
"""How long before its event a case about goods may be opened: the team files on the day that the portal shows, and the
ledger dates the event later (Amazon help G4FKT5KQWFFJ7LDN: 4 to 5 business days).
"""
LATE_APPEAL = "Appealed after the appeal window had closed"
SECOND_APPEAL = "Appealed once before: the denial is final"


def open_case(state: ReplayState, entry: CaseEntry) -> None:
    """Let a case hold matching units, oldest first, up to the number that it claims: units in no case whose window is
    open, then denied units (an appeal).
    """
    case = OpenCase(entry, Budget(entry))
    state.open_cases.put(case)
    lots = [lot for lot in state.index.lots_under(entry.goods.names) if fit_of(entry, lot) is Fit.SURE]
    lots.sort(key=lambda lot: (lot.origin.category != entry.category, lot.number))
    for lot in lots:
        if not lot.had_expired(entry.opened_on):
            _hold(state, lot, case, None)
    for lot in lots:
        _appeal(state, lot, case)
    for lot in lots:
        if lot.had_expired(entry.opened_on):  # filed late: it claims them anyway
            case.budget.spend(lot, min(lot.open, case.budget.units_of(lot)))


def hold_for_open_cases(state: ReplayState, lot: Lot) -> None:
    """Let open cases hold the units of an event that appears after they were opened.

    A case that names the order or shipment matches whenever it was opened; a case that names the goods, if it was
    opened shortly before. A denial for the order keeps its units out of Ready.
    """
    for case in state.open_cases.about(lot.origin.goods):
        entry = case.entry
        if fit_of(entry, lot) is not Fit.SURE:
            continue
        names_order = entry.goods.is_of_an_order
        if case.has_ended:
            if names_order:
                lot.doubt(doubt("case_denied", entry.case_id), case.budget.units_of(lot))
        elif lot.event is not None and (names_order or lot.event.since - entry.opened_on <= LAG):
            _hold(state, lot, case, None)


def end_case(state: ReplayState, entry: CaseEntry) -> None:
    """Mark the units that a case still holds as denied."""
    state.open_cases.all[entry].has_ended = True
    for lot in state.held_by.get(entry, ()):
        _deny(lot, entry)


def _appeal(state: ReplayState, lot: Lot, case: OpenCase) -> None:
    entry = case.entry
    for other in [held for held in lot.held if held is not entry and held.has_ended(entry.opened_on)]:
        _deny(lot, other)  # denied and appealed on one day
    for denial in list(lot.denied):
        if why := _why_not(state, denial, entry):
            state.outcome.notes.setdefault(entry, why)
            case.budget.spend(lot, min(lot.denied[denial], case.budget.units_of(lot)))
        else:
            _hold(state, lot, case, denial)
            state.appeals.add(entry)


def _why_not(state: ReplayState, denial: CaseEntry, entry: CaseEntry) -> str:
    """The reason why a denial can not be appealed by another case; empty where it can."""
    window = window_for(denial.marketplace, APPEAL, denial.ends_on) if denial.ends_on else None
    if window is None or denial.ends_on is None:
        return ""
    if denial in state.appeals:
        return SECOND_APPEAL
    until = window.deadline_on(denial.ends_on)
    return LATE_APPEAL if until is not None and entry.opened_on > until else ""


def _hold(state: ReplayState, lot: Lot, case: OpenCase, denial: CaseEntry | None) -> None:
    entry = case.entry
    taken = lot.take(case.budget.units_of(lot), denial, denied=denial is not None)
    if taken:
        lot.held[entry] = lot.held.get(entry, 0) + taken
        lot.last_case = entry.case_id
        lot.prove("case", entry.row_id, taken)
        case.budget.spend(lot, taken)
        state.held_by.setdefault(entry, []).append(lot)
        state.outcome.covered.setdefault(entry, Counter())[lot.item_id] += taken


def _deny(lot: Lot, entry: CaseEntry) -> None:
    units = lot.held.pop(entry, 0)
    if units:
        lot.denied[entry] = lot.denied.get(entry, 0) + units
