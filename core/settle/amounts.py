"""Splits amounts over units so that nothing is lost to rounding: what a payment has left, and what a case still
claims.
"""

from collections.abc import Iterator
from decimal import Decimal

from core.money import share
from core.settle.facts import CaseEntry, Payment
from core.settle.lot import Lot


class Shares:
    """The shares of equal units of an amount, handed out in turn; together they are the amount to its last digit."""

    def __init__(self, amount: Decimal, currency: str, units: int) -> None:
        self._amount, self._currency, self._units = amount, currency, units
        self._given = 0

    def next(self, units: int) -> Decimal:
        """What the next `units` units get. Raises ValueError where there are fewer left."""
        amount = share(self._amount, self._currency, self._given, units, self._units)
        self._given += units
        return amount


class MoneyLeft:
    """What a payment can still settle: its cash units with their money first, then its inventory units."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment
        self.amount = payment.amount
        self._cash = max(payment.units_cash, 0)
        self._inventory = max(payment.units_inventory, 0)
        self._shares = Shares(payment.amount, payment.currency, self._cash)

    @property
    def units(self) -> int:
        """Units that it can still settle."""
        return self._cash + self._inventory

    def spend(self, units: int) -> Iterator[tuple[int, Decimal, bool]]:
        """Spend so many units: (units, their amount, whether in cash), cash first."""
        cash = min(units, self._cash)
        if cash:
            amount = self._shares.next(cash)
            self._cash -= cash
            self.amount -= amount
            yield cash, amount, True
        inventory = min(units - cash, self._inventory)
        if inventory:
            self._inventory -= inventory
            yield inventory, Decimal(0), False


class Budget:
    """What a case entry still claims: by units where it names them, else by money, else all that fits."""

    def __init__(self, entry: CaseEntry) -> None:
        self._units = entry.claimed_units
        self._amount = entry.claimed_amount if entry.claimed_units is None else None
        self._is_untouched = True

    def units_of(self, lot: Lot) -> int:
        """How many units of a lot it can still cover. By money at least one: a claim covers something."""
        if self._units is not None:
            return self._units
        value = lot.event.unit_value if lot.event else None
        if self._amount is None or not value:
            return lot.units
        return max(int(self._amount // value), 1 if self._is_untouched else 0)

    def spend(self, lot: Lot, units: int) -> None:
        """Note that units of a lot are covered."""
        self._is_untouched = False
        if self._units is not None:
            self._units -= units
        value = lot.event.unit_value if lot.event else None
        if self._amount is not None and value:
            self._amount -= units * value
