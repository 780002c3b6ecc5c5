"""Case results: what each case recovered, and its status."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from core.settle.case_links import Key, Named, naming_rows
from core.settle.facts import CaseEntry, Facts
from core.settle.lot import Part
from core.settle.replay_state import Outcome

Number = TypeVar("Number", int, Decimal)


@dataclass
class Case:
    """One case: from a case file, or known only from payments that name it (`filed_elsewhere`)."""

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


def cases_of(facts: Facts, outcome: Outcome) -> list[Case]:
    """All cases of an account: those of its case files, and those that only payments name."""
    filed: dict[Key, list[CaseEntry]] = {}
    for entry in sorted(facts.cases, key=lambda entry: (entry.opened_on, str(entry.row_id))):
        filed.setdefault(entry.key, []).append(entry)
    naming = naming_rows(facts, outcome, filed)
    cases = [_filed(entries, naming[key], outcome) for key, entries in filed.items()]
    return cases + [_filed_elsewhere(named) for key, named in naming.items() if key not in filed]


def status_of(*, outcome: str, is_closed: bool, recovered: Decimal | int, claimed: Decimal | int | None) -> str:
    """The status of a case, from its claim and recovery (both in units, or both in money; None: unknown).

    Nothing recovered and undecided: open. Some recovered: partially reimbursed. All recovered: fully reimbursed.
    Denied: not eligible. Ended without a stated outcome: closed. Approved and not paid yet: open, since it is still
    being processed.
    """
    if recovered > 0:
        is_full = outcome != "partially_approved" if claimed is None else recovered >= claimed
        return "fully_reimbursed" if is_full else "partially_reimbursed"
    if outcome == "denied":
        return "not_eligible"
    return "closed" if is_closed and outcome != "approved" else "open"


def _status(
    named: Named,
    decision: str,
    claimed_units: int | None,
    claimed_amount: Decimal | None,
    covered: int,
    *,
    is_closed: bool,
) -> str:
    """Compare units where the claim states units, else money; without either, the units that the case covers."""
    if claimed_units is None and claimed_amount is not None:
        return status_of(outcome=decision, is_closed=is_closed, recovered=named.recovered, claimed=claimed_amount)
    if not named.units and named.recovered > 0:  # money that names no unit
        return "partially_reimbursed"
    claimed = claimed_units or covered or None
    return status_of(outcome=decision, is_closed=is_closed, recovered=named.units, claimed=claimed)


def _filed(entries: Sequence[CaseEntry], named: Named, outcome: Outcome) -> Case:
    first = entries[0]
    settling = [part for entry in entries for part in outcome.paid_for_case.get(entry, ())]
    if first.goods.channel == "walmart":  # the payments that settle its units
        named = Named(parts=settling)
    covered = _covered(entries, outcome)
    claimed_units = _sum_or_none(entry.claimed_units for entry in entries)
    claimed_amount = _sum_or_none(entry.claimed_amount for entry in entries)
    decision = _decision(entries)
    is_closed = all(entry.closed_on is not None for entry in entries) or decision == "denied"
    return Case(
        marketplace=first.marketplace,
        case_id=first.case_id,
        channel=first.goods.channel,
        category=first.category if len({entry.category for entry in entries}) == 1 else "",
        origin="case_file",
        status=_status(named, decision, claimed_units, claimed_amount, covered.total(), is_closed=is_closed),
        stage="closed" if is_closed else "open",
        outcome=decision,
        opened_on=min(entry.opened_on for entry in entries),
        decided_on=max((entry.decided_on for entry in entries if entry.decided_on), default=None),
        closed_on=max((entry.closed_on for entry in entries if entry.closed_on), default=None) if is_closed else None,
        claimed_units=claimed_units,
        claimed_amount=claimed_amount,
        recovered_units=named.units,
        recovered_amount=named.recovered,
        currency=first.currency,
        note=_note(entries, settling, outcome),
        units_of_items=dict(covered | named.units_of_items),
    )


def _filed_elsewhere(named: Named) -> Case:
    """A case that no case file has. Its claim is unknown, except for the payments, before reversals."""
    payment = named.payments[0]
    paid = [payment for payment in named.payments if not payment.is_reversal]
    paid_amount = sum((payment.amount for payment in paid), Decimal(0))
    return Case(
        marketplace=payment.marketplace,
        case_id=payment.case_id,
        channel=payment.goods.channel,
        category=payment.category or "",
        origin="filed_elsewhere",
        status=status_of(
            outcome="",
            is_closed=True,
            recovered=named.recovered if paid_amount else named.units,
            claimed=paid_amount or sum(payment.units for payment in paid),
        ),
        stage="closed",
        outcome="",
        opened_on=None,
        decided_on=None,
        closed_on=None,
        claimed_units=None,
        claimed_amount=None,
        recovered_units=named.units,
        recovered_amount=named.recovered,
        currency=payment.currency,
        note="Filed elsewhere: known only from payments that name it",
        units_of_items=dict(named.units_of_items),
    )


def _decision(entries: Sequence[CaseEntry]) -> str:
    """The decision for the whole case: the one that all its goods share, else undecided or approved in part."""
    decisions = {entry.decision for entry in entries}
    if len(decisions) == 1:
        return decisions.pop()
    return "" if decisions <= {"", "denied"} else "partially_approved"


def _note(entries: Sequence[CaseEntry], settling: Sequence[Part], outcome: Outcome) -> str:
    notes = [entry.note for entry in entries if entry.note]
    notes += [outcome.notes[entry] for entry in entries if entry in outcome.notes]
    case_id, channel = entries[0].case_id, entries[0].goods.channel
    if channel == "amazon" and any(part.units and part.payment.case_id != case_id for part in settling):
        notes.append("Paid without this case")
    return "; ".join(dict.fromkeys(notes))


def _covered(entries: Sequence[CaseEntry], outcome: Outcome) -> Counter[UUID]:
    """The units that the case covers, by item: every unit that it ever held, whatever its result."""
    units: Counter[UUID] = Counter()
    for entry in entries:
        units.update(outcome.covered.get(entry, {}))
    return units


def _sum_or_none(values: Iterable[Number | None]) -> Number | None:
    given = [value for value in values if value is not None]
    return sum(given[1:], given[0]) if given else None
