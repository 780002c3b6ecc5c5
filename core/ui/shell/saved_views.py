"""Saved views: a page with its choices, kept under a name by the user for the user alone.

What is kept is the address, and it comes back as one: taken apart, narrowed to what its page knows, put together again.
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
"""What of the frame's own choices is part of a view. Who looks is not: it is the view of whoever saved it."""

_BY_FILE = {entry.file: entry for entry in PAGES.values()}


def place(scope: Scope, title: str) -> None:
    """Show the saved views of the user, and the field that saves this one; nothing on a page without choices."""
    if not PAGES[title].choices:
        return
    shown = st.popover("Saved views", icon=":material/bookmark:", type="tertiary", key="saved_views", on_change="rerun")
    if shown.open:
        with shown, errors.told():
            _list(scope)
            _field(scope, PAGES[title])


def choices_of(entry: PageEntry, query: str) -> Choices:
    """What a page knows of a query string: its own choices and the frame's; anything else is left out."""
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
    """The page of a view; None where it is none, or not the role's."""
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
    """The page's address without what is not its own: the user above all."""
    known: dict[str, Sequence[str]] = {
        key: st.query_params.get_all(key) for key in address if key in _SHARED or key.startswith(entry.choices)
    }
    return urlencode(known, doseq=True)


def _one_line(name: str) -> str:
    """A name without what can not be seen: line breaks, control signs, marks of direction."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


def _forget(user_id: int, name: str) -> None:
    personal.forget_view(user_id, name)
