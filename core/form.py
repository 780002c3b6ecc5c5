"""How a reader writes numbers and dates. The words stay English, the names of the months among them.

The form of the one who reads stands in a context variable: whoever serves a reader sets it (core/ui/text/locale.py),
and all that is written for people asks for it. Where nobody reads, as in commands, it is ENGLISH. Files have one form.
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

    `higher` is how many digits stand between two group signs above the thousands: 3, or 2 in India. In `money` the sign
    of the currency is `¤`, and in `money` and `percent` the number is `#`. `day` is a pattern of `D`, `DD`, `M`, `MM`,
    `MMM` and `YYYY`, as moment.js has them. `symbols` are the signs of currencies; one without is named by its code.
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
        """A number, or a span of them, with the sign of percentages: `54%`, `47–61%`."""
        return self.percent.replace("#", text)

    def affixes(self, currency: str) -> tuple[str, str]:
        """What stands before and behind an amount: `("$", "")`, `("SEK ", "")`, `("", " €")`; spaces do not break."""
        symbol = self.symbols.get(currency, currency)
        before, _, behind = self.money.partition("#")
        if symbol[-1:].isalpha() and before.endswith("¤"):
            before += "\u00a0"
        if symbol[:1].isalpha() and behind.startswith("¤"):
            behind = f"\u00a0{behind}"
        # The sum of a list may be of rows without a currency.
        return (before.replace("¤", symbol), behind.replace("¤", symbol)) if symbol else ("", "")

    def date(self, value: date) -> str:
        """The date by the form's order, its month in English where it is a word: `Nov 22, 2026`, `22.11.2026`."""
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
"""The form of the United States, for whoever's is not known."""

_OF_THE_READER: ContextVar[Form] = ContextVar("the reader's form", default=ENGLISH)


def current() -> Form:
    """The form of the one who reads what is being written."""
    return _OF_THE_READER.get()


def percent(share: Decimal | float | None) -> str:
    """A share as its reader writes it, of 1: `54%`; a dash where there is none."""
    return "–" if share is None else current().percentage(f"{share * 100:.0f}")


def span(low: Decimal | float | None, high: Decimal | float | None) -> str:
    """Two shares as the ends of a span: `47–61%`; a dash where one is missing."""
    if low is None or high is None:
        return "–"
    return current().percentage(f"{low * 100:.0f}–{high * 100:.0f}")


def use(form: Form) -> None:
    """Write in this form from now on, in this thread alone."""
    _OF_THE_READER.set(form)
