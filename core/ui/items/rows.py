"""A list of items: its search field and its rows."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.text import searched
from core.ui.lists import rows
from core.ui.shell.view import View


def search_field(*, key: str) -> str:
    """Show the field that searches items by an id; returns the search term."""
    written = st.text_input(
        "Search",
        key=f"{key}_search",
        bind="query-params",
        type="search",
        placeholder="SKU, order, shipment, case …",
        help="By what an id begins with: item, SKU, FNSKU, ASIN, order, shipment, case or reimbursement. It finds the"
        " item whatever else is chosen.",
        width=280,
    )
    return searched(written)


def title_of(holding: str, *more: str) -> str:
    """The title of a list: `Ready to claim · expires within 30 days · Amazon Germany`."""
    return " · ".join(filter(None, (holding, *more)))


def show(
    view: View,
    wanted: ItemFilter,
    order: str,
    title: str,
    about: Mapping[str, str],
    *,
    key: str,
    many: bool,
    file_in: Any = None,
) -> None:
    """Show the items that match a filter under a title; `many` is whether they can have several marketplaces, `file_in`
    is the container for the download menu.
    """
    asked = rows.Asked(
        wanted,
        order,
        {**about, "Search": wanted.search},
        has_many_marketplaces=many and (wanted.marketplace is None or bool(wanted.search)),
        title="Found by the search" if wanted.search else title,
        left_out_by=key,
        sorted_in=key,
        file_name=f"{key}_items",
        file_in=file_in,
    )
    rows.show(view, "items", asked, key=f"{key}_items")
