"""Values on their way into a file that a spreadsheet will open."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from core.text import visible

_BREAKS = re.compile(r"[\t\r\n]+")
_SIGNS = "=+-@＝＋－＠"
_BEGINS_FORMULA = (*_SIGNS, "\t", "\r")
_NOT_WITHIN_A_WORD = re.compile(rf"(?<![^\W_])[{re.escape(_SIGNS)}]")
_BETWEEN = ' \u00a0"'
"""What may stand before the first sign of a cell, and is left out of it."""


def harmless(text: str) -> str:
    """The text on one line, without control characters, and never a formula: one that would begin one gets an
    apostrophe (OWASP: CSV injection). So does a part of it that would be a cell of its own, were the file opened with
    another separator than the comma.
    """
    begins_formula = text.lstrip(" \u00a0").startswith(_BEGINS_FORMULA)
    plain = _BREAKS.sub(" ", visible(text).replace("\ufeff", ""))
    if _NOT_WITHIN_A_WORD.search(plain, 1):
        plain = "".join(_defused(plain))
    return f"'{plain}" if begins_formula or plain.startswith(_BEGINS_FORMULA) else plain


def _defused(text: str) -> Iterator[str]:
    """The characters of a text, with an apostrophe before each sign that a separator could let begin a cell."""
    last, is_apart = "", False  # the last character that counts, and whether blanks or quotes stand after it
    for at, sign in enumerate(text):
        if sign in _SIGNS and last and _may_begin(sign, last, text[at + 1 : at + 2], is_apart=is_apart):
            yield "'"
        yield sign
        last, is_apart = (last, True) if sign in _BETWEEN else (sign, False)


def _may_begin(sign: str, last: str, following: str, *, is_apart: bool) -> bool:
    if not is_apart:
        return not (last.isalnum() or last in (sign, "'"))
    is_a_dash = last.isalnum() and following in ("", " ", "\u00a0")
    return not is_a_dash


def written(value: object) -> str:
    """A value as it stands in a CSV file: exact decimals, ISO dates, texts that are harmless, nothing for none."""
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case bool() | int():
            return str(value)
        case list() | tuple():
            return harmless(", ".join(str(each) for each in value))
    return harmless(str(value))
