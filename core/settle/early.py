"""Payments that matched no event when they were booked, and may be for one that is reported a few days later."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from core.settle.facts import Event, Payment
from core.settle.fitting import can_pay

REACH = timedelta(days=7)
"""How long before its event a payment may be booked: reports lag, and rows are dated before what they pay for."""


@dataclass(slots=True)
class _Early:
    payment: Payment
    units: int


class EarlyPayments:
    """The unmatched units of payments, by the names of their goods."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str, str], list[_Early]] = defaultdict(list)

    def note(self, payment: Payment, units: int) -> None:
        """Remember that so many units of a payment matched no event. Payments come in the order of their dates."""
        entry = _Early(payment, units)
        for name in payment.goods.names:
            self._by_name[name].append(entry)

    def suspect(self, event: Event) -> int:
        """How many units of an event may have been paid before it was reported; no payment's unit is counted twice."""
        suspected = 0
        for name in event.goods.names:
            if name not in self._by_name:
                continue
            near = [entry for entry in self._by_name[name] if entry.payment.paid_on + REACH >= event.since]
            self._by_name[name] = near  # events come in the order of their dates too
            for entry in near:
                if can_pay(entry.payment, event, event.currency) and entry.payment.goods.is_same_as(event.goods):
                    units = min(entry.units, event.units - suspected)
                    suspected += units
                    entry.units -= units
        return suspected
