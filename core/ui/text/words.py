"""Texts on their way to the screen: what came from reports and people is never taken for Markdown."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core import form, money, settings
from core.text import visible
from core.vocabulary import (
    CATEGORIES,
    CONFIDENCES,
    MARKETPLACES,
    REGIONS,
    REPORTS,
    VALUE_BASES,
    Channel,
    reason_in_words,
)

_BREAKS = re.compile("[^\\S\u00a0\u202f]+")
"""Whitespace, but not the spaces that hold a number and its sign together."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&=^])")
_DIRECTIVE = re.compile(r":(?=[\w\\])")
_LINK = re.compile(r":(?=//)|(?<=www)\\\.|(?<=\w)@(?=\w)", re.IGNORECASE)
"""Where addresses of pages and of mail, as they stand in an escaped text, can be broken."""

NO_CURRENCY = "No currency"
"""The words for the currency of what has none yet, because its marketplace is not known."""


def plain(text: str) -> str:
    """The text so that Markdown shows it as it stands: no emphasis, link, formula, icon or HTML of its own.

    A colon before a word would begin one of Streamlit's directives, and an address of a page or of mail be a link. No
    backslash stops them; a sign that is an element of its own does, and whoever copies the text has it unchanged.
    """
    return _LINK.sub(_apart, address(text))


def address(of_ours: str) -> str:
    """An address that users or settings have, never a report: as `plain` shows it, but a link to go or write to."""
    one_line = _BREAKS.sub(" ", visible(of_ours)).strip()
    return _DIRECTIVE.sub(_apart, _SPECIAL.sub(r"\\\1", one_line))


def _apart(sign: re.Match[str]) -> str:
    return f":small[{sign[0]}]"


def amount(value: Decimal | None, currency: str) -> str:
    """The amount as people read it, for Markdown: two dollar signs would begin a formula."""
    return plain(money.formatted(value, currency))


def day(value: date | None) -> str:
    """A date as its reader writes it: `Nov 22, 2026`, `22.11.2026`; a dash where there is none."""
    return form.current().date(value) if value else "–"


def month_label(month: date) -> str:
    """A month as people read it, and as addresses name it, so the same in every form: `Nov 2026`."""
    return f"{month:%b %Y}"


def number(value: Decimal | int, digits: int = 0) -> str:
    """A number as its reader writes it, with so many digits behind the point: `1,204`, `1.204`."""
    return form.current().number(value, digits)


def count(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: `1 item`, `1,204 items`, `2 surpluses`."""
    many = many or one + ("es" if one.endswith("s") else "s")
    return f"{form.current().number(number)} {one if number == 1 else many}"


_CURRENCY_ORDER = {place.currency: number for number, place in reversed(list(enumerate(MARKETPLACES.values())))}


def currencies_in_order(currencies: Iterable[str]) -> list[str]:
    """The currencies in the one order in which every page shows them, that of their marketplaces. What has none comes
    last.
    """
    last = len(MARKETPLACES)
    return sorted(set(currencies), key=lambda each: (not each, _CURRENCY_ORDER.get(each, last), each))


def marketplace(code: str | None) -> str:
    """A marketplace's label; the code itself where the registry does not have it."""
    return MARKETPLACES[code].label if code in MARKETPLACES else code or "–"


def region(channel: Channel, code: str) -> str:
    """A region's name: that of its marketplaces together, or of the only one; the code itself where none is known."""
    of_region = (place.label for place in MARKETPLACES.values() if (place.channel, place.region) == (channel, code))
    return REGIONS.get(code) or next(of_region, code)


def category(code: str) -> str:
    """A category's label; the code itself where the registry does not have it."""
    return CATEGORIES[code].label if code in CATEGORIES else code or "–"


def reason(code: str) -> str:
    """A reason code of a report in words."""
    return reason_in_words(code)


def basis(code: str) -> str:
    """What the value of a unit stands on."""
    return VALUE_BASES.get(code, code.replace("_", " "))


def confidence(code: str | None) -> str:
    """How sure a rule is."""
    return CONFIDENCES.get(code or "", code or "")


def report(code: str | None) -> str:
    """A report's label; the code itself where the registry does not have it, and a word where it is none."""
    return REPORTS[code].label if code in REPORTS else code or "Not known"


def support() -> str:
    """Whom to ask, for Markdown: `RECOUP_SUPPORT`, where an address is a link, else the account manager."""
    whom = settings.support_address()
    return address(whom) if whom else "your account manager"
