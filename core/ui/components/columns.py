"""How the columns of tables are named and formatted: one place, so that a column looks the same on every page.

Cells are sent as they are (Decimal, date, text) and formatted in the browser: they sort as numbers and dates, the
download holds plain values, and no text of a report is taken for Markdown.
"""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from core import form, money
from core.ui.text.glossary import COLUMNS

Config = dict[str, Any]

_WIDE_TEXT = {"Account", "Category", "Marketplace", "Why in review", "Note"}
_DATES = {"Event", "Deadline", "Opens", "Soonest deadline", "Opened", "Last change", "Appeal until", "Paid on"} | {
    "Approved on",
    "Posted on",
    "Ask until",
    "Withdrawn",
    "Happened",
}
_COUNTS = {
    "Items",
    "Items waiting",
    "Without a value",
    "Units",
    "Units over",
    "Units in Review",
    "Cases",
    "Payments",
    "Without value",
    "Claimed units",
    "Recovered units",
    "Units in cash",
    "Units in kind",
}
_LOCALIZED = "localized"
_SIGNED = {"USD": "dollar", "EUR": "euro", "JPY": "yen"}
"""What Streamlit calls the browser's own forms of amounts."""


def columns_of(table: pd.DataFrame, currency: str | None = None) -> Config:
    """The configuration of a table's columns by what is in them, with what their words mean.

    `currency` None means that a column names it.
    """
    config: Config = {}
    for name in table.columns:
        if name in _DATES:
            config[name] = date_column(name)
        elif name in _COUNTS:
            config[name] = count_column(name)
        elif any(isinstance(value, Decimal) for value in table[name]):
            config[name] = _amount_column(name, currency)
        elif name in _WIDE_TEXT:
            config[name] = st.column_config.TextColumn(name, width="medium", help=COLUMNS.get(name))
        elif name in COLUMNS:
            config[name] = st.column_config.TextColumn(name, help=COLUMNS[name])
    return config


def date_column(name: str, told: str | None = None) -> Any:
    """A column of dates in the reader's form; `told` is what its head says when it is pointed at."""
    return st.column_config.DateColumn(name, format=form.current().day, help=told)


def count_column(name: str) -> Any:
    """A column of whole numbers in the reader's form."""
    return _numbers(name, "%,d" if form.current().is_printf else _LOCALIZED, 1, help=COLUMNS.get(name))


def _amount_column(name: str, currency: str | None) -> Any:
    """The browser writes amounts by a pattern of printf, which knows English separators alone, or else by its locale.

    That has the signs of three currencies; of others the column's head has it.
    """
    writes, digits = form.current(), money.minor_digits(currency or "")
    before, behind = (sign.replace("%", "%%") for sign in writes.affixes(currency or ""))
    told = COLUMNS.get(name)
    if writes.is_printf:
        return _numbers(name, f"{before}%,.{digits}f{behind}", help=told)
    if currency in _SIGNED:
        return _numbers(name, _SIGNED[currency], help=told)
    sign = (before + behind).strip()
    return _numbers(f"{name} ({sign})" if sign else name, _LOCALIZED, 10**-digits, help=told)


def _numbers(label: str, pattern: str, step: float | None = None, **options: Any) -> Any:
    return st.column_config.NumberColumn(label, format=pattern, step=step, alignment="right", **options)
