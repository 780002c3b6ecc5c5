"""Formatting and escaping of texts for the screen: text from reports and people is never rendered as Markdown."""

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
"""Whitespace, except the no-break spaces between a number and its sign."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&=^])")
_DIRECTIVE = re.compile(r":(?=[\w\\])")
_LINK = re.compile(r":(?=//)|(?<=www)\\\.|(?<=\w)@(?=\w)", re.IGNORECASE)
"""Places in escaped text where URLs and e-mail addresses can be broken up."""

NO_CURRENCY = "No currency"
"""The label for a missing currency, where the marketplace is not known yet."""


def plain(text: str) -> str:
    """Escape text so that Markdown shows it literally: no emphasis, link, formula, icon or HTML.

    A colon before a word starts a Streamlit directive, and a URL or e-mail address becomes a link. A backslash does not
    prevent this, but wrapping the character in an element of its own does; copied text stays unchanged.
    """
    return _LINK.sub(_apart, address(text))


def address(of_ours: str) -> str:
    """Escape a trusted text like `plain`, but leave URLs and e-mail addresses as links. Never for text from reports."""
    one_line = _BREAKS.sub(" ", visible(of_ours)).strip()
    return _DIRECTIVE.sub(_apart, _SPECIAL.sub(r"\\\1", one_line))


def _apart(sign: re.Match[str]) -> str:
    return f":small[{sign[0]}]"


def amount(value: Decimal | None, currency: str) -> str:
    """A formatted amount, escaped for Markdown, where two dollar signs would start a formula."""
    return plain(money.formatted(value, currency))


def day(value: date | None) -> str:
    """A date in the visitor's format: `Nov 22, 2026`, `22.11.2026`; a dash for None."""
    return form.current().date(value) if value else "–"


def month_label(month: date) -> str:
    """A month in words, the same in every format, since URLs have it too: `Nov 2026`."""
    return f"{month:%b %Y}"


def number(value: Decimal | int, digits: int = 0) -> str:
    """A number in the visitor's format, with this number of decimals: `1,204`, `1.204`."""
    return form.current().number(value, digits)


def count(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: `1 item`, `1,204 items`, `2 surpluses`."""
    many = many or one + ("es" if one.endswith("s") else "s")
    return f"{form.current().number(number)} {one if number == 1 else many}"


_CURRENCY_ORDER = {place.currency: number for number, place in reversed(list(enumerate(MARKETPLACES.values())))}


def currencies_in_order(currencies: Iterable[str]) -> list[str]:
    """The currencies in the order of their marketplaces, which every page uses; a missing currency comes last."""
    last = len(MARKETPLACES)
    return sorted(set(currencies), key=lambda each: (not each, _CURRENCY_ORDER.get(each, last), each))


def marketplace(code: str | None) -> str:
    """A marketplace's label; the code itself if the registry does not have it, a dash for None."""
    return MARKETPLACES[code].label if code in MARKETPLACES else code or "–"


def region(channel: Channel, code: str) -> str:
    """A region's name, or the label of its first marketplace; the code itself if neither is known."""
    of_region = (place.label for place in MARKETPLACES.values() if (place.channel, place.region) == (channel, code))
    return REGIONS.get(code) or next(of_region, code)


def category(code: str) -> str:
    """A category's label; the code itself if the registry does not have it."""
    return CATEGORIES[code].label if code in CATEGORIES else code or "–"


def reason(code: str) -> str:
    """A reason code of a report in words."""
    return reason_in_words(code)


def basis(code: str) -> str:
    """The label of a unit value's basis."""
    return VALUE_BASES.get(code, code.replace("_", " "))


def confidence(code: str | None) -> str:
    """The label of a rule's confidence."""
    return CONFIDENCES.get(code or "", code or "")


def report(code: str | None) -> str:
    """A report's label; the code itself if the registry does not have it, `Not known` if it is empty."""
    return REPORTS[code].label if code in REPORTS else code or "Not known"


def support() -> str:
    """The support contact, for Markdown: `RECOUP_SUPPORT` with addresses as links, else the account manager."""
    whom = settings.support_address()
    return address(whom) if whom else "your account manager"
