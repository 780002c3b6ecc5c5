"""What became of each case: how much it recovered, and the status that follows from it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from core.settle.facts import CaseEntry, Facts
from core.settle.lot import Part
from core.settle.replay import Replay

Number = TypeVar("Number", int, Decimal)


@dataclass
class Case:
    """One case, from the case files or known only from payments that name it (`filed_elsewhere`)."""

    marketplace: str
    case_id: str
    channel: str
    category: str
    origin: str
    status: str
    stage: str
    outcome: str
    opened_on: date | None
    decided_on: date | None
    closed_on: date | None
    claimed_units: int | None
    claimed_amount: Decimal | None
    recovered_units: int
    recovered_amount: Decimal
    currency: str
    note: str
    units_of_items: dict[UUID, int] = field(default_factory=dict)


def cases_of(facts: Facts, outcome: Replay) -> list[Case]:
    """All cases of an account: those of its case files, and those that only payments name."""
    found = _Index(outcome)
    named: dict[tuple[str, str], list[CaseEntry]] = {}
    for entry in facts.cases:
        named.setdefault(entry.key, []).append(entry)
    filed = [_filed(entries, found) for entries in named.values()]
    known = {case.case_id for case in filed}
    elsewhere: dict[tuple[str, str], list[Part]] = {}
    for case_id, parts in found.parts_naming.items():
        for part in parts if case_id not in known else ():
            elsewhere.setdefault((part.payment.marketplace, case_id), []).append(part)
    return filed + [_filed_elsewhere(parts) for parts in elsewhere.values()]


class _Index:
    """The outcome by case: what names it, what settled its units, and the units that it still has."""

    def __init__(self, outcome: Replay) -> None:
        self.paid = outcome.paid_for_case
        self.parts_naming: dict[str, list[Part]] = {}
        self.units: dict[CaseEntry, Counter[UUID]] = {}
        for part in outcome.parts:
            if part.payment.case_id:
                self.parts_naming.setdefault(part.payment.case_id, []).append(part)
        for lot in outcome.lots:
            for entry, units in (*lot.held.items(), *lot.denied.items()):
                self.units.setdefault(entry, Counter())[lot.item_id] += units
        for entry, parts in outcome.paid_for_case.items():
            for part in parts:
                self.units.setdefault(entry, Counter())[part.lot.item_id] += part.units


def status_of(*, outcome: str, is_closed: bool, recovered: Decimal | int, claimed: Decimal | int | None) -> str:
    """The status by what was recovered of what was claimed (both in units, or both in money; None: not known).

    Nothing and undecided: open; some: partially; all: fully; refused: not eligible; ended without a stated outcome:
    closed.
    """
    if recovered > 0:
        is_full = claimed is None or recovered >= claimed
        return "fully_reimbursed" if is_full else "partially_reimbursed"
    if outcome == "denied":
        return "not_eligible"
    return "closed" if is_closed else "open"


def _filed(entries: Sequence[CaseEntry], found: _Index) -> Case:
    first = entries[0]
    parts = _parts_of_case(entries, found)
    recovered_units = sum(part.units for part in parts)
    recovered_amount = sum((part.amount for part in parts), Decimal(0))
    claimed_units = _sum_or_none(entry.claimed_units for entry in entries)
    claimed_amount = _sum_or_none(entry.claimed_amount for entry in entries)
    decision = _decision(entries)
    is_closed = all(entry.closed_on is not None for entry in entries) or decision == "denied"
    by_units = claimed_units is not None
    return Case(
        marketplace=first.marketplace,
        case_id=first.case_id,
        channel=first.goods.channel,
        category=first.category if len({entry.category for entry in entries}) == 1 else "",
        origin="case_file",
        status=status_of(
            outcome=decision,
            is_closed=is_closed,
            recovered=recovered_units if by_units else recovered_amount,
            claimed=claimed_units if by_units else claimed_amount,
        ),
        stage="closed" if is_closed else "open",
        outcome=decision,
        opened_on=min(entry.opened_on for entry in entries),
        decided_on=max((entry.decided_on for entry in entries if entry.decided_on), default=None),
        closed_on=max((entry.closed_on for entry in entries if entry.closed_on), default=None) if is_closed else None,
        claimed_units=claimed_units,
        claimed_amount=claimed_amount,
        recovered_units=recovered_units,
        recovered_amount=recovered_amount,
        currency=first.currency,
        note=_note(entries, found),
        units_of_items=_units_of_items(entries, found),
    )


def _filed_elsewhere(parts: Sequence[Part]) -> Case:
    """A case that no file names: what it claimed is not known beyond what it was paid, before anything was taken
    back.
    """
    payment = parts[0].payment
    payments = {part.payment.row_id: part.payment for part in parts}.values()
    recovered = sum((part.amount for part in parts), Decimal(0))
    paid = sum((entry.amount for entry in payments), Decimal(0))
    items: dict[UUID, int] = {}
    for part in parts:
        items[part.lot.item_id] = items.get(part.lot.item_id, 0) + part.units
    return Case(
        marketplace=payment.marketplace,
        case_id=payment.case_id,
        channel=payment.goods.channel,
        category=payment.category or "",
        origin="filed_elsewhere",
        status=status_of(outcome="", is_closed=True, recovered=recovered or sum(items.values()), claimed=paid or None),
        stage="closed",
        outcome="",
        opened_on=None,
        decided_on=None,
        closed_on=None,
        claimed_units=None,
        claimed_amount=None,
        recovered_units=sum(items.values()),
        recovered_amount=recovered,
        currency=payment.currency,
        note="Filed elsewhere: known only from payments that name it",
        units_of_items=items,
    )


def _parts_of_case(entries: Sequence[CaseEntry], found: _Index) -> list[Part]:
    """What a case recovered: the rows that name it; on Walmart, whose rows name no case, those that settle its
    units.
    """
    first = entries[0]
    if first.goods.channel == "walmart":
        return [part for entry in entries for part in found.paid.get(entry, [])]
    return found.parts_naming.get(first.case_id, [])


def _decision(entries: Sequence[CaseEntry]) -> str:
    """What was decided of the whole case: what all its goods have in common, else nothing yet or approved in part."""
    decisions = {entry.decision for entry in entries}
    if len(decisions) == 1:
        return decisions.pop()
    return "" if decisions <= {"", "denied"} else "partially_approved"


def _note(entries: Sequence[CaseEntry], found: _Index) -> str:
    notes = [entry.note for entry in entries if entry.note]
    case_id = entries[0].case_id
    if entries[0].goods.channel == "amazon" and any(
        part.payment.case_id != case_id for entry in entries for part in found.paid.get(entry, [])
    ):
        notes.append("Paid without this case")
    return "; ".join(dict.fromkeys(notes))


def _units_of_items(entries: Sequence[CaseEntry], found: _Index) -> dict[UUID, int]:
    """How many units of which items the case covers, paid ones included."""
    units: Counter[UUID] = Counter()
    for entry in entries:
        units.update(found.units.get(entry, {}))
    return dict(+units)


def _sum_or_none(values: Iterable[Number | None]) -> Number | None:
    given = [value for value in values if value is not None]
    return sum(given[1:], given[0]) if given else None
