"""Small choices whose value lives in the address. What a browser sends back is looked up among the options."""

from collections.abc import Sequence

import streamlit as st


def currency_choice(currencies: Sequence[str], *, key: str, label: str = "Charts in") -> str:
    """Which currency is shown; nothing is asked where there is one only."""
    if len(currencies) == 1:
        return currencies[0]
    chosen = st.segmented_control(
        label, currencies, default=currencies[0], required=True, key=key, bind="query-params", wrap=True
    )
    return chosen if chosen in currencies else currencies[0]


def one_of(label: str, options: Sequence[str], *, key: str, width: int = 190) -> str:
    """One of a few options, the first where none is chosen."""
    chosen = st.selectbox(label, options, key=key, bind="query-params", width=width)
    return chosen if chosen in options else options[0]


def columns_left_out(columns: Sequence[str], *, key: str) -> list[str]:
    """Which of a list's columns the visitor does not want to see."""
    with st.popover("Columns", icon=":material/view_column:", type="tertiary"):
        left_out = st.pills(
            "Leave out", columns, selection_mode="multi", key=f"{key}_without", bind="query-params", width=320
        )
    return [name for name in left_out if name in columns]
