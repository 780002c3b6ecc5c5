"""Days of report files: those of their rows, and those for which they are stated to be whole."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple


class Days(NamedTuple):
    """A range of days, both inclusive."""

    first: date
    last: date


class FileDays(NamedTuple):
    """A file's name and format, and the first and the last day of its rows."""

    file: str
    format: str
    days: Days


def days_of(files: Iterable[Mapping[str, Any]]) -> list[FileDays]:
    """The days of the files that `look` found, where format and days are known."""
    return [
        FileDays(file["file"], file["format"], Days(*(date.fromisoformat(file[name]) for name in _ENDS)))
        for file in files
        if file["format"] and all(file[name] for name in _ENDS)
    ]


_ENDS = ("data_from", "data_through")
