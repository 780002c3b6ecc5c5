"""Cell values for a file that a spreadsheet will open."""

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
"""Characters that a spreadsheet may drop from the beginning of a cell."""


def harmless(text: str) -> str:
    """The text on one line, without control characters, and never a formula: a text that begins like a formula gets an
    apostrophe (OWASP: CSV injection). So does a part that would begin its own cell if the file were opened with a
    separator other than the comma.
    """
    begins_formula = text.lstrip(" \u00a0").startswith(_BEGINS_FORMULA)
    plain = _BREAKS.sub(" ", visible(text).replace("\ufeff", ""))
    if _NOT_WITHIN_A_WORD.search(plain, 1):
        plain = "".join(_defused(plain))
    return f"'{plain}" if begins_formula or plain.startswith(_BEGINS_FORMULA) else plain


def _defused(text: str) -> Iterator[str]:
    """The characters of a text, with an apostrophe before each sign that could begin a cell after another separator."""
    last, is_apart = "", False  # the last significant character, and whether blanks or quotes follow it
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
    """A value as CSV text: exact decimals, ISO dates, harmless texts, empty for None."""
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
