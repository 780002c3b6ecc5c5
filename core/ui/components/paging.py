"""Pagination of lists: by page number (offset) for one account, by Next and Previous (keyset) for several."""

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
    """One page of a list: the list's row count, the page's row count, and the sort key of the page's last row."""

    total: int
    rows: int
    last: tuple[Any, ...]

    @classmethod
    def of(cls, rows: pd.DataFrame, sort_key: Sequence[str]) -> "Page":
        """The page of these rows; their column `total_rows` has the list's row count."""
        if rows.empty:
            return cls(0, 0, ())
        return cls(int(rows["total_rows"].iloc[0]), len(rows), tuple(rows[name].iloc[-1] for name in sort_key))


class Pager:
    """The current page of a list. It goes back to the first page if `listed` (the list's filters and order) changes."""

    def __init__(self, key: str, listed: Hashable, *, by_number: bool) -> None:
        self._number, self._behind, self._listed = f"{key}_page", f"{key} behind", f"{key} listed"
        self._by_number = by_number
        if st.session_state.get(self._listed) != listed:
            # The session's first run keeps the page number from the URL.
            if self._listed in st.session_state:
                st.session_state.pop(self._number, None)
            st.session_state[self._listed] = listed
            st.session_state[self._behind] = []

    @property
    def position(self) -> Position:
        """The position to query the current page from."""
        if self._by_number:
            return Position(skip=(self._page - 1) * PAGE_SIZE)
        behind = st.session_state[self._behind]
        return Position(after=behind[-1]) if behind else Position()

    @property
    def positions(self) -> tuple[Position, ...]:
        """The positions of all pages up to the current one; by number only the current page's offset."""
        if self._by_number:
            return (self.position,)
        return (Position(), *(Position(after=after) for after in st.session_state[self._behind]))

    def show(self, rows: pd.DataFrame, sort_key: Sequence[str], noun: str) -> None:
        """Show the range of visible rows and the page controls. `rows` are the rows at `position`."""
        self.show_page(Page.of(rows, sort_key), noun)

    def show_page(self, page: Page, noun: str) -> None:
        """Like `show`, for a page that is already summarized."""
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
