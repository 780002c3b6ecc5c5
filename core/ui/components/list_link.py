"""Link from a figure to the rows behind it."""

import streamlit as st

from core.ui.shell import carried, links


def list_link(label: str, query: carried.Handed, meaning: str = "", *, title: str = "Items") -> None:
    """Show a link to the list behind a figure, on the page with this `title`; `meaning` is the tooltip."""
    st.page_link(
        links.file_of(title),
        label=label,
        icon=":material/arrow_forward:",
        icon_position="right",
        help=meaning or None,
        query_params=dict(query),
    )
