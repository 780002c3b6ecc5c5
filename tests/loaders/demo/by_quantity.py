"""Counts what became of units as an auditor must: by quantity and goods, from what the reports show, knowing no story.

It stands beside the simulation to hold one property of it: that counting oldest first finds the units that were meant.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from core.vocabulary import PAYMENT_REASONS, Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.windows import AUTOMATIC_PAYMENT, window_of
from loaders.demo.model.world import ClaimCase, Incident, Kind, Movement, Payment
from loaders.demo.truth import deadline

SAME_UNIT = timedelta(days=45)
PAID_JUST_BEFORE = timedelta(days=7)
APPEALED_WITHIN = timedelta(days=30)
CATEGORIES = {(reason.channel, reason.reason): reason.category for reason in PAYMENT_REASONS}


@dataclass
class Unit:
    incident: Incident
    state: str = "open"
    case: ClaimCase | None = None
    payment: Payment | None = None

    @property
    def on(self) -> date:
        return self.incident.line.on

    def has_expired(self, on: date) -> bool:
        last = deadline(self.incident)
        return self.state == "open" and self.case is None and last is not None and on > last


@dataclass
class Goods:
    """The units of one product in one marketplace and category, and what is known about them so far."""

    units: list[Unit] = field(default_factory=list)
    returned: list[date] = field(default_factory=list)
    unmatched: list[tuple[date, int]] = field(default_factory=list)

    def pick(self, count: int, *fits: Callable[[Unit], bool]) -> list[Unit]:
        ranked = [unit for fit in fits for unit in self.units if fit(unit)]
        return list({id(unit): unit for unit in ranked}.values())[:count]

    def lose(self, incident: Incident) -> None:
        self.units.extend(Unit(incident) for _ in range(incident.units))

    def pay(self, payment: Payment, on: date) -> None:
        wanted = payment.cash + payment.inventory
        named = bool(payment.case_id)
        paid = self.pick(
            wanted,
            lambda u: named and u.state == "open" and u.case is not None and u.case.case_id == payment.case_id,
            lambda u: u.state == "open" and u.case is None and not u.has_expired(on) and u.on <= on,
            lambda u: u.state == "open" and u.case is not None,
            lambda u: u.state == "denied" or u.has_expired(on),
        )
        for number, unit in enumerate(paid):
            unit.payment = payment
            unit.state = "claimed" if number < payment.cash else "in kind"
        self.returned.extend([on] * payment.inventory)
        if wanted > len(paid):
            self.unmatched.append((on, wanted - len(paid)))

    def take_back(self, payment: Payment, on: date) -> None:
        paid = [unit for unit in self.units if unit.state == "claimed"]
        if payment.marketplace.channel is Channel.AMAZON:
            paid = [unit for unit in paid if unit.payment is payment.original]
        for unit in paid[payment.cash :]:
            unit.state = "in kind" if payment.inventory else "reversed"
        self.returned.extend([on] * payment.inventory)

    def find(self, movement: Movement) -> None:
        absorbed = [on for on in self.returned if abs(movement.on - on) <= SAME_UNIT][: movement.units]
        for on in absorbed:
            self.returned.remove(on)
        for unit in self.pick(movement.units - len(absorbed), lambda u: u.state in ("open", "denied")):
            unit.state = "in kind"

    def open_case(self, case: ClaimCase) -> None:
        covered = self.pick(
            case.claimed_units,
            lambda u: u.state == "open" and u.case is None and not u.has_expired(case.opened_on),
            lambda u: u.state == "denied" and _is_in_time(u.case, case),
        )
        for unit in covered:
            unit.state, unit.case = "open", case

    def close_case(self, case: ClaimCase) -> None:
        for unit in self.units:
            if unit.case is case and unit.state == "open":
                unit.state = "denied"

    def stage(self, unit: Unit, today: date) -> str:
        if unit.state != "open":
            return unit.state
        if unit.case is not None:
            return "in_case"
        if deadline(unit.incident) is None:
            return "ready"
        if unit.has_expired(today):
            return "expired"
        line = unit.incident.line
        if not (line.names_country and window_of(unit.incident.category, line.marketplace).is_confirmed):
            return "review"
        if today < unit.on + AUTOMATIC_PAYMENT:
            return "future"
        suspected = any(timedelta(0) < unit.on - on <= PAID_JUST_BEFORE for on, _ in self.unmatched)
        return "review" if suspected or unit.incident.line.reason in ("H", "K", "U", "7") else "ready"


def _is_in_time(denied: ClaimCase | None, appeal: ClaimCase) -> bool:
    """Walmart takes an appeal for 30 days."""
    if denied is None or denied.closed_on is None or denied.marketplace.channel is Channel.AMAZON:
        return True
    return appeal.opened_on <= denied.closed_on + APPEALED_WITHIN


def counted(facts: Facts) -> dict[int, Counter[str]]:
    """The stages of each incident's units (by the incident's `id`), counted by quantity."""
    pools: dict[tuple[str, str, str], Goods] = {}
    for _, _, act, pool in sorted(_acts(facts), key=lambda entry: entry[:2]):
        act(pools.setdefault(pool, Goods()))
    found: dict[int, Counter[str]] = {}
    for goods in pools.values():
        _explain(goods, facts)
        for unit in goods.units:
            found.setdefault(id(unit.incident), Counter())[goods.stage(unit, facts.today)] += 1
    return found


Act = tuple[date, int, Callable[[Goods], None], tuple[str, str, str]]
"""When it happened, its order within the day, what it does, and to which goods (marketplace, SKU, category)."""


def _acts(facts: Facts) -> Iterable[Act]:
    for incident in facts.incidents:
        line = incident.line
        yield (
            line.on,
            0,
            partial(Goods.lose, incident=incident),
            (line.marketplace.code, line.goods.sku, incident.category),
        )
    for payment in facts.payments:
        reason = (payment.original or payment).reason
        # what names an order is for that, whatever its reason is called
        category = "other" if payment.order_id else CATEGORIES.get((payment.marketplace.channel, reason), "other")
        order, act = (2, Goods.take_back) if payment.cash < 0 else (1, Goods.pay)
        on = payment.at.date()
        pool = (payment.marketplace.code, payment.goods.sku, category)
        yield on, order, partial(act, payment=payment, on=on), pool
    for movement in facts.movements:
        if movement.kind is Kind.FOUND:
            pool = (movement.marketplace.code, movement.goods.sku, "inventory_lost")
            yield movement.on, 3, partial(Goods.find, movement=movement), pool
    for case in facts.cases:
        pool = (case.marketplace.code, case.goods.sku, case.category)
        yield case.opened_on, 4, partial(Goods.open_case, case=case), pool
        if case.closed_on:
            yield case.closed_on, 5, partial(Goods.close_case, case=case), pool


def _explain(goods: Goods, facts: Facts) -> None:
    """No more units of a line stay open than the ledger calls unreconciled."""
    if not facts.seller.shows_reconciled:
        return
    for unit in goods.units:
        line = unit.incident.line
        if line.kind is not Kind.LOST or unit.state != "open" or line.marketplace.channel is not Channel.AMAZON:
            continue
        still_open = [u for u in goods.units if u.incident is unit.incident and u.state == "open"]
        if len(still_open) > unit.incident.units - sum(units for _, units in line.reconciled):
            unit.state = "in kind"
