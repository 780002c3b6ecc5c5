"""Small choices whose value lives in the address. What a browser sends back is looked up among the options."""

from collections.abc import Sequence

import streamlit as st


def currency_choice(currencies: Sequence[str], *, key: str) -> str:
    """Which currency the charts show; nothing is asked where there is one only."""
    if len(currencies) == 1:
        return currencies[0]
    chosen = st.segmented_control(
        "Charts in", currencies, default=currencies[0], required=True, key=key, bind="query-params"
    )
    return chosen if chosen in currencies else currencies[0]


def one_of(label: str, options: Sequence[str], *, key: str, width: int = 190) -> str:
    """One of a few options, the first where none is chosen."""
    chosen = st.selectbox(label, options, key=key, bind="query-params", width=width)
    return chosen if chosen in options else options[0]
