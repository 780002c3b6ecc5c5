"""Report coverage in words: the days that a report covers, and the gaps between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from core import money
from core.ui.text.words import count, day, number, region
from core.vocabulary import COVERED_FORMATS

_DAY = timedelta(days=1)


def gap(row: Mapping[Any, Any], write: Callable[[date], str] = day) -> str:
    """A gap in words: `No reimbursements for North America after Sep 14, 2026`. The row has `format`, `region`,
    `currency`, `first_on` and `last_on`; the dates are None where the gap is open-ended.
    """
    report = COVERED_FORMATS[row["format"]]
    what = f"{report.noun} in {row['currency']}" if report.is_of_periods else report.noun
    return f"No {what} for {region(report.channel, row['region'])} {_when(row['first_on'], row['last_on'], write)}"


def waiting(rows: Sequence[Mapping[Any, Any]]) -> str:
    """The items that wait for a gap's report: `15 items worth CA$272.93 and $270.81 wait`. One row per currency, with
    `items`, `amount`, `currency` and the number of `items_without_value`.
    """
    items, unknown = (sum(int(row[name]) for row in rows) for name in ("items", "items_without_value"))
    worth = [money.formatted(row["amount"], row["currency"]) for row in rows if has_worth(row)]
    wait = "waits" if items == 1 else "wait"
    if not worth:
        return f"{count(items, 'item')} with no value yet {wait}"
    beside = f", {number(unknown)} of them with no value yet" if unknown else ""
    return f"{count(items, 'item')} worth {_listed(worth)} {wait}{beside}"


def has_worth(row: Mapping[Any, Any]) -> bool:
    """Whether any waiting item has a known value."""
    return bool(row["items"] > row["items_without_value"])


def whole(row: Mapping[Any, Any]) -> str:
    """The days that a report covers, and the evidence: `Oct 1, 2025 – Nov 30, 2026 (rows, stated)`."""
    spans = zip(row["covered_from"], row["covered_through"], row["known_by"], strict=True)
    return "; ".join(f"{_span(first, last)} ({known_by})" for first, last, known_by in spans)


def lacking(row: Mapping[Any, Any]) -> str:
    """The uncovered days from the first covered one to yesterday: `Mar 3, 2026; after May 1, 2026`."""
    return "; ".join(_lacking(row["covered_from"], row["covered_through"], row["today"] - _DAY))


def _lacking(firsts: Sequence[date], lasts: Sequence[date], until: date) -> Iterator[str]:
    for last, first in zip(lasts, firsts[1:], strict=False):
        yield _span(last + _DAY, first - _DAY)
    if lasts[-1] < until:
        yield f"after {day(lasts[-1])}"


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _span(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _when(first: date | None, last: date | None, write: Callable[[date], str]) -> str:
    if first is None:
        return "at all" if last is None else f"before {write(last + _DAY)}"
    if last is None:
        return f"after {write(first - _DAY)}"
    return f"on {write(first)}" if first == last else f"from {write(first)} to {write(last)}"


def named(row: Mapping[Any, Any]) -> str:
    """The gap in words, with ISO dates: independent of the visitor's date format."""
    return gap(row, date.isoformat)


def code(row: Mapping[Any, Any]) -> str:
    """The gap's code in URLs. It includes the currency if the report is by period: two currencies may share a gap."""
    currency = row["currency"] if COVERED_FORMATS[row["format"]].is_of_periods else ""
    return "/".join((*parameters(row), currency))


def parameters(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """The gap's parameters in review reasons (core.vocabulary.review_reasons.GAP)."""
    return (
        row["format"],
        row["region"],
        *(each.isoformat() if each else "" for each in (row["first_on"], row["last_on"])),
    )
