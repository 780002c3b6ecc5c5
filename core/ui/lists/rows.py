"""A list as every page has it: its order, its sum, its rows, the way behind each of them, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from core import lists as declared
from core.queries.columns import reversed_order
from core.ui import components
from core.ui.cache import answers, lists
from core.ui.cache.lists import Layout
from core.ui.components.downloads import downloads
from core.ui.lists import neighbours
from core.ui.lists.leads import LEADS
from core.ui.shell.view import View


@dataclass(frozen=True)
class Asked:
    """What is asked of a list: the filter, the order, its choices in words for a file, whether its rows can be of
    several marketplaces. `title` stands above it, `nothing` where there is no row, and `left_out_by` is the key of the
    field for columns to leave out.
    """

    wanted: Any = None
    order: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    has_many_marketplaces: bool = True
    title: str = ""
    nothing: tuple[str, ...] = ()
    left_out_by: str = ""
    file_name: str = ""


def order_choice(code: str, *, key: str, by_columns: bool = False, width: int = 190) -> str:
    """How a list is sorted: by one of its orders, or `by_columns` as well and from either end."""
    options = declared.LISTS[code].sorts(by_columns=by_columns)
    order = components.one_of("Sort by", options, key=f"{key}_sort", width=width)
    if not by_columns:
        return order
    is_reversed = st.toggle("Reversed", key=f"{key}_reversed", bind="query-params")
    return reversed_order(order) if is_reversed else order


def show(view: View, code: str, asked: Asked, *, key: str) -> None:
    """Show a list's sum and its rows, a page at a time, and go where the row leads that the visitor opens."""
    spec = declared.LISTS[code]
    order = asked.order or spec.first_order
    pager = components.Pager(
        key, (view.scope.account_ids, code, asked.wanted, order), by_number=not view.has_many_accounts
    )
    asking = view.scope, view.as_of, code, asked.wanted, order, pager.position
    layout = Layout(view.has_many_accounts, asked.has_many_marketplaces)
    listed = lists.page(*asking, layout)
    _title(spec, asked, has_rows=listed is not None)
    if listed is None:
        return
    if left_out := _head(listed, asked.left_out_by):
        listed = lists.page(*asking, replace(layout, left_out=tuple(left_out))) or listed
    opened = components.list_table(spec, listed.listing, listed.currency, key=key)
    if opened is not None:
        number, way = opened
        ids = view.scope.account_ids
        neighbours.remember(way, neighbours.Asked(code, ids, asked.wanted, order, pager.positions, listed.page.total))
        LEADS[way](view, answers.rows_of(*asking).iloc[number].to_dict())
    pager.show_page(listed.page, spec.noun)
    if spec.file_name:
        downloads(
            view,
            asked.file_name or spec.file_name,
            lambda account_ids: declared.table(account_ids, code, asked.wanted, order),
            asked.about,
            rows=listed.page.total,
            key=key,
        )


def _title(spec: declared.ListSpec, asked: Asked, *, has_rows: bool) -> None:
    """Show what stands above the rows, and where there are none what stands in their place."""
    nothing = asked.nothing or spec.nothing
    if asked.title and (has_rows or nothing):
        st.header(asked.title, anchor=False)
        if getattr(asked.wanted, "search", ""):
            st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
        elif has_rows and spec.advice:
            st.caption(spec.advice)
    if nothing and not has_rows:
        components.nothing(*nothing)


def _head(listed: lists.Listed, left_out_by: str) -> list[str]:
    """Show what the list adds up to, and the field for the columns that are left out; returns their codes."""
    if not left_out_by:
        if listed.sums:
            st.markdown(listed.sums)
        return []
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(listed.sums)
        columns = {column.code: column.label for column in listed.listing.columns}
        return components.columns_left_out(columns, key=left_out_by)
