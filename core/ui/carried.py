"""Choices that all pages share: a widget belongs to the page that shows it, and Streamlit drops its value with it."""

from collections.abc import Collection
from typing import Any

import streamlit as st

SHARED = ("user", "account", "as_of")
"""Keys of the widgets that the frame shows on every page. The address has them by the same names."""

_PAGE, _KEPT = "page shown", "choices kept"


def bring(page: str) -> None:
    """On the first run of another page, give the shared widgets their values of the last; the address goes first."""
    before = st.session_state.get(_PAGE, page)
    st.session_state[_PAGE] = page
    if before == page:
        return
    for key, value in st.session_state.get(_KEPT, {}).items():
        if key not in st.query_params:
            st.session_state[key] = value


def keep() -> None:
    """Remember the shared widgets' values for the next page."""
    st.session_state[_KEPT] = {key: st.session_state[key] for key in SHARED if key in st.session_state}


def forget_unless(key: str, options: Collection[Any]) -> None:
    """Drop a remembered value that is no longer to be chosen: a revoked account, a user who was removed."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
