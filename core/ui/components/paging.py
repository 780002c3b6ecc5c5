"""Leafing through a list: by number within one account, with next and previous over many."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.queries.paging import PAGE_SIZE, Position
from core.ui.shell import session_check
from core.ui.text.words import count, number


@dataclass(frozen=True)
class Page:
    """One page of a list: how many rows the list has, how many of them are here, and the last one's sort key."""

    total: int
    rows: int
    last: tuple[Any, ...]

    @classmethod
    def of(cls, rows: pd.DataFrame, sort_key: Sequence[str]) -> "Page":
        """That of some rows; `total_rows` among their columns says how many the list has."""
        if rows.empty:
            return cls(0, 0, ())
        return cls(int(rows["total_rows"].iloc[0]), len(rows), tuple(rows[name].iloc[-1] for name in sort_key))


class Pager:
    """Where a list stands. A change of what is listed begins at its first page again."""

    def __init__(self, key: str, listed: Hashable, *, by_number: bool) -> None:
        self._number, self._behind, self._listed = f"{key}_page", f"{key} behind", f"{key} listed"
        self._by_number = by_number
        if st.session_state.get(self._listed) != listed:
            # The first run of a session keeps the page that the address names.
            if self._listed in st.session_state:
                st.session_state.pop(self._number, None)
            st.session_state[self._listed] = listed
            st.session_state[self._behind] = []

    @property
    def position(self) -> Position:
        """Where the page to ask for begins."""
        if self._by_number:
            return Position(skip=(self._page - 1) * PAGE_SIZE)
        behind = st.session_state[self._behind]
        return Position(after=behind[-1]) if behind else Position()

    @property
    def positions(self) -> tuple[Position, ...]:
        """Where the pages up to this one begin; by number that of this one says it all."""
        if self._by_number:
            return (self.position,)
        return (Position(), *(Position(after=after) for after in st.session_state[self._behind]))

    def show(self, rows: pd.DataFrame, sort_key: Sequence[str], noun: str) -> None:
        """Show what of the list is seen, and the way to the rest. `rows` are those of `position`."""
        self.show_page(Page.of(rows, sort_key), noun)

    def show_page(self, page: Page, noun: str) -> None:
        """The same of a page of which that much is known."""
        seen = (self._page - 1 if self._by_number else len(st.session_state[self._behind])) * PAGE_SIZE
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            if page.total > PAGE_SIZE:
                st.caption(f"{number(seen + 1)}–{number(seen + page.rows)} of {count(page.total, noun)}")
                self._ways(page, seen)
            else:
                st.caption(count(page.total, noun))

    @property
    def _page(self) -> int:
        page = st.session_state.get(self._number, 1)
        return page if isinstance(page, int) and page > 0 else 1

    def _ways(self, page: Page, seen: int) -> None:
        if self._by_number:
            st.pagination(-(-page.total // PAGE_SIZE), key=self._number)
            return
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            disabled=seen == 0,
            on_click=session_check.callback(self._back),
            key=f"{self._number}_previous",
        )
        st.button(
            "Next",
            icon=":material/chevron_right:",
            icon_position="right",
            disabled=seen + page.rows >= page.total,
            on_click=session_check.callback(self._forth),
            args=(page.last,),
            key=f"{self._number}_next",
        )

    def _forth(self, last: tuple[Any, ...]) -> None:
        st.session_state[self._behind] = [*st.session_state[self._behind], last]

    def _back(self) -> None:
        st.session_state[self._behind] = st.session_state[self._behind][:-1]
