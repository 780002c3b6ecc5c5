"""Decimal point or decimal comma: decided once for a file, from all of its amounts, never guessed per cell."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from loaders.issues import Unreadable


class Style(StrEnum):
    """How a file writes decimals."""

    POINT = "point"
    COMMA = "comma"


# ASCII alone: \d means the digits of every script otherwise. Thousands: a point, or a blank that may or may not break.
_POINT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?|[+-]?\.\d+", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. \u00a0\u202f]\d{3})+)(,\d*)?|[+-]?,\d+", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+", re.ASCII)
_LONGEST = 24
"""Digits and signs of an amount: sums of such stay exact in the 28 digits that Decimal computes with."""


def style_of(amounts: Iterable[str]) -> Style | None:
    """The style in which most amounts can only be meant; the point where none tells, None where as many say one as
    the other.

    An amount such as `1,234` can be meant both ways and tells nothing.
    """
    points = commas = both = 0
    for amount in amounts:
        cleaned = _cleaned(amount)
        if not cleaned or len(cleaned) > _LONGEST or _PLAIN.fullmatch(cleaned):
            continue
        is_point, is_comma = bool(_POINT.fullmatch(cleaned)), bool(_COMMA.fullmatch(cleaned))
        points += is_point and not is_comma
        commas += is_comma and not is_point
        both += is_point and is_comma
    if points == commas:
        return None if points or both else Style.POINT
    return Style.POINT if points > commas else Style.COMMA


def parse_decimal(text: str, style: Style | None) -> Decimal:
    """The exact decimal that a cell holds.

    Raises Unreadable for what is no number in the file's style: NaN and infinities, thousands separators in odd
    places, a comma in a file of points.
    """
    cleaned = _cleaned(text)
    if len(cleaned) > _LONGEST:
        raise Unreadable("is too long for an amount")
    if _PLAIN.fullmatch(cleaned):
        return Decimal(cleaned)
    if style is None and (_POINT.fullmatch(cleaned) or _COMMA.fullmatch(cleaned)):
        raise Unreadable("can be read with a decimal point or a decimal comma, and the file does not tell which")
    if style is Style.POINT and _POINT.fullmatch(cleaned):
        return Decimal(cleaned.replace(",", ""))
    if style is Style.COMMA and _COMMA.fullmatch(cleaned):
        return Decimal(re.sub(r"[. \u00a0\u202f]", "", cleaned).replace(",", "."))
    if style is Style.POINT and _COMMA.fullmatch(cleaned):
        raise Unreadable("has a decimal comma in a file that writes decimal points")
    if style is Style.COMMA and _POINT.fullmatch(cleaned):
        raise Unreadable("has a decimal point in a file that writes decimal commas")
    raise Unreadable("is not a number")


def _cleaned(text: str) -> str:
    return text.strip().replace("−", "-")
