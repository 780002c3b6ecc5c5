"""How the columns of tables are named and formatted: one place, so that a column looks the same on every page.

Cells are sent as they are (Decimal, date, text) and formatted in the browser: they sort as numbers and dates, the
download holds plain values, and no text of a report is taken for Markdown.
"""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from core import money
from core.ui.glossary import COLUMNS

Config = dict[str, Any]

_WIDE_TEXT = {"Account", "Category", "Marketplace", "Why in review", "Note"}
_DATES = {"Event", "Deadline", "Opens", "Soonest deadline", "Opened", "Last change", "Appeal until", "Paid on"} | {
    "Approved on",
    "Posted on",
    "Ask until",
    "Withdrawn",
}
_COUNTS = {
    "Items",
    "Units",
    "Cases",
    "Payments",
    "Without value",
    "Claimed units",
    "Recovered units",
    "Units in cash",
    "Units in kind",
}


def columns_of(table: pd.DataFrame, currency: str | None = None) -> Config:
    """The configuration of a table's columns by what is in them, with what their words mean.

    `currency` None means that a column names it.
    """
    config: Config = {}
    for name in table.columns:
        if name in _DATES:
            config[name] = st.column_config.DateColumn(name, format="D MMM YYYY")
        elif name in _COUNTS:
            config[name] = st.column_config.NumberColumn(name, format="%,d", alignment="right")
        elif any(isinstance(value, Decimal) for value in table[name]):
            config[name] = st.column_config.NumberColumn(
                name, format=_format(currency), alignment="right", help=COLUMNS.get(name)
            )
        elif name in _WIDE_TEXT:
            config[name] = st.column_config.TextColumn(name, width="medium", help=COLUMNS.get(name))
        elif name in COLUMNS:
            config[name] = st.column_config.TextColumn(name, help=COLUMNS[name])
    return config


def _format(currency: str | None) -> str:
    """The printf pattern of an amount: `$%,.2f`; without a sign where the currency is named beside it."""
    if currency is None:
        return "%,.2f"
    sign = money.formatted(Decimal(0), currency).rstrip("0.")
    return f"{sign.replace('%', '%%')}%,.{money.minor_digits(currency)}f"
