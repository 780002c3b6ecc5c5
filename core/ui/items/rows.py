"""A list of items: the field that finds one by an id, and its rows."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.text import searched
from core.ui.lists import rows
from core.ui.shell.view import View


def search_field(*, key: str) -> str:
    """The field that finds an item by an id; what was written in it."""
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
    """What a list holds, in words: `Ready to claim · expires within 30 days · Amazon Germany`."""
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
    """Show the items of a filter under a title; `many` is whether they can be of several marketplaces, `file_in` the
    container for the way to their file.
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
