"""Values on their way into a file that a spreadsheet will open."""

import re
from datetime import date, datetime
from decimal import Decimal

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_BREAKS = re.compile(r"[\t\r\n]+")
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text on one line, without control characters, and never a formula: one that would begin one gets an
    apostrophe (OWASP: CSV injection).
    """
    begins_formula = text.lstrip(" \u00a0").startswith(_BEGINS_FORMULA)
    plain = _BREAKS.sub(" ", _CONTROLS.sub("", text))
    return f"'{plain}" if begins_formula or plain.startswith(_BEGINS_FORMULA) else plain


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
