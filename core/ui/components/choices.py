"""Small choices whose value lives in the address. What a browser sends back is looked up among the options."""

from collections.abc import Mapping, Sequence

import streamlit as st


def currency_choice(currencies: Sequence[str], *, key: str, label: str = "Charts in") -> str:
    """Which currency is shown; nothing is asked where there is one only."""
    if len(currencies) == 1:
        return currencies[0]
    chosen = st.segmented_control(
        label, currencies, default=currencies[0], required=True, key=key, bind="query-params", wrap=True
    )
    return chosen if chosen in currencies else currencies[0]


def one_of(label: str, options: Sequence[str] | Mapping[str, str], *, key: str, width: int = 190) -> str:
    """One of a few options, the first where none is chosen: its code, where they are labels by codes."""
    labels = options if isinstance(options, Mapping) else {each: each for each in options}
    by_label = {label: code for code, label in labels.items()}
    chosen = st.selectbox(label, list(by_label), key=key, bind="query-params", width=width)
    return by_label.get(chosen or "", next(iter(labels)))


def columns_left_out(columns: Mapping[str, str], *, key: str) -> list[str]:
    """The codes of the columns that the visitor does not want to see, of those with these labels by their codes."""
    by_label = {label: code for code, label in columns.items()}
    with st.popover("Columns", icon=":material/view_column:", type="tertiary"):
        left_out = st.pills(
            "Leave out", list(by_label), selection_mode="multi", key=f"{key}_without", bind="query-params", width=320
        )
    return [by_label[label] for label in left_out if label in by_label]
