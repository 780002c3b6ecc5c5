"""The list view of every page: sort field, sums, rows, what each row opens, and the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from core import lists as declared
from core.queries.columns import named, reversed_order
from core.ui import components
from core.ui.cache import answers, lists
from core.ui.cache.lists import Layout
from core.ui.components.downloads import downloads
from core.ui.lists import neighbours
from core.ui.lists.leads import LEADS
from core.ui.shell.view import View
from core.ui.text.words import count


@dataclass(frozen=True)
class Asked:
    """How a page shows a list: filter (`wanted`), order, the choices in words for the file (`about`), and whether rows
    can belong to several marketplaces. `title` is shown above the list, `nothing` if it has no rows. `left_out_by` is
    the key of the field that hides columns, `sorted_in` the key of `order_choice`, which a click on a column header
    changes too. The download is shown in the container `file_in`, else above the rows.
    """

    wanted: Any = None
    order: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    has_many_marketplaces: bool = True
    title: str = ""
    nothing: tuple[str, ...] = ()
    left_out_by: str = ""
    sorted_in: str = ""
    file_name: str = ""
    file_in: Any = None


def order_choice(code: str, *, key: str, by_columns: bool = False, width: int = 190) -> str:
    """Show the sort field of a list and return the order. `by_columns` adds its columns and a reverse toggle."""
    options = declared.LISTS[code].sorts(by_columns=by_columns)
    order = components.one_of("Sort by", options, key=f"{key}_sort", width=width)
    if not by_columns:
        return order
    is_reversed = st.toggle("Reversed", key=f"{key}_reversed", bind="query-params")
    return reversed_order(order) if is_reversed else order


def show(view: View, code: str, asked: Asked, *, key: str) -> None:
    """Show a list's sums and one page of its rows, and open the target of the row that the visitor clicks."""
    spec = declared.LISTS[code]
    order = asked.order or spec.first_order
    pager = components.Pager(
        key, (view.scope.account_ids, code, asked.wanted, order), by_number=not view.has_many_accounts
    )
    asking = view.scope, view.as_of, code, asked.wanted, order, pager.position
    layout = Layout(view.has_many_accounts, asked.has_many_marketplaces)
    listed = lists.page(*asking, layout)
    if listed is None:
        _nothing(spec, asked)
        return
    if left_out := _head(view, spec, asked, listed, order, key):
        listed = lists.page(*asking, replace(layout, left_out=tuple(left_out))) or listed
    sorts = None
    if asked.sorted_in or listed.page.total > listed.page.rows:
        sorts = partial(_sort_by, spec, asked.sorted_in, order, by_columns=not view.has_many_accounts)
    # the order is part of the key: a newly sorted table starts without a selection
    opened = components.list_table(spec, listed.listing, listed.currency, key=f"{key} {order}", sorts=sorts)
    if opened is not None:
        number, way = opened
        ids = view.scope.account_ids
        neighbours.remember(way, neighbours.Asked(code, ids, asked.wanted, order, pager.positions, listed.page.total))
        LEADS[way](view, answers.rows_of(*asking).iloc[number].to_dict())
    pager.show_page(listed.page, spec.noun)


def _sort_by(spec: declared.ListSpec, field: str, order: str, code: str, *, by_columns: bool) -> None:
    """Sort by the column whose header was clicked; a second click reverses the order if the list can be reversed."""
    wanted, (now, is_reversed) = spec.order_by(code, by_columns=by_columns), named(order)
    if not (wanted and field):
        return
    st.session_state[f"{field}_sort"] = wanted
    if by_columns:
        st.session_state[f"{field}_reversed"] = wanted == now and not is_reversed


def _nothing(spec: declared.ListSpec, asked: Asked) -> None:
    nothing = asked.nothing or spec.nothing
    if asked.title and nothing:
        st.header(asked.title, anchor=False)
        _found_by_id(asked)
    if nothing:
        components.nothing(*nothing)


def _found_by_id(asked: Asked) -> bool:
    is_found = bool(getattr(asked.wanted, "search", ""))
    if is_found and asked.title:
        st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
    return is_found


def _head(view: View, spec: declared.ListSpec, asked: Asked, listed: lists.Listed, order: str, key: str) -> list[str]:
    """Show the title with the sums, the field that hides columns, and the download. Returns the codes of the hidden
    columns.
    """
    left_out: list[str] = []
    if asked.title:
        st.header(f"{asked.title}: {listed.heading}" if listed.heading else asked.title, anchor=False)
        if not _found_by_id(asked) and spec.advice:
            st.caption(spec.advice)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if asked.title:
            st.caption(listed.sums or count(listed.page.total, spec.noun))
        else:
            st.markdown(listed.sums)
        with st.container(horizontal=True, width="content"):
            if asked.left_out_by:
                columns = {column.code: column.label for column in listed.listing.columns}
                left_out = components.columns_left_out(columns, key=asked.left_out_by)
            if spec.file_name and asked.file_in is None:
                _file(view, spec, asked, listed, order, key)
    if spec.file_name and asked.file_in is not None:
        with asked.file_in:
            _file(view, spec, asked, listed, order, key)
    return left_out


def _file(view: View, spec: declared.ListSpec, asked: Asked, listed: lists.Listed, order: str, key: str) -> None:
    downloads(
        view,
        asked.file_name or spec.file_name,
        lambda account_ids: declared.table(account_ids, spec.code, asked.wanted, order),
        asked.about,
        rows=listed.page.total,
        key=key,
    )
