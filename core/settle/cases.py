"""What became of each case: how much it recovered, and the status that follows from it (product.md 6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from core.settle.facts import CaseEntry, Facts
from core.settle.lot import Lot, Part
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
    named: dict[tuple[str, str], list[CaseEntry]] = {}
    for entry in facts.cases:
        named.setdefault(entry.key, []).append(entry)
    filed = [_filed(entries, outcome) for entries in named.values()]
    known = {case.case_id for case in filed}
    elsewhere: dict[tuple[str, str], list[Part]] = {}
    for part in outcome.parts:
        case_id = part.payment.case_id
        if case_id and case_id not in known:
            elsewhere.setdefault((part.payment.marketplace, case_id), []).append(part)
    return filed + [_filed_elsewhere(parts) for parts in elsewhere.values()]


def status_of(*, outcome: str, is_closed: bool, recovered: Decimal | int, claimed: Decimal | int | None) -> str:
    """The status by what was recovered of what was claimed (both in units, or both in money; None: not known).

    Nothing and undecided: open; some: partially; all: fully; refused: not eligible; ended without a stated outcome: closed.
    """
    if recovered > 0:
        is_full = claimed is None or recovered >= claimed
        return "fully_reimbursed" if is_full else "partially_reimbursed"
    if outcome == "denied":
        return "not_eligible"
    return "closed" if is_closed else "open"


def _filed(entries: Sequence[CaseEntry], outcome: Replay) -> Case:
    first = entries[0]
    parts = _parts_of_case(entries, outcome)
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
        note=_note(entries, outcome),
        units_of_items=_units_of_items(entries, outcome),
    )


def _filed_elsewhere(parts: Sequence[Part]) -> Case:
    """A case that no file names: what it claimed is not known beyond what it was paid, before anything was taken back."""
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


def _parts_of_case(entries: Sequence[CaseEntry], outcome: Replay) -> list[Part]:
    """What a case recovered: the rows that name it; on Walmart, whose rows name no case, those that settle its units."""
    first = entries[0]
    if first.goods.channel == "walmart":
        return [part for entry in entries for part in outcome.paid_for_case.get(entry, [])]
    return [part for part in outcome.parts if part.payment.case_id == first.case_id]


def _decision(entries: Sequence[CaseEntry]) -> str:
    """What was decided of the whole case: what all its goods have in common, else nothing yet or approved in part."""
    decisions = {entry.decision for entry in entries}
    if len(decisions) == 1:
        return decisions.pop()
    return "" if decisions <= {"", "denied"} else "partially_approved"


def _note(entries: Sequence[CaseEntry], outcome: Replay) -> str:
    notes = [entry.note for entry in entries if entry.note]
    case_id = entries[0].case_id
    if entries[0].goods.channel == "amazon" and any(
        part.payment.case_id != case_id for entry in entries for part in outcome.paid_for_case.get(entry, [])
    ):
        notes.append("Paid without this case")
    return "; ".join(dict.fromkeys(notes))


def _units_of_items(entries: Sequence[CaseEntry], outcome: Replay) -> dict[UUID, int]:
    """How many units of which items the case covers, paid ones included."""
    wanted = set(entries)
    units: dict[UUID, int] = {}

    def add(lot: Lot, count: int) -> None:
        if count:
            units[lot.item_id] = units.get(lot.item_id, 0) + count

    for lot in outcome.lots:
        for pool in (lot.held, lot.denied):
            for entry, count in pool.items():
                if entry in wanted:
                    add(lot, count)
    for entry in entries:
        for part in outcome.paid_for_case.get(entry, []):
            add(part.lot, part.units)
    return units


def _sum_or_none(values: Iterable[Number | None]) -> Number | None:
    given = [value for value in values if value is not None]
    return sum(given[1:], given[0]) if given else None
