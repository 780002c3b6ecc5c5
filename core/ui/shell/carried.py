"""Choices that all pages share: a widget belongs to the page that shows it, and Streamlit drops its value with it."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from core.text import visible
from core.ui.shell import internals

Handed = Mapping[str, str | list[str]]
"""Choices as an address has them: a value, or several of one key."""

SHARED = ("user", "account", "as_of")
"""Keys of the widgets that the frame shows on every page. The address has them by the same names."""

_PAGE, _KEPT, _HANDED, _AGAIN = "page shown", "choices kept", "choices handed over", "choices replaced"


def take_what_is_visible() -> None:
    """Drop from the address what nobody sees in it, NUL above all, which no database takes."""
    address = {key: st.query_params.get_all(key) for key in st.query_params}
    clean = {visible(key): [visible(value) for value in values] for key, values in address.items()}
    if clean != address:
        st.query_params.from_dict(clean)
        internals.start_from_address()


def bring(page: str) -> None:
    """On the first run of another page, give the shared widgets their values of the last; the address goes first."""
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
    """The title of the page that is shown."""
    return str(st.session_state.get(_PAGE, ""))


def _take_over(handed: Handed) -> None:
    """Put what the page before handed over into the address, as if this page had been opened with it."""
    internals.release(handed)  # a widget of the page before may still have the address's key
    for key, value in handed.items():
        if key in SHARED:
            st.session_state.pop(key, None)  # the address goes first
        st.query_params[key] = value
    if handed:
        internals.start_from_address()


def _go_back_to_the_address() -> None:
    """Let the shared widgets have what the address of the browser's way back says.

    Streamlit leaves it out: it takes what has the name of a widget of the page before for that page's own.
    """
    for key, values in parse_qs(internals.history_address() or "").items():
        if key in SHARED:
            st.query_params[key] = values[-1]


def to_itself(page: str, choices: Handed) -> dict[str, str | list[str]] | None:
    """The address by which a page that is shown opens itself with these choices alone; None for any other page."""
    if st.session_state.get(_PAGE) != page:
        return None
    st.session_state[_AGAIN] = True
    shared = {key: str(value) for key in SHARED if (value := st.session_state.get(key)) is not None}
    address = shared | dict(choices)
    internals.release({*address, *st.query_params})
    return address


def hand_over(choices: Handed) -> None:
    """Give the next page its part of the address; shared widgets get their values, whatever they were on this one."""
    st.session_state[_HANDED] = dict(choices)


def keep(*but: str) -> None:
    """Remember the shared widgets' values for the next page, `but` some: of these the last page's values stay.

    A page that is reached from a row is of that row's account, and the way back leads to all that were chosen before.
    """
    kept = st.session_state.get(_KEPT, {})
    now = {key: st.session_state[key] for key in SHARED if key in st.session_state and key not in but}
    st.session_state[_KEPT] = {key: kept[key] for key in but if key in kept} | now


def forget_unless(key: str, options: Collection[Any]) -> None:
    """Drop a remembered value that is no longer to be chosen: a revoked account, a user who was removed."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
