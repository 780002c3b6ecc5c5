"""Decimal point or decimal comma: decided once per file from all of its amounts, never guessed per cell.

Currency signs and the brackets of negative numbers, as spreadsheets write them, are read too.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from core.vocabulary import CURRENCIES, CURRENCY_SIGNS
from loaders.declare.issues import Unreadable


class Style(StrEnum):
    """The decimal style of a file."""

    POINT = "point"
    COMMA = "comma"


class Bare(NamedTuple):
    """A number without its surroundings, and the currency sign or code beside it."""

    number: str
    currency: str = ""


# ASCII only: \d would match the digits of every script. Thousands separators: a point, or a blank (breaking or not).
_POINT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?|[+-]?\.\d+", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. \u00a0\u202f]\d{3})+)(,\d*)?|[+-]?,\d+", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+", re.ASCII)
_BARE = re.compile(r"[+-]?[\d.,\u00a0\u202f ]*", re.ASCII)
_SIGN = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + "|[A-Z]{3}"
_AROUND = re.compile(
    rf"(?P<open>\()?(?P<minus>[+-])?(?P<before>{_SIGN})?[ \u00a0\u202f]?(?P<inner>[+-])?"
    rf"(?P<number>[.,]?\d[\d.,\u00a0\u202f ]*?)[ \u00a0\u202f]?(?P<behind>{_SIGN})?(?P<close>\))?",
    re.ASCII,
)
_GROUP = re.compile(r"[+-]?\d{1,3}(?P<sign>[.,])\d{3}", re.ASCII)
_LONGEST = 24
"""Maximum characters of an amount: sums of such amounts stay exact in Decimal's 28 digits."""


def style_of(amounts: Iterable[str]) -> Style | None:
    """The style of most unambiguous amounts; a point without any, None for a tie.

    An amount such as `1,234` is ambiguous and ignored.
    """
    points = commas = both = 0
    for amount in amounts:
        cleaned = amount.strip()
        if not cleaned or _PLAIN.fullmatch(cleaned):
            continue
        is_point, is_comma = bool(_POINT.fullmatch(cleaned)), bool(_COMMA.fullmatch(cleaned))
        if not is_point and not is_comma:
            cleaned = bare(cleaned).number
            is_point, is_comma = bool(_POINT.fullmatch(cleaned)), bool(_COMMA.fullmatch(cleaned))
        if len(cleaned) > _LONGEST or _PLAIN.fullmatch(cleaned):
            continue
        points += is_point and not is_comma
        commas += is_comma and not is_point
        both += is_point and is_comma
    if points == commas:
        return None if points or both else Style.POINT
    return Style.POINT if points > commas else Style.COMMA


def parse_decimal(text: str, style: Style | None) -> Decimal:
    """The exact decimal in a cell. Raises Unreadable."""
    return parse_amount(text, style)[0]


def parse_amount(text: str, style: Style | None) -> tuple[Decimal, str]:
    """The exact decimal in a cell, and the currency sign or code beside it.

    Raises Unreadable for what is no number in the file's style: NaN and infinities, misplaced thousands separators, a
    comma in a file of points.
    """
    cleaned, currency = bare(text)
    if len(cleaned) > _LONGEST:
        raise Unreadable("is too long for an amount")
    if _PLAIN.fullmatch(cleaned):
        return Decimal(cleaned), currency
    if style is None and (_POINT.fullmatch(cleaned) or _COMMA.fullmatch(cleaned)):
        raise Unreadable("can be read with a decimal point or a decimal comma, and the file does not tell which")
    if style is not None and (read := _read(cleaned, style)) is not None:
        return read, currency
    if style is Style.POINT and _COMMA.fullmatch(cleaned):
        raise Unreadable("has a decimal comma in a file that writes decimal points")
    if style is Style.COMMA and _POINT.fullmatch(cleaned):
        raise Unreadable("has a decimal point in a file that writes decimal commas")
    raise Unreadable("is not a number")


def whole_numbers(text: str) -> dict[Style, int]:
    """The whole number in a cell for each style that allows one: `1.0` is 1, and `1,000` may be 1 or 1000.

    Raises Unreadable without any.
    """
    cleaned = bare(text).number
    read = {style: _read(cleaned, style) for style in Style if len(cleaned) <= _LONGEST}
    whole = {style: int(value) for style, value in read.items() if value is not None and value == value.to_integral()}
    if not whole or any(abs(value) >= 10**9 for value in whole.values()):
        raise Unreadable("is not a whole number")
    return whole


def lone_group(text: str) -> Style | None:
    """The style in which a cell is a number of thousands with one separator (`1,200`); in the other style it has three
    decimals.
    """
    group = _GROUP.fullmatch(bare(text).number)
    return (Style.POINT if group["sign"] == "," else Style.COMMA) if group else None


def bare(text: str) -> Bare:
    """A cell's number without a currency (`$1,025.00`, `12,50 €`, `USD 5`), negative where it is in brackets."""
    cleaned = text.strip().replace("−", "-")
    if _BARE.fullmatch(cleaned):
        return Bare(cleaned)
    found = _AROUND.fullmatch(cleaned) if len(cleaned) <= 2 * _LONGEST else None
    if found is None or not _fits(found):
        return Bare(cleaned)
    minus = "-" if found["open"] else found["minus"] or found["inner"] or ""
    return Bare(f"{minus}{found['number']}", found["before"] or found["behind"] or "")


def currencies_of(sign: str) -> tuple[str, ...]:
    """The currencies that a sign or a code beside an amount may mean."""
    return CURRENCY_SIGNS.get(sign, (sign,))


def _fits(found: re.Match[str]) -> bool:
    """Whether brackets are closed, and there is at most one sign and one currency."""
    sign = found["before"] or found["behind"] or ""
    is_currency = not sign or sign in CURRENCY_SIGNS or sign in CURRENCIES
    signs = [found[name] for name in ("open", "minus", "inner") if found[name]]
    is_single = len(signs) <= 1 and not (found["before"] and found["behind"])
    return is_currency and is_single and bool(found["open"]) == bool(found["close"])


def _read(cleaned: str, style: Style) -> Decimal | None:
    if style is Style.POINT and _POINT.fullmatch(cleaned):
        return Decimal(cleaned.replace(",", ""))
    if style is Style.COMMA and _COMMA.fullmatch(cleaned):
        return Decimal(re.sub(r"[. \u00a0\u202f]", "", cleaned).replace(",", "."))
    return None
