"""Small choices whose value lives in the address, as a code (core/ui/shell/coded.py)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import streamlit as st

from core.ui.shell import carried, coded
from core.ui.shell.links import place_label
from core.vocabulary import CATEGORIES, MARKETPLACES, Channel


def currency_choice(currencies: Sequence[str], *, key: str, label: str = "Currency") -> str:
    """Which currency is shown; nothing is asked where there is one only."""
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
    """One of a few options, the first where none is chosen: its code. `any_of` are the words for a first option that
    leaves all open, whose code is empty.
    """
    options = {**({"": any_of} if any_of else {}), **labels}
    carried.forget_unless(key, options)
    return coded.select(label, options, key=key, width=width)


def category_labels(channel: Channel | None = None) -> dict[str, str]:
    """The labels of all categories, or of those of a channel."""
    return {code: each.label for code, each in CATEGORIES.items() if channel is None or channel in each.channels}


def place_labels(present: Iterable[str]) -> dict[str, str]:
    """The labels of the channels of some marketplaces, and then of these, in the registry's order."""
    there = set(present)
    codes = [code for code in MARKETPLACES if code in there]
    channels = [each.value for each in Channel if any(MARKETPLACES[code].channel is each for code in codes)]
    return {code: place_label(code) for code in (*channels, *codes)}


def columns_left_out(columns: Mapping[str, str], *, key: str) -> list[str]:
    """The codes of the columns that the visitor does not want to see, of those with these labels by their codes."""
    with st.popover("Columns", icon=":material/view_column:", type="tertiary"):
        return coded.pills("Leave out", columns, key=f"{key}_without", width=320)
