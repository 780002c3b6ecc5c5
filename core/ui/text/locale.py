"""In which form the visitor reads numbers and dates: that of the browser's locale, by CLDR as Babel has it."""

import re
from functools import lru_cache

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from core import form
from core.form import ENGLISH, Form
from core.vocabulary import MARKETPLACES

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(?=-|$)")
"""Language, script and region of a locale (BCP 47); what follows, like a calendar, is left out."""

_QUOTED = re.compile(r"'[^']*'\.?")
_NO_PART_OF_A_DATE = re.compile(r"[^dMy年月日./,\s-]+")
_CURRENCIES = frozenset(ENGLISH.symbols) | {place.currency for place in MARKETPLACES.values()}
_KEPT = 200
"""How many locales are kept. There are some hundreds, and a browser may say any text."""


def take_form() -> Form:
    """Write in the visitor's form from now on: for the beginning of a page's run, and of a fragment's."""
    own = form_of(st.context.locale)
    form.use(own)
    return own


@lru_cache(_KEPT)
def form_of(tag: str | None) -> Form:
    """The form of a locale as browsers name it (`de-DE`): of its language where its region is unknown, else ENGLISH."""
    found = _TAG.match(tag or "")
    locale = _locale(found[0]) if found else None
    return ENGLISH if locale is None else _form(str(locale))


@lru_cache(_KEPT)
def _form(name: str) -> Form:
    """One form a locale, by the name that Babel gives it."""
    if name in ("en", ENGLISH.name):
        return ENGLISH
    locale = Locale.parse(name)
    signs = locale.number_symbols["latn"]
    return Form(
        name,
        decimal=signs["decimal"],
        group=signs["group"],
        higher=locale.decimal_formats[None].grouping[1],
        money=_around(locale.currency_formats["standard"].prefix[0], locale.currency_formats["standard"].suffix[0]),
        percent=_around(locale.percent_formats[None].prefix[0], locale.percent_formats[None].suffix[0]),
        day=_day(locale.date_formats["medium"].pattern),
        symbols={currency: _unmarked(get_currency_symbol(currency, locale)) for currency in _CURRENCIES},
    )


def _locale(tag: str) -> Locale | None:
    while tag:
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
    return None


def _around(before: str, behind: str) -> str:
    return _unmarked(f"{before}#{behind}")


def _day(pattern: str) -> str:
    """CLDR's pattern of a date as `Form.day` has it: without words, and with four digits of the year."""
    bare = _NO_PART_OF_A_DATE.sub("", _QUOTED.sub("", pattern.replace("L", "M")))
    bare = re.sub("M{3,}", "MMM", re.sub("y+", "YYYY", bare)).replace("d", "D")
    one_line = re.sub(r"\s+(?=[.,])", "", " ".join(bare.split())).strip(" ,")
    # `22. Nov` at the beginning of a line would be an item of a list in Markdown.
    return one_line.replace(". ", ".\u00a0")


def _unmarked(text: str) -> str:
    """The text without marks of direction: the page around it runs from left to right."""
    return re.sub("[\u061c\u200e\u200f]", "", text)
