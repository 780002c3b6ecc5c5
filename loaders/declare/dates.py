"""The date forms of marketplaces and spreadsheets, each matched in full and never guessed.

A numeric date can be ambiguous. `10/08/2026` is 8 October in a marketplace's own report; the form of a date rewritten
by a spreadsheet (`10/8/26`, `20/10/2026`) follows from its whole column (loaders/declare/forms.py).
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from loaders.declare.issues import Unreadable


class Order(StrEnum):
    """The order of day, month and year in a numeric date."""

    YEAR_FIRST = "year first"
    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"


class DateForm(NamedTuple):
    """The date form of a column: the separator, and the order."""

    sign: str
    order: Order


class FormUnknown(Unreadable):
    """A cell with several possible forms, or with another form than its column so far: all cells must be scanned."""


class Possible(NamedTuple):
    """A numeric date: its possible forms, and its form in a marketplace's own report."""

    sign: str
    orders: frozenset[Order]
    usual: Order | None


_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"(?:[T ](?P<H>\d{2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<z>Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,  # \d would match the digits of every script
)
_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[-./])(?P<two>\d{1,2})(?P=sign)(?P<y>\d{4}|\d{2})"
    r"(?: (?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?\s*(?P<z>UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_USUAL = {"/": Order.MONTH_FIRST, ".": Order.DAY_FIRST}
"""Slashes mean month first: both marketplaces write them so, in Germany too."""

_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)
_WIDEST_OFFSET = timedelta(hours=15)  # offsets on earth go up to 14; PostgreSQL accepts less than 16
ISO = DateForm("-", Order.YEAR_FIRST)

IN_NAMES = re.compile(r"(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", re.ASCII)


def parse_moment(text: str, form: DateForm | None = None) -> date | datetime:
    """A date, or a moment with its offset (without one: the local time as written, naive).

    Without a form, the marketplaces' usual one applies. Raises FormUnknown for an ambiguous cell, and Unreadable for
    what is no date.
    """
    cell = text.strip()
    if match := _ISO.fullmatch(cell):
        return _built(*match.group("y", "m", "d", "H", "M", "S", "z"))
    match = _NUMBERS.fullmatch(cell)
    if match is None:
        raise Unreadable("is not a date in a form that the marketplaces write")
    order = _order(match, form)
    month, day = (match["two"], match["one"]) if order is Order.DAY_FIRST else (match["one"], match["two"])
    return _built(_year(match["y"]), month, day, *match.group("H", "M", "S", "z"))


def form_of(text: str) -> DateForm | None:
    """The form of a date read in its usual form; None for what is no date, and for ISO instants, which no spreadsheet
    writes or converts.
    """
    cell = text.strip()
    if match := _ISO.fullmatch(cell):
        return ISO if match["z"] is None else None
    match = _NUMBERS.fullmatch(cell)
    return DateForm(match["sign"], _USUAL[match["sign"]]) if match and match["sign"] in _USUAL else None


def possible_forms(text: str) -> Possible | None:
    """The possible forms of a cell; None for what is no date in any."""
    cell = text.strip()
    if match := _ISO.fullmatch(cell):
        return Possible("ISO", frozenset({Order.YEAR_FIRST}), Order.YEAR_FIRST) if match["z"] is None else None
    match = _NUMBERS.fullmatch(cell)
    if match is None:
        return None
    orders = frozenset(order for order in (Order.MONTH_FIRST, Order.DAY_FIRST) if _is_day(match, order))
    usual = _USUAL.get(match["sign"]) if len(match["y"]) == 4 else None
    return Possible(match["sign"], orders, usual) if orders else None


def parse_day(text: str, form: DateForm | None = None) -> date:
    """The day in a cell; of a moment, the day as written. Raises Unreadable."""
    moment = parse_moment(text, form)
    return moment.date() if isinstance(moment, datetime) else moment


def latest_in_name(name: str) -> date | None:
    """The latest date in a file's name (`…_2026-01-31.tsv`, `…_20260131_…`), or None."""
    found = []
    for year, month, day in IN_NAMES.findall(name):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return max(found, default=None)


def _order(match: re.Match[str], form: DateForm | None) -> Order:
    """The order of the numbers. Raises FormUnknown where the column must decide."""
    if form is not None:
        return form.order
    usual = _USUAL.get(match["sign"])
    if usual is None or len(match["y"]) == 2 or (not _is_day(match, usual) and _is_day(match, _other(usual))):
        raise FormUnknown("is a date that can be read month first or day first, and the column does not tell which")
    return usual


def _other(order: Order) -> Order:
    return Order.DAY_FIRST if order is Order.MONTH_FIRST else Order.MONTH_FIRST


def _is_day(match: re.Match[str], order: Order) -> bool:
    month, day = (match["two"], match["one"]) if order is Order.DAY_FIRST else (match["one"], match["two"])
    try:
        date(int(_year(match["y"])), int(month), int(day))
    except ValueError:
        return False
    return True


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"


def _built(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> date | datetime:
    try:
        on = date(int(year), int(month), int(day))
        if not _EARLIEST <= on <= _LATEST:
            raise Unreadable(f"is outside {_EARLIEST.year} to {_LATEST.year}")
        if hour is None or minute is None:
            return on
        return datetime(on.year, on.month, on.day, int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("is not a day of the calendar") from error


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in ("Z", "UTC"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    if offset > _WIDEST_OFFSET:
        raise Unreadable("has an offset from UTC that no place has")
    return timezone(sign * offset)
