"""The table of categories, a row of which narrows the list below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from core.ui.components.choices import category_labels, one_of
from core.ui.components.table import Sheet, sheet, table
from core.ui.shell import session_check
from core.ui.text.words import category
from core.vocabulary import CATEGORIES, GROUPS, Channel


def category_choice(channel: Channel, *, key: str) -> str | None:
    """The field that names the chosen category: its code, or None for all. Its value is in the address."""
    return one_of("Category", category_labels(channel), key=key, width=240, any_of="All categories") or None


@dataclass(frozen=True)
class Categories:
    """The table of categories, with the code of each row."""

    sheet: Sheet
    codes: tuple[str, ...]


def categories_of(rows: pd.DataFrame, currency: str | None) -> Categories:
    """Items, units, money and the soonest deadline by category, as `category_table` shows them."""
    ordered = rows.sort_values("category", key=lambda codes: codes.map(list(CATEGORIES).index), kind="stable")
    columns: dict[str, object] = {
        "Category": ordered["category"].map(category),
        "Amount": ordered["amount"],
    }
    if currency is None:
        columns["Currency"] = ordered["currency"]
    columns |= {
        "Items": ordered["items"],
        "Units": ordered["units"],
        "Soonest deadline": ordered["soonest"],
        "Group": [GROUPS[CATEGORIES[code].group] for code in ordered["category"]],
    }
    shown = pd.DataFrame(columns)
    return Categories(
        sheet(shown if ordered["soonest"].notna().any() else shown.drop(columns="Soonest deadline"), currency=currency),
        tuple(ordered["category"]),
    )


def category_table(shown: Categories, *, selected: str | None, field: str) -> None:
    """Show the categories. Marking a row sets the `field` of the choice."""
    # Its key changes with the choice, so that a category chosen in the field is marked here as well.
    key = f"{field} table {selected or ''}"
    marked = [number for number, code in enumerate(shown.codes) if code == selected]
    table(
        shown.sheet,
        alt="Categories: mark a row to narrow the list below",
        key=key,
        on_select=session_check.callback(partial(_choose, key, field, shown.codes)),
        selection_mode="single-row",
        selection_default={"selection": {"rows": marked[:1], "columns": [], "cells": []}},
    )


def _choose(key: str, field: str, codes: Sequence[str]) -> None:
    rows = [row for row in st.session_state[key]["selection"]["rows"] if row < len(codes)]
    st.session_state[field] = codes[rows[0]] if rows else ""
