"""Categories as bars; selecting one filters the list beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.ui.components.choices import category_labels, one_of
from core.ui.components.columns import bar_column
from core.ui.components.money_tiles import COLOURS
from core.ui.components.table import Sheet, sheet_of, table
from core.ui.shell import session_check
from core.ui.text.words import category, currencies_in_order
from core.vocabulary import Channel, Total

_CATEGORY, _BAR = "Category", "bar"
_WIDTH = 164


def category_choice(channel: Channel, *, key: str) -> str | None:
    """Show the category field; returns the selected code, None for all. Its value is in the URL."""
    labels = category_labels(channel)
    return one_of("Category", labels, key=key, width="stretch", any_of="All categories") or None


@dataclass(frozen=True)
class Categories:
    """The bars with each row's category code. `currency` is the currency of all bars, None if they count items; `most`
    is the longest bar's value.
    """

    sheet: Sheet
    codes: tuple[str, ...]
    currency: str | None
    most: Decimal | int


def categories_of(rows: pd.DataFrame, currency: str | None) -> Categories:
    """One row per category with its amount as a bar, largest first. With several currencies (`currency` None) the bar
    is the number of items, with a column of amounts per currency.
    """
    by = "items" if currency is None else "amount"
    grouped = {str(code): own for code, own in rows.groupby("category")}
    lengths = {code: sum(own[by], Decimal(0)) for code, own in grouped.items()}
    codes = sorted(grouped, key=lambda code: (-lengths[code], code))
    columns: dict[str, Any] = {_CATEGORY: [category(code) for code in codes], _BAR: [lengths[code] for code in codes]}
    if currency is None:
        for each in filter(None, currencies_in_order(rows["currency"])):
            columns[each] = [_in_currency(grouped[code], each) for code in codes]
    else:
        columns["Items"] = [int(grouped[code]["items"].sum()) for code in codes]
    columns["Units"] = [int(grouped[code]["units"].sum()) for code in codes]
    soonest = [min((day for day in grouped[code]["soonest"] if day is not None), default=None) for code in codes]
    if any(soonest):
        columns["Soonest deadline"] = soonest
    return Categories(
        sheet_of(pd.DataFrame(columns, dtype=object)), tuple(codes), currency, max(lengths.values(), default=0)
    )


def _in_currency(rows: pd.DataFrame, currency: str) -> Decimal:
    return sum(rows.loc[rows["currency"] == currency, "amount"], Decimal(0))


def category_bars(shown: Categories, total: Total, *, selected: str | None, field: str) -> None:
    """Show the categories. Selecting one sets the category `field`."""
    # The key changes with the selection, so that a category picked in the field is selected here as well.
    key = f"{field} bars {selected or ''}"
    marked = [(shown.codes.index(selected), _CATEGORY)] if selected in shown.codes else []
    table(
        shown.sheet,
        alt="Categories: select one to narrow the list",
        key=key,
        column_config={
            _CATEGORY: st.column_config.TextColumn(width=_WIDTH),
            _BAR: bar_column(shown.currency, shown.most, COLOURS[total]),
        },
        on_select=session_check.callback(partial(_choose, key, field, shown.codes)),
        selection_mode="single-cell",
        selection_default={"selection": {"rows": [], "columns": [], "cells": marked}},
    )


def _choose(key: str, field: str, codes: Sequence[str]) -> None:
    rows = [row for row, _ in st.session_state[key]["selection"]["cells"] if row < len(codes)]
    st.session_state[field] = codes[rows[0]] if rows else ""
