"""Small input fields whose value is in the URL, as a code (core/ui/shell/coded.py)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import streamlit as st

from core.ui.shell import carried, coded
from core.ui.shell.links import place_label
from core.vocabulary import CATEGORIES, MARKETPLACES, Channel


def currency_choice(currencies: Sequence[str], *, key: str, label: str = "Currency") -> str:
    """The selected currency. If there is only one, no field is shown."""
    if len(currencies) == 1:
        return currencies[0]
    return coded.segments(label, {each: each for each in currencies}, key=key, wrap=True)


def one_of(
    label: str,
    labels: Mapping[str, str],
    *,
    key: str,
    width: int | Literal["stretch"] = 190,
    any_of: str = "",
) -> str:
    """Show a select box; returns the selected option's code, by default the first. `any_of` is the label of an extra
    first option without a filter, whose code is empty.
    """
    options = {**({"": any_of} if any_of else {}), **labels}
    carried.forget_unless(key, options)
    return coded.select(label, options, key=key, width=width)


def category_labels(channel: Channel | None = None) -> dict[str, str]:
    """Labels of all categories, or of a channel's categories, by code."""
    return {code: each.label for code, each in CATEGORIES.items() if channel is None or channel in each.channels}


def place_labels(present: Iterable[str]) -> dict[str, str]:
    """Labels by code: first the channels of these marketplaces, then the marketplaces, in the registry's order."""
    there = set(present)
    codes = [code for code in MARKETPLACES if code in there]
    channels = [each.value for each in Channel if any(MARKETPLACES[code].channel is each for code in codes)]
    return {code: place_label(code) for code in (*channels, *codes)}


def columns_left_out(columns: Mapping[str, str], *, key: str) -> list[str]:
    """Show the column picker; returns the codes of the hidden columns. `columns` maps codes to labels."""
    with st.popover("Columns", icon=":material/view_column:", type="tertiary"):
        return coded.pills("Leave out", columns, key=f"{key}_without", width=320)
