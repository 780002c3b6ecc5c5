"""Choices that carry over to other pages: Streamlit drops a widget's value when the visitor leaves its page."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from core.text import visible
from core.ui.shell import internals

Handed = Mapping[str, str | list[str]]
"""Choices as query parameters: one value, or several, per key."""

SHARED = ("user", "account", "as_of")
"""Keys of the widgets that the frame shows on every page; also their query parameters."""

_PAGE, _KEPT, _HANDED, _AGAIN = "page shown", "choices kept", "choices handed over", "choices replaced"


def take_what_is_visible() -> None:
    """Remove invisible characters from the URL, above all NUL, which no database accepts."""
    address = {key: st.query_params.get_all(key) for key in st.query_params}
    clean = {visible(key): [visible(value) for value in values] for key, values in address.items()}
    if clean != address:
        st.query_params.from_dict(clean)
        internals.start_from_address()


def bring(page: str) -> None:
    """On the first run of a new page, give the shared widgets the last page's values; the URL takes precedence."""
    before = st.session_state.get(_PAGE, page)
    st.session_state[_PAGE] = page
    if before == page:
        if st.session_state.pop(_AGAIN, False):
            internals.prefer_address()
        return
    _go_back_to_the_address()
    for key, value in st.session_state.get(_KEPT, {}).items():
        if key not in st.query_params:
            st.session_state[key] = value
    _take_over(st.session_state.pop(_HANDED, {}))


def page_shown() -> str:
    """The title of the current page."""
    return str(st.session_state.get(_PAGE, ""))


def _take_over(handed: Handed) -> None:
    """Put the choices that the last page handed over into the URL, as if this page had been opened with them."""
    internals.release(handed)  # a widget of the last page may still be bound to the key
    for key, value in handed.items():
        if key in SHARED:
            st.session_state.pop(key, None)  # the URL takes precedence
        st.query_params[key] = value
    if handed:
        internals.start_from_address()


def _go_back_to_the_address() -> None:
    """After the browser's back or forward, give the shared widgets the values in the URL.

    Streamlit drops them: it takes a parameter with the key of a widget of the last page for that page's own.
    """
    for key, values in parse_qs(internals.history_address() or "").items():
        if key in SHARED:
            st.query_params[key] = values[-1]


def to_itself(page: str, choices: Handed) -> dict[str, str | list[str]] | None:
    """The query with which the current page reopens itself with only these choices; None for other pages."""
    if st.session_state.get(_PAGE) != page:
        return None
    st.session_state[_AGAIN] = True
    shared = {key: str(value) for key in SHARED if (value := st.session_state.get(key)) is not None}
    address = shared | dict(choices)
    internals.release({*address, *st.query_params})
    return address


def hand_over(choices: Handed) -> None:
    """Pass query parameters to the next page. They override the shared widgets' current values."""
    st.session_state[_HANDED] = dict(choices)


def keep(*but: str) -> None:
    """Remember the shared widgets' values for the next page. The keys in `but` retain the previously remembered values.

    A page opened from a row shows that row's account, but the link back must restore the accounts chosen before.
    """
    kept = st.session_state.get(_KEPT, {})
    now = {key: st.session_state[key] for key in SHARED if key in st.session_state and key not in but}
    st.session_state[_KEPT] = {key: kept[key] for key in but if key in kept} | now


def forget_unless(key: str, options: Collection[Any]) -> None:
    """Drop a remembered value that is no longer an option: a revoked account, a removed user."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
