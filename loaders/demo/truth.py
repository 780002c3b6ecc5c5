"""The truth about the simulated world as of a day: the stage of each unit, by the rules of the claim windows.

The rules are written here a second time, on purpose: the truth tests the detectors.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.vocabulary import CATEGORIES, PAYMENT_REASONS, UNASSIGNED, Channel, Marketplace
from loaders.demo.model.facts import Facts
from loaders.demo.model.windows import FEES, RETURNS, may_be_paid_by_itself, window_of
from loaders.demo.model.world import Fate, Incident, Owed, Part, Payment
from loaders.demo.writers.files import header, iso, write_table

STAGES = ("future", "ready", "review", "in_case", "claimed", "expired", "denied", "reversed")

HEADER = header("truth")

_IN_KIND = (Fate.FOUND, Fate.RECONCILED, Fate.REPLACED, Fate.RETURNED_TO_STOCK)
_FOUND = (Fate.FOUND, Fate.RETURNED_TO_STOCK)
_ONCE_PAID = (Fate.PAID, Fate.RETURNED_TO_STOCK, Fate.TAKEN_BACK)
_SETTLED_STAGES = {Fate.PAID: "claimed", Fate.TAKEN_BACK: "reversed", Fate.IN_CASE: "in_case", Fate.DENIED: "denied"}
_CATEGORIES = {(reason.channel, reason.reason): reason.category for reason in PAYMENT_REASONS}


def write_truth(facts: Facts, path: Path) -> int:
    """Write the truth about the reports: a row per incident, and one per payment without any. Returns the number of
    rows.

    A trap without an event has a row of 0 units.
    """
    rows = [
        *(_of_owed(incident, facts.today) for incident in _in_order(facts)),
        *(_of_owed(owed, facts.today) for owed in sorted(facts.owed, key=_age_and_name)),
        *_of_unexplained(facts),
    ]
    write_table(path, HEADER, ([row.get(name, "") for name in HEADER] for row in rows))
    return len(rows)


def deadline(incident: Incident) -> date | None:
    """The last day to claim the incident; None where no deadline is published (Walmart's warehouses)."""
    return window_of(incident.category, incident.marketplace).last_day(incident.happened_on)


def stage(part: Part, incident: Incident, today: date) -> str:
    """The stage of a part's units on a day; empty where they are settled in kind."""
    if part.fate is not Fate.OPEN:
        return _SETTLED_STAGES.get(part.fate, "")
    return open_stage(incident.category, incident.marketplace, incident.clock_on, incident.is_doubtful, today)


def open_stage(category: str, marketplace: Marketplace, clock_on: date | None, is_doubtful: bool, today: date) -> str:
    """The stage of units that are not found, paid, claimed or denied."""
    if clock_on is None:
        return "review"
    window = window_of(category, marketplace)
    last_day = window.last_day(clock_on)
    if last_day is not None and today > last_day:
        return "expired"
    if is_doubtful or not window.is_sure(clock_on, today):
        return "review"
    is_early = today < window.first_day(clock_on) or may_be_paid_by_itself(category, marketplace, clock_on, today)
    return "future" if is_early else "ready"


def _age_and_name(owed: Owed) -> tuple[date, str, str]:
    return owed.happened_on, owed.category, owed.reference


def _in_order(facts: Facts) -> list[Incident]:
    return sorted(facts.incidents, key=lambda incident: (incident.line.at, incident.line.number))


def _of_owed(owed: Owed, today: date) -> dict[str, object]:
    parts, is_amazon = owed.parts, owed.marketplace.channel is Channel.AMAZON
    by_stage = dict.fromkeys(STAGES, 0)
    for part in parts:
        name = _SETTLED_STAGES.get(part.fate, "")
        if part.fate is Fate.OPEN:
            name = open_stage(owed.category, owed.marketplace, owed.clock_on, owed.is_doubtful, today)
        if name:
            by_stage[name] += part.units
    value, clock_on = owed.unit_value, owed.clock_on
    cost = owed.cost if owed.category in (*RETURNS, *FEES) else value
    return {
        "category": owed.category,
        "marketplace": (owed.marketplace if owed.is_placed else UNASSIGNED[owed.marketplace.channel]).code,
        "event_on": iso(clock_on),
        "sku": owed.goods.sku,
        "fnsku": owed.goods.fnsku if is_amazon else "",
        "reference": owed.reference,
        "order_id": owed.order_id,
        "shipment_id": owed.shipment_id,
        "units": owed.units,
        "units_found": sum(part.units for part in parts if part.fate in _FOUND),
        "units_paid": sum(part.units for part in parts if part.fate in _ONCE_PAID),
        "units_in_kind": sum(part.units for part in parts if part.fate in _IN_KIND),
        **by_stage,
        "deadline_on": iso(window_of(owed.category, owed.marketplace).last_day(clock_on)) if clock_on else "",
        "decoy": owed.decoy,
        "case_id": owed.case_id,
        "currency": owed.marketplace.currency,
        "unit_value": value if value is not None else "",
        "units_underpaid": sum(
            part.units for part in parts if part.fate is Fate.PAID and cost is not None and part.per_unit < cost
        ),
        "claimed_amount": _money(parts, Fate.PAID) + owed.beside,
        "reversed_amount": _money(parts, Fate.TAKEN_BACK),
        "rest": _rest(owed.category, parts, value),
    }


def _rest(category: str, parts: list[Part], value: Decimal | None) -> Decimal:
    """The unpaid rest of partly paid amounts, where money is owed instead of units."""
    if value is None or not CATEGORIES[category].is_of_money:
        return Decimal("0.00")
    paid = [part for part in parts if part.fate is Fate.PAID]
    return sum((max(value - part.per_unit, Decimal(0)) * part.units for part in paid), Decimal("0.00"))


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
        "order_id": payment.order_id,
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
        "rest": Decimal("0.00"),
    }
