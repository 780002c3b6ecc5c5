"""What is true of the simulated world as of a day: where each unit stands, by the rules of the claim windows.

The rules are written here a second time, on purpose: the truth is what the detectors are held against.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from core.vocabulary import PAYMENT_REASONS, Channel
from loaders.demo.world import Facts, Fate, Incident, Part, Payment
from loaders.demo.writing import columns, iso, write_table

STAGES = ("future", "ready", "review", "in_case", "claimed", "expired", "denied", "reversed")

HEADER = columns(
    "category,marketplace,event_on,sku,fnsku,reference,units,units_found,units_paid,units_in_kind,"
    + ",".join(STAGES)
    + ",deadline_on,decoy,case_id,currency,unit_value,units_underpaid,claimed_amount,reversed_amount"
)

AUTOMATIC_PAYMENT = timedelta(days=7)
"""So long after the event an automatic payment of Amazon's may still arrive."""

WAREHOUSE_WINDOW = timedelta(days=60)
"""Amazon, lost or damaged in the warehouse: the last day on which it can be claimed, from the day reported."""

_IN_KIND = (Fate.FOUND, Fate.RECONCILED, Fate.REPLACED, Fate.RETURNED_TO_STOCK)
_FOUND = (Fate.FOUND, Fate.RETURNED_TO_STOCK)
_ONCE_PAID = (Fate.PAID, Fate.RETURNED_TO_STOCK, Fate.TAKEN_BACK)
_SETTLED_STAGES = {Fate.PAID: "claimed", Fate.TAKEN_BACK: "reversed", Fate.IN_CASE: "in_case", Fate.DENIED: "denied"}
_CATEGORIES = {(reason.channel, reason.reason): reason.category for reason in PAYMENT_REASONS}


def write_truth(facts: Facts, path: Path) -> int:
    """Write the truth about the reports: a row per incident, and one per payment without any. Returns how many."""
    rows = [*(_of_incident(incident, facts.today) for incident in _in_order(facts)), *_of_unexplained(facts)]
    write_table(path, HEADER, ([row.get(name, "") for name in HEADER] for row in rows))
    return len(rows)


def deadline(incident: Incident) -> date | None:
    """The last day on which the incident can be claimed; None where no deadline is published (Walmart's warehouses)."""
    if incident.line.marketplace.channel is Channel.WALMART:
        return None
    return incident.line.on + WAREHOUSE_WINDOW


def stage(part: Part, incident: Incident, today: date) -> str:
    """Where the units of a part stand on a day; empty where they are settled in kind."""
    if part.fate is not Fate.OPEN:
        return _SETTLED_STAGES.get(part.fate, "")
    last_day = deadline(incident)
    if last_day is None:
        return "ready"
    if today < incident.line.on + AUTOMATIC_PAYMENT:
        return "future"
    if today > last_day:
        return "expired"
    return "review" if incident.is_doubtful else "ready"


def _in_order(facts: Facts) -> list[Incident]:
    return sorted(facts.incidents, key=lambda incident: (incident.line.at, incident.line.number))


def _of_incident(incident: Incident, today: date) -> dict[str, object]:
    line, parts = incident.line, incident.parts
    currency = line.marketplace.currency
    cost = line.goods.cost_on(line.on, currency) if line.goods.cost_is_known else None
    by_stage = dict.fromkeys(STAGES, 0)
    for part in parts:
        if name := stage(part, incident, today):
            by_stage[name] += part.units
    is_amazon = line.marketplace.channel is Channel.AMAZON
    return {
        "category": incident.category,
        "marketplace": line.marketplace.code,
        "event_on": line.on.isoformat(),
        "sku": line.goods.sku,
        "fnsku": line.goods.fnsku if is_amazon else "",
        "reference": line.reference if is_amazon else line.number,
        "units": incident.units,
        "units_found": sum(part.units for part in parts if part.fate in _FOUND),
        "units_paid": sum(part.units for part in parts if part.fate in _ONCE_PAID),
        "units_in_kind": sum(part.units for part in parts if part.fate in _IN_KIND),
        **by_stage,
        "deadline_on": iso(deadline(incident)),
        "decoy": incident.decoy,
        "case_id": incident.case_id,
        "currency": currency,
        "unit_value": cost if cost is not None else "",
        "units_underpaid": sum(
            part.units for part in parts if part.fate is Fate.PAID and cost is not None and part.per_unit < cost
        ),
        "claimed_amount": _money(parts, Fate.PAID),
        "reversed_amount": _money(parts, Fate.TAKEN_BACK),
    }


def _money(parts: list[Part], fate: Fate) -> Decimal:
    return sum((part.per_unit * part.units for part in parts if part.fate is fate), Decimal("0.00"))


def _of_unexplained(facts: Facts) -> Iterator[dict[str, object]]:
    for payment in sorted(facts.unexplained, key=lambda payment: payment.at):
        yield _of_payment(payment)


def _of_payment(payment: Payment) -> dict[str, object]:
    marketplace = payment.marketplace
    return {
        "category": _CATEGORIES.get((marketplace.channel, payment.reason), "other"),
        "marketplace": marketplace.code,
        "sku": payment.goods.sku,
        "fnsku": payment.goods.fnsku if marketplace.channel is Channel.AMAZON else "",
        "reference": payment.reimbursement_id if marketplace.channel is Channel.AMAZON else payment.order_id,
        "units": payment.cash,
        "units_found": 0,
        "units_paid": payment.cash,
        "units_in_kind": 0,
        **dict.fromkeys(STAGES, 0),
        "claimed": payment.cash,
        "decoy": "paid without an event",
        "case_id": payment.case_id,
        "currency": marketplace.currency,
        "units_underpaid": 0,
        "claimed_amount": payment.amount,
        "reversed_amount": Decimal("0.00"),
    }
