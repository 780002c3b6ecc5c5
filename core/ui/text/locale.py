"""The visitor's number and date format, from the browser's locale and Babel's CLDR data."""

import re
from functools import lru_cache

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from core import form
from core.form import ENGLISH, Form
from core.vocabulary import MARKETPLACES

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(?=-|$)")
"""Language, script and region of a locale (BCP 47); extensions, like a calendar, are ignored."""

_QUOTED = re.compile(r"'[^']*'\.?")
_NO_PART_OF_A_DATE = re.compile(r"[^dMy年月日./,\s-]+")
_CURRENCIES = frozenset(ENGLISH.symbols) | {place.currency for place in MARKETPLACES.values()}
_KEPT = 200
"""Cached locales. There are some hundreds, and a browser may send any text."""


def take_form() -> Form:
    """Use the visitor's format from now on; call it at the start of a page or fragment run."""
    own = form_of(st.context.locale)
    form.use(own)
    return own


@lru_cache(_KEPT)
def form_of(tag: str | None) -> Form:
    """The format of a browser locale (`de-DE`): of its language if the region is unknown, else ENGLISH."""
    found = _TAG.match(tag or "")
    locale = _locale(found[0]) if found else None
    return ENGLISH if locale is None else _form(str(locale))


@lru_cache(_KEPT)
def _form(name: str) -> Form:
    """The format of a locale, by Babel's name for it."""
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
    """A CLDR date pattern in the form of `Form.day`: without words, and with a four-digit year."""
    bare = _NO_PART_OF_A_DATE.sub("", _QUOTED.sub("", pattern.replace("L", "M")))
    bare = re.sub("M{3,}", "MMM", re.sub("y+", "YYYY", bare)).replace("d", "D")
    one_line = re.sub(r"\s+(?=[.,])", "", " ".join(bare.split())).strip(" ,")
    # In Markdown, `22. Nov` at the start of a line would be a list item.
    return one_line.replace(". ", ".\u00a0")


def _unmarked(text: str) -> str:
    """The text without direction marks, since the page's text runs from left to right."""
    return re.sub("[\u061c\u200e\u200f]", "", text)
