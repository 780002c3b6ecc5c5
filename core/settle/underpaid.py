"""Units paid below the seller's own cost, and the last day to have the payment re-evaluated."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core.claim_windows import RE_EVALUATION, window_for
from core.money import rounded
from core.settle.facts import Cost, Event
from core.settle.lot import Part
from core.settle.replay_state import Outcome
from core.vocabulary import CATEGORIES, MARKETPLACES


class Costs:
    """The seller's sourcing costs, by SKU and day."""

    def __init__(self, costs: Iterable[Cost]) -> None:
        self._costs: dict[tuple[str, str, str], list[Cost]] = {}
        for cost in sorted(costs, key=lambda cost: cost.valid_from, reverse=True):
            self._costs.setdefault((cost.sku, cost.currency, cost.marketplace), []).append(cost)

    def __bool__(self) -> bool:
        """Whether any cost is known."""
        return bool(self._costs)

    def of(self, event: Event, currency: str) -> Decimal | None:
        """The seller's cost of a unit on the event's date, rounded to the currency's smallest unit, or None. A cost of
        the event's own marketplace wins over one for all marketplaces of the currency.
        """
        for marketplace in (event.marketplace, ""):
            for cost in self._costs.get((event.goods.sku, currency, marketplace), ()):
                if event.event_on is not None and cost.valid_from <= event.event_on:
                    return rounded(cost.unit_cost, currency)
        return None


def flag_underpaid(outcome: Outcome, costs: Iterable[Cost]) -> None:
    """Set on each item: the units paid below cost, the shortfall, the day of the latest such payment, and the last day
    to have it re-evaluated.

    Events after a customer's order are paid by price instead of cost, so they are never underpaid.
    """
    known = Costs(costs)
    if not known:
        return
    for part in outcome.parts:
        event = part.lot.event
        if event is None or not part.is_cash or not part.units or not _is_paid_at_cost(event):
            continue
        cost, paid = known.of(event, part.lot.currency), part.amount + part.topped_up
        if cost is not None and paid < part.units * cost:
            _flag(part, event, part.units * cost - paid)


def _is_paid_at_cost(event: Event) -> bool:
    """Whether the marketplace pays the event at cost: before a customer's order, since the day it began to."""
    since = MARKETPLACES[event.marketplace].pays_cost_since
    return not CATEGORIES[event.category].is_after_order and (since is None or event.since >= since)


def _flag(part: Part, event: Event, shortfall: Decimal) -> None:
    lot, payment = part.lot, part.payment
    lot.units_underpaid += part.units
    lot.underpaid += shortfall
    lot.underpaid_on = max(payment.paid_on, lot.underpaid_on or payment.paid_on)
    lot.prove("underpaid", payment.row_id, part.units, part.amount)
    until = _until(payment.marketplace if event.is_unassigned else event.marketplace, payment.paid_on)
    if until is not None:
        lot.re_evaluation_until = max(until, lot.re_evaluation_until or until)


def _until(marketplace: str, paid_on: date) -> date | None:
    window = window_for(marketplace, RE_EVALUATION, paid_on)
    return window.deadline_on(paid_on) if window else None
