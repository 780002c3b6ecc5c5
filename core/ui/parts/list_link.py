"""A figure's way to the rows behind it."""

import streamlit as st

from core.ui import ways


def list_link(label: str, query: ways.Query, meaning: str = "") -> None:
    """A line that leads to the list behind a figure; `meaning` is said on hover."""
    st.page_link(
        ways.file_of("Items"),
        label=label,
        icon=":material/arrow_forward:",
        icon_position="right",
        help=meaning or None,
        query_params=dict(query),
    )
