"""The date forms that the marketplaces write, and no others: each is tried in full, none is guessed."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from loaders.issues import Unreadable

_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"(?:[T ](?P<H>\d{2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<z>Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,  # \d means the digits of every script otherwise
)
_TIME = r"(?: (?P<H>\d{2}):(?P<M>\d{2}):(?P<S>\d{2})\s*(?P<z>UTC|[+-]\d{2}:?\d{2})?)?"
_DOTTED = re.compile(r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{4})" + _TIME, re.ASCII)
_SLASHED = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})" + _TIME, re.ASCII)
_FORMS = (_ISO, _DOTTED, _SLASHED)
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)
_WIDEST_OFFSET = timedelta(hours=15)  # places on earth have up to 14; PostgreSQL takes less than 16

IN_NAMES = re.compile(r"(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", re.ASCII)


def parse_moment(text: str) -> date | datetime:
    """A date, or a moment with its offset (without one it is taken as written: a local time, returned naive).

    Forms: ISO with or without time and offset, `DD.MM.YYYY`, `MM/DD/YYYY`, each with an optional time. Slashes always
    mean month first: that is how both marketplaces write them, in Germany too. Raises Unreadable.
    """
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match:
            return _built(match)
    raise Unreadable("is no date in a form that the marketplaces write")


def parse_day(text: str) -> date:
    """The day that a cell names; of a moment, the day as written. Raises Unreadable."""
    moment = parse_moment(text)
    return moment.date() if isinstance(moment, datetime) else moment


def latest_in_name(name: str) -> date | None:
    """The latest date that a file's name holds (`…_2026-01-31.tsv`, `…_20260131_…`), or None."""
    found = []
    for year, month, day in IN_NAMES.findall(name):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return max(found, default=None)


def _built(match: re.Match[str]) -> date | datetime:
    part = match.groupdict()
    try:
        day = date(int(part["y"]), int(part["m"]), int(part["d"]))
        if not _EARLIEST <= day <= _LATEST:
            raise Unreadable(f"is outside {_EARLIEST.year} to {_LATEST.year}")
        if part["H"] is None:
            return day
        return datetime(
            day.year, day.month, day.day, int(part["H"]), int(part["M"]), int(part["S"] or 0), tzinfo=_zone(part["z"])
        )
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("is no day of the calendar") from error


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
