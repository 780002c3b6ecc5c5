"""The marketplaces' settlement periods of two weeks, counted back from today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from loaders.demo.writers.files import Span

LENGTH = timedelta(days=14)

_CLOSES = time(9, 21, 38, tzinfo=UTC)
"""A time of day at which every marketplace of the demo has the same day as UTC."""


def periods(since: date, today: date) -> Iterator[Span]:
    """Periods of two weeks, first and last day, the newest first; it ends today."""
    last = today
    while last > since:
        yield last - LENGTH + timedelta(days=1), last
        last -= LENGTH


def closing(last: date) -> datetime:
    """When Amazon closes the period that ends on a day."""
    return datetime.combine(last, _CLOSES)


def settled_on(posted_on: date, today: date) -> date | None:
    """The last day of the period that settles a day; None for a day that is not settled yet."""
    if posted_on > today:
        return None
    return today - (today - posted_on) // LENGTH * LENGTH
