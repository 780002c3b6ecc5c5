"""Splits amounts over units without rounding loss: the remainder of a payment, and the remainder of a case's claim."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from core.money import share
from core.settle.facts import CaseEntry, Payment
from core.settle.lot import Lot


class Shares:
    """An amount split over equal units, handed out in turn; the shares add up to the amount exactly."""

    def __init__(self, amount: Decimal, currency: str, units: int) -> None:
        self._amount, self._currency, self._units = amount, currency, units
        self._given = 0

    def next(self, units: int) -> Decimal:
        """The share of the next `units` units. Raises ValueError where fewer are left."""
        amount = share(self._amount, self._currency, self._given, units, self._units)
        self._given += units
        return amount


class MoneyLeft:
    """The remainder of a payment: its cash units with their money first, then its inventory units."""

    def __init__(self, payment: Payment, units_cash: int | None = None) -> None:
        self.payment = payment
        self.amount = payment.amount
        self._cash = max(payment.units_cash if units_cash is None else units_cash, 0)
        self._inventory = max(payment.units_inventory, 0)
        self._shares = Shares(payment.amount, payment.currency, self._cash)

    @property
    def units(self) -> int:
        """Units that it can still settle."""
        return self._cash + self._inventory

    def spend(self, units: int) -> Iterator[tuple[int, Decimal, bool]]:
        """Spend units, cash first: (units, their amount, whether in cash)."""
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

    def reaches(self, lot: Lot) -> bool:
        """Whether anything is left for a lot: money where an amount is owed, else units."""
        return self.amount > 0 if lot.is_of_money else self.units > 0

    def spend_money(self, units: int, value: Decimal | None) -> Decimal:
        """Spend money on units of a value, whatever number of units the payment states; all of it where the value is
        unknown.
        """
        amount = min(self.amount, units * value) if value and value > 0 else self.amount
        self.amount -= amount
        self._cash = max(self._cash - units, 0) if self.amount else 0  # a unit without money has no meaning
        self._shares = Shares(self.amount, self.payment.currency, self._cash)
        return amount

    def spend_all(self) -> Decimal:
        """Spend the remaining money without units."""
        amount, self.amount = self.amount, Decimal(0)
        self._cash = self._inventory = 0
        return amount


class Budget:
    """The remaining claim of a case entry: in units where it states them, else in money, else unlimited."""

    def __init__(self, entry: CaseEntry) -> None:
        self._units = entry.claimed_units
        self._amount = entry.claimed_amount if entry.claimed_units is None else None
        self._is_untouched = True

    def units_of(self, lot: Lot) -> int:
        """How many units of a lot it can still cover. By money at least one: a claim covers something."""
        if self._units is not None:
            return self._units
        value = lot.unit_value
        if self._amount is None or not value:
            return lot.units
        return max(int(self._amount // value), 1 if self._is_untouched else 0)

    @property
    def units_left(self) -> int:
        """Units claimed by number and not covered; one where it covers nothing at all."""
        return max(self._units, 0) if self._units is not None else int(self._is_untouched)

    def spend(self, lot: Lot, units: int) -> None:
        """Record that units of a lot are covered."""
        self._is_untouched = False
        if self._units is not None:
            self._units -= units
        value = lot.unit_value
        if self._amount is not None and value:
            self._amount -= units * value


def units_reached(amount: Decimal, value: Decimal | None, units: int) -> int:
    """How many of `units` of a value an amount covers, the last one perhaps in part; all where the value is unknown."""
    if amount <= 0:
        return 0
    return min(units, _rounded_up(amount / value)) if value and value > 0 else units


def units_gone(units: int, amount: Decimal, taken: Decimal) -> int:
    """How many of equal units lose their whole share of an amount when part of it is taken back."""
    return units - _rounded_up(units * (amount - taken) / amount)


def _rounded_up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))
