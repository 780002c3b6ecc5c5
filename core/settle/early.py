"""Payments that matched no event when they were booked, and may be for one that is reported a few days later."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.settle.amounts import units_reached
from core.settle.facts import OF_MONEY, Event, Payment
from core.settle.fitting import can_pay

REACH = timedelta(days=7)
"""How long before its event a payment may be booked: reports lag, and rows are dated before what they pay for."""


@dataclass(slots=True)
class _Early:
    payment: Payment
    units: int
    amount: Decimal

    def suspect(self, event: Event, wanted: int) -> int:
        """Use up what may be for so many units of an event, and say how many those are."""
        if event.category not in OF_MONEY:
            units = min(self.units, wanted)
            self.units -= units
            return units
        units = units_reached(self.amount, event.unit_value, wanted)
        self.amount -= units * (event.unit_value or Decimal(0))
        return units


class EarlyPayments:
    """What is left of payments that matched no event, by the names of their goods."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str, str], list[_Early]] = defaultdict(list)

    def note(self, payment: Payment, units: int, amount: Decimal) -> None:
        """Remember what is left of a payment that matched no event. Payments come in the order of their dates."""
        entry = _Early(payment, units, amount)
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
                    suspected += entry.suspect(event, event.units - suspected)
        return suspected
