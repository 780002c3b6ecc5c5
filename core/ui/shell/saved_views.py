"""Saved views: a page with its choices, saved under a name. Only the user who saved a view sees it.

A view is stored as the page's query string. When it is opened, only parameters that its page knows are used.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlencode

import streamlit as st

from core.database.access import personal
from core.database.access.personal import LONGEST_NAME, SavedView
from core.errors import LimitReached
from core.ui.shell import errors, links, session_check
from core.ui.shell.navigation import PAGES, PageEntry, has_page
from core.ui.shell.view import Scope
from core.ui.text.words import plain

Choices = dict[str, list[str]]

_SHARED = ("account", "as_of")
"""The frame's choices that a view includes. `user` is not among them: a view belongs to the user who saved it."""

_BY_FILE = {entry.file: entry for entry in PAGES.values()}


def place(scope: Scope, title: str) -> None:
    """Show the user's saved views and the field that saves this one; nothing on a page without choices."""
    if not PAGES[title].choices:
        return
    shown = st.popover("Saved views", icon=":material/bookmark:", type="tertiary", key="saved_views", on_change="rerun")
    if shown.open:
        with shown, errors.told():
            _list(scope)
            _field(scope, PAGES[title])


def choices_of(entry: PageEntry, query: str) -> Choices:
    """The parameters of a query string that a page knows: its own choices and the frame's."""
    return {
        key: values
        for key, values in parse_qs(query).items()
        if key in _SHARED or (entry.choices and key.startswith(entry.choices))
    }


def _list(scope: Scope) -> None:
    views = [view for view in personal.saved_views(scope.user_id) if _page_of(view, scope.role)]
    if not views:
        st.caption("None yet. Choose what this page shows, then save it under a name.")
    for number, view in enumerate(views):
        entry = _BY_FILE[view.page]
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", width=340):
            if st.button(
                f"{plain(view.name)} :gray[{entry.title}]",
                icon=f":material/{entry.icon}:",
                type="tertiary",
                key=f"saved_view_open_{number}",
            ):
                links.go(entry.title, choices_of(entry, view.query))
            st.button(
                "Remove",
                icon=":material/delete:",
                type="tertiary",
                key=f"saved_view_remove_{number}",
                help=f"Remove {plain(view.name)}",
                on_click=session_check.callback(_forget),
                args=(scope.user_id, view.name),
            )


def _page_of(view: SavedView, role: str) -> PageEntry | None:
    """The page of a view; None if it does not exist or the role has no access."""
    entry = _BY_FILE.get(view.page)
    return entry if entry and entry.choices and has_page(role, entry.title) else None


def _field(scope: Scope, entry: PageEntry) -> None:
    with st.form("saved_view", border=False, clear_on_submit=True, enter_to_submit=True):
        name = st.text_input("Save this view as", max_chars=LONGEST_NAME, key="saved_view_name")
        is_sent = st.form_submit_button("Save", icon=":material/bookmark_add:", key="saved_view_save")
    if not is_sent:
        return
    told = _one_line(name or "")
    if not told:
        st.warning("A view needs a name.", icon=":material/edit:")
        return
    try:
        personal.save_view(scope.user_id, SavedView(told, entry.file, _query(entry, st.query_params.to_dict())))
    except LimitReached as error:
        st.warning(plain(str(error)), icon=":material/inventory:")
        return
    st.rerun()


def _query(entry: PageEntry, address: Mapping[str, str]) -> str:
    """The query string of the page's own parameters, above all without the user."""
    known: dict[str, Sequence[str]] = {
        key: st.query_params.get_all(key) for key in address if key in _SHARED or key.startswith(entry.choices)
    }
    return urlencode(known, doseq=True)


def _one_line(name: str) -> str:
    """A name without invisible characters: line breaks, control characters, direction marks."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


def _forget(user_id: int, name: str) -> None:
    personal.forget_view(user_id, name)
