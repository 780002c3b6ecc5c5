"""Links from an item or a case back to the list it was opened from, and to the next and previous row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from core import lists as declared
from core.queries.paging import PAGE_SIZE, Position
from core.ui.cache import answers
from core.ui.lists.leads import LEADS
from core.ui.shell import carried, links
from core.ui.shell.view import View
from core.ui.text.words import number

Names = Mapping[str, object]
"""Identifies a row: column names and their values."""

_OPENED_FROM = "list opened from"


@dataclass(frozen=True)
class Asked:
    """A list's query: accounts, filter, order, and the start of each page up to the current one. `total` is the number
    of rows on all pages.
    """

    code: str
    account_ids: tuple[int, ...]
    wanted: Any
    order: str
    positions: tuple[Position, ...]
    total: int

    @property
    def offset(self) -> int:
        """The number of rows on the previous pages."""
        return self.positions[-1].skip or (len(self.positions) - 1) * PAGE_SIZE


@dataclass(frozen=True)
class OpenedFrom:
    """The list's page and its query parameters; `asked` is set if rows have neighbours, which `lead` opens."""

    title: str
    address: Mapping[str, list[str]]
    lead: str = ""
    asked: Asked | None = None


def remember(lead: str = "", asked: Asked | None = None, *, title: str = "") -> None:
    """Remember the current page before one of its rows is opened. `title` is the page that the back link names."""
    address = {key: st.query_params.get_all(key) for key in st.query_params if key != "user"}
    st.session_state[_OPENED_FROM] = OpenedFrom(title or carried.page_shown(), address, lead, asked)


def show(view: View, lead: str, names: Names, *, home: str) -> None:
    """Show the link back to the list, and buttons to the rows before and after the one with these `names`.

    A visitor who came by a deep link gets a link to the page with the title `home` instead.
    """
    opened: OpenedFrom = st.session_state.get(_OPENED_FROM) or OpenedFrom(home, {})
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.page_link(
            links.file_of(opened.title),
            label=f"Back to {opened.title}",
            icon=":material/arrow_back:",
            query_params=dict(opened.address),
        )
        if opened.asked and opened.lead == lead:
            _steps(view, opened, opened.asked, names)


def _steps(view: View, opened: OpenedFrom, asked: Asked, names: Names) -> None:
    rows = _rows(view, asked)
    here = _index(rows, names)
    if here is None:
        return
    place = asked.offset + here
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.caption(f"{number(place + 1)} of {number(asked.total)}")
        for label, icon, step in (("Previous", "chevron_left", -1), ("Next", "chevron_right", 1)):
            is_there = 0 <= place + step < asked.total
            if st.button(
                label,
                icon=f":material/{icon}:",
                icon_position="left" if step < 0 else "right",
                type="tertiary",
                key=f"neighbour_{label.lower()}",
                disabled=not is_there,
            ):
                _go(view, opened, asked, rows, here + step)


def _go(view: View, opened: OpenedFrom, asked: Asked, rows: pd.DataFrame, index: int) -> None:
    """Open the row at this index; an index outside the rows means the previous or next page."""
    if index < 0:
        asked = replace(asked, positions=_before(asked))
        rows = _rows(view, asked)
        index = len(rows) - 1
    elif index >= len(rows):
        asked = replace(asked, positions=(*asked.positions, _behind(asked, rows)))
        rows, index = _rows(view, asked), 0
    if 0 <= index < len(rows):
        st.session_state[_OPENED_FROM] = replace(opened, asked=asked)
        LEADS[opened.lead](view, rows.iloc[index].to_dict())


def _before(asked: Asked) -> tuple[Position, ...]:
    skip = asked.positions[-1].skip
    return (Position(skip=skip - PAGE_SIZE),) if skip else asked.positions[:-1]


def _behind(asked: Asked, rows: pd.DataFrame) -> Position:
    """Start of the next page: an offset for one account, whose list may be sorted by any column, else a keyset."""
    if len(asked.account_ids) == 1:
        return Position(skip=asked.offset + len(rows))
    key = declared.LISTS[asked.code].keys[asked.order]
    return Position(after=tuple(rows[name].iloc[-1] for name in key))


def _rows(view: View, asked: Asked) -> pd.DataFrame:
    """The rows of the page, limited to accounts that the visitor still has."""
    granted = tuple(account_id for account_id in asked.account_ids if account_id in view.codes)
    if not granted:
        return pd.DataFrame()
    scope = replace(view.scope, account_ids=granted)
    return answers.rows_of(scope, view.as_of, asked.code, asked.wanted, asked.order, asked.positions[-1])


def _index(rows: pd.DataFrame, names: Names) -> int | None:
    """The index of the row with these names; None if it is not among the rows."""
    if rows.empty or not set(names) <= set(rows.columns):
        return None
    columns: Sequence[list[str]] = [rows[name].astype(str).tolist() for name in names]
    wanted = tuple(map(str, names.values()))
    return next((number for number, row in enumerate(zip(*columns, strict=True)) if row == wanted), None)
