"""Number and date format of the reader's locale. Words stay English, including month names.

The current format is in a context variable: code that serves a reader sets it (core/ui/text/locale.py), and every text
for people reads it. Without a reader, as in commands, it is ENGLISH. Files have one fixed format.
"""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOT_ZERO = re.compile("[1-9]")
_PARTS = re.compile("D{1,2}|M{1,3}|YYYY")


@dataclass(frozen=True)
class Form:
    """A locale's separators, the places of its signs, and the order of a date.

    `higher` is the number of digits between two group separators above the thousands: 3, or 2 in India. In `money` the
    currency sign is `¤`, and in `money` and `percent` the number is `#`. `day` is a pattern of `D`, `DD`, `M`, `MM`,
    `MMM` and `YYYY`, as in moment.js. `symbols` are the currency signs; a currency without one is written as its code.
    """

    name: str
    decimal: str = "."
    group: str = ","
    higher: int = 3
    money: str = "¤#"
    percent: str = "#%"
    day: str = "MMM D, YYYY"
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_printf(self) -> bool:
        """Whether the browser's `%,d` groups digits as this form does."""
        return (self.decimal, self.group, self.higher) == (".", ",", 3)

    def number(self, value: Decimal | int, digits: int = 0) -> str:
        """The number rounded to so many digits, halves to even: `1,234.50`."""
        whole, _, behind = f"{abs(value):.{digits}f}".partition(".")
        higher, parts = whole[:-3], [whole[-3:]]
        while higher:
            parts.append(higher[-self.higher :])
            higher = higher[: -self.higher]
        text = self.group.join(reversed(parts)) + (self.decimal + behind if behind else "")
        return f"{MINUS}{text}" if value < 0 and _NOT_ZERO.search(text) else text

    def percentage(self, text: str) -> str:
        """A number or a range with the percent sign: `54%`, `47–61%`."""
        return self.percent.replace("#", text)

    def affixes(self, currency: str) -> tuple[str, str]:
        """The texts before and after an amount: `("$", "")`, `("SEK ", "")`, `("", " €")`, with non-breaking spaces."""
        symbol = self.symbols.get(currency, currency)
        before, _, behind = self.money.partition("#")
        if symbol[-1:].isalpha() and before.endswith("¤"):
            before += "\u00a0"
        if symbol[:1].isalpha() and behind.startswith("¤"):
            behind = f"\u00a0{behind}"
        # A list's sum may include rows without a currency.
        return (before.replace("¤", symbol), behind.replace("¤", symbol)) if symbol else ("", "")

    def date(self, value: date) -> str:
        """The date in the locale's order, with English month names: `Nov 22, 2026`, `22.11.2026`."""
        parts = {
            "D": f"{value.day}",
            "DD": f"{value.day:02}",
            "M": f"{value.month}",
            "MM": f"{value.month:02}",
            "MMM": _MONTHS[value.month - 1],
            "YYYY": f"{value.year:04}",
        }
        return _PARTS.sub(lambda part: parts[part[0]], self.day)


ENGLISH = Form(
    "en_US",
    symbols={
        "USD": "$",
        "CAD": "CA$",
        "MXN": "MX$",
        "BRL": "R$",
        "GBP": "£",
        "EUR": "€",
        "JPY": "¥",
        "AUD": "A$",
        "SGD": "S$",
        "INR": "₹",
    },
)
"""The format of the United States, the default."""

_OF_THE_READER: ContextVar[Form] = ContextVar("the reader's form", default=ENGLISH)


def current() -> Form:
    """The format of the current reader."""
    return _OF_THE_READER.get()


def percent(share: Decimal | float | None) -> str:
    """A share of 1 in the reader's format: `54%`; a dash for None."""
    return "–" if share is None else current().percentage(f"{share * 100:.0f}")


def span(low: Decimal | float | None, high: Decimal | float | None) -> str:
    """Two shares as a range: `47–61%`; a dash where one is missing."""
    if low is None or high is None:
        return "–"
    return current().percentage(f"{low * 100:.0f}–{high * 100:.0f}")


def use(form: Form) -> None:
    """Set the format for the current thread."""
    _OF_THE_READER.set(form)
