"""Names and formats of table columns, in one place so that a column looks the same on every page.

Cells are sent as raw values (Decimal, date, text) and formatted in the browser: they sort as numbers and dates, the
download has plain values, and a report's text is never rendered as Markdown.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from core import form, money
from core.lists import Cell, Column
from core.ui.text.glossary import COLUMNS, of_registry
from core.ui.text.words import count, plain

Config = dict[str, Any]

_WIDE_TEXT = {"Account", "Category", "Marketplace", "Note"}
_DATES = {"Event", "Soonest deadline", "Paid on"}
_COUNTS = {
    "Items",
    "Items waiting",
    "With no value",
    "Units",
    "Cases",
    "Payments",
    "Without value",
    "Claimed units",
}
_BAR = 128
"""Width of a bar with its number, in pixels: narrow, since the table stands beside a list."""

_RED, _AMBER = "#D64545", "#C77905"
_SOON = {0: "Today", 1: "Tomorrow"}
_URGENT = 7
"""A deadline within this number of days is amber."""

_LOCALIZED = "localized"
_SIGNED = {"USD": "dollar", "EUR": "euro", "JPY": "yen"}
"""Streamlit's names of the browser's own currency formats."""


def columns_of(table: pd.DataFrame, currency: str | None = None) -> Config:
    """Column configuration of a table, by column names and values, with help texts from the glossary.

    `currency` is None if a column has it.
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


def column_of(column: Column, currency: str | None) -> Any:
    """Configuration of a list's column; `currency` as in `columns_of`."""
    label, told = column.label, column.help or of_registry(column.registry) or COLUMNS.get(column.label)
    if column.kind == "amount":
        return _amount_column(label, currency, told)
    if column.kind == "badges":
        labels = list(column.labels.values())
        return st.column_config.MultiselectColumn(label, options=labels, color=column.colours, help=told)
    return _OF_KIND[column.kind](label, told, column.width)


def cell_of(column: Column, value: Any) -> object:
    """The content of a list's cell for a value."""
    if value is None or column.kind not in ("days", "deadline"):
        return value
    return [_until(int(value))] if column.kind == "deadline" else count(int(value), "day")


def _until(days: int) -> str:
    return _SOON.get(days) or count(days, "day")


def moment(name: str) -> Any:
    """A column of timestamps in the browser's time zone, or UTC if it is unknown; the help text names the zone."""
    zone = st.context.timezone or "UTC"
    return st.column_config.DatetimeColumn(
        name, format=f"{form.current().day}, HH:mm", timezone=zone, help=f"In {plain(zone)}."
    )


def date_column(name: str, told: str | None = None) -> Any:
    """A column of dates in the reader's format; `told` is the header's tooltip."""
    return st.column_config.DateColumn(name, format=form.current().day, help=told)


def count_column(name: str, told: str | None = None) -> Any:
    """A column of integers in the reader's format; `told` is the header's tooltip."""
    return _numbers(name, "%,d" if form.current().is_printf else _LOCALIZED, 1, help=told or COLUMNS.get(name))


def bar_column(currency: str | None, most: Any, colour: Any) -> Any:
    """A column of amounts as bars of this colour, scaled to `most`; without a currency it is a number of items."""
    if currency is None:
        label, pattern = "Items", "%,d" if form.current().is_printf else _LOCALIZED
    else:
        label, pattern, _ = _written("Amount", currency)
    return st.column_config.ProgressColumn(
        label, format=pattern, min_value=0, max_value=float(most) or 1, color=colour, width=_BAR
    )


def _amount_column(name: str, currency: str | None, told: str | None = None) -> Any:
    label, pattern, step = _written(name, currency)
    return _numbers(label, pattern, step, help=told or COLUMNS.get(name))


def _written(name: str, currency: str | None) -> tuple[str, str, float | None]:
    """The header, the format and the step of a column of amounts.

    The browser formats amounts with a printf pattern, which supports only English separators, or with its locale. The
    locale's formats have the signs of three currencies; for others the sign is in the header.
    """
    writes, digits = form.current(), money.minor_digits(currency or "")
    before, behind = (sign.replace("%", "%%") for sign in writes.affixes(currency or ""))
    if writes.is_printf:
        return name, f"{before}%,.{digits}f{behind}", None
    if currency in _SIGNED:
        return name, _SIGNED[currency], None
    sign = (before + behind).strip()
    return f"{name} ({sign})" if sign else name, _LOCALIZED, 10**-digits


def _numbers(label: str, pattern: str, step: float | None = None, **options: Any) -> Any:
    return st.column_config.NumberColumn(label, format=pattern, step=step, alignment="right", **options)


_OF_KIND: dict[Cell, Callable[[str, str | None, Any], Any]] = {
    "count": lambda label, told, _: count_column(label, told),
    "date": lambda label, told, _: date_column(label, told),
    "days": lambda label, told, _: st.column_config.TextColumn(label, help=told, alignment="right"),
    "deadline": lambda label, told, _: st.column_config.MultiselectColumn(
        label,
        options=[_until(days) for days in range(_URGENT + 1)],
        color=[_RED, *[_AMBER] * _URGENT],
        help=told,
        width=95,
    ),
    "moment": lambda label, _, __: moment(label),
    "text": lambda label, told, width: st.column_config.Column(label, width=width, help=told),
    "wide": lambda label, told, width: st.column_config.TextColumn(label, width=width or "medium", help=told),
}
"""Column configuration of each kind of cell, as a function of label, tooltip and width."""
