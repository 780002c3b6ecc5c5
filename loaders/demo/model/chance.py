"""A seeded random source: the same seed gives the same draws."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.money import rounded

T = TypeVar("T")

_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class Chance(random.Random):
    """`random.Random` with the draws of a simulated marketplace."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self._taken: set[str] = set()

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return self.random() < probability

    def digits(self, count: int) -> str:
        """A number of so many digits, never drawn before, without a leading 0."""
        return self._unused(lambda: str(self.randrange(10 ** (count - 1), 10**count)))

    def code(self, prefix: str, count: int) -> str:
        """`prefix` and so many capital letters and digits, never drawn before."""
        return self._unused(lambda: prefix + "".join(self.choices(_CODE_LETTERS, k=count)))

    def amount(self, of: Decimal, low: float, high: float, currency: str) -> Decimal:
        """`of` times a factor between `low` and `high`, in the currency's smallest unit."""
        factor = Decimal(self.randrange(round(low * 1000), round(high * 1000) + 1)) / 1000
        return rounded(of * factor, currency)

    def moment(self, on: date, zone: str) -> datetime:
        """A time of that day in the time zone; evening hours are as likely as any other."""
        return datetime.combine(on, time(self.randrange(1, 24), self.randrange(60), self.randrange(60)), ZoneInfo(zone))

    def after(self, day: date, low: int, high: int, no_later_than: date) -> date:
        """A day `low` to `high` days after `day`, and not after `no_later_than`."""
        last = min(high, (no_later_than - day).days)
        return day + timedelta(days=self.randint(min(low, last), last))

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of the options, by their weights."""
        return self.choices(options, weights=weights)[0]

    def _unused(self, draw: Callable[[], str]) -> str:
        while (value := draw()) in self._taken:
            pass
        self._taken.add(value)
        return value
