"""Data problems as values: collected, stored and shown, never raised across a module."""

import re
from dataclasses import dataclass

SHOWN = 200
"""Stored characters of a refused value: enough to find it, not enough to fill a disk."""


ANEW = "Export the report anew, and take it in without opening it in a spreadsheet"
"""The remedy for a report that a spreadsheet has changed."""

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that PostgreSQL rejects in a text: zero bytes, and lone surrogates, which JSON can contain."""


def printable(text: str) -> str:
    """The text with a mark in place of characters that a database or a terminal rejects."""
    return "".join(character if character.isprintable() else "�" for character in text)


@dataclass(frozen=True)
class RowIssue:
    """One refused row: stored, counted, shown on the Data sync page.

    `line` is the line of the file (of a JSON file: the ordinal of the record), `value` the cell's content, shortened.
    """

    line: int
    column: str
    value: str
    reason: str

    @classmethod
    def of(cls, line: int, column: str, value: str, reason: str) -> "RowIssue":
        """An issue whose value is shortened and storable."""
        return cls(line, column, printable(value[:SHOWN]) + ("…" if len(value) > SHOWN else ""), reason)


class Unreadable(ValueError):
    """A value that a column refuses; its text is the reason. Raised and caught while one row is parsed."""
