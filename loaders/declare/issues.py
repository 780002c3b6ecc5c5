"""Data problems as values: collected, stored and shown, never raised across a module."""

import re
from dataclasses import dataclass

SHOWN = 200
"""How much of a refused value is kept: enough to find it, not enough to fill a disk."""


ANEW = "Export the report anew, and take it in without opening it in a spreadsheet"
"""What to do about what a spreadsheet has done to a report."""

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL does not take as text: zero bytes, and the halves of characters that JSON can name."""


def printable(text: str) -> str:
    """The text with a mark in place of what a database or a terminal can not take: zero bytes, halves of characters."""
    return "".join(character if character.isprintable() else "�" for character in text)


@dataclass(frozen=True)
class RowIssue:
    """One row that could not be taken: stored, counted, shown on the Data sync page.

    `line` is the line of the file (of a JSON file: the ordinal of the record), `value` what stood there, shortened.
    """

    line: int
    column: str
    value: str
    reason: str

    @classmethod
    def of(cls, line: int, column: str, value: str, reason: str) -> "RowIssue":
        """An issue whose value is shortened and free of characters that a database can not store."""
        return cls(line, column, printable(value[:SHOWN]) + ("…" if len(value) > SHOWN else ""), reason)


class Unreadable(ValueError):
    """A value that a column can not take; its text says why. Raised and caught within the parsing of one row."""
