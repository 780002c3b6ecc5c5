"""A list of items as every page has it: its search, its order, its sum, its rows, and the way to each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.queries.items import all_items, reversed_order
from core.text import searched
from core.ui import components
from core.ui.cache import lists
from core.ui.cache.lists import Layout
from core.ui.components.downloads import downloads
from core.ui.shell import links
from core.ui.shell.view import View

_ORDERS = {"Soonest deadline": "soonest", "Largest amount": "largest", "Newest event": "newest"}
_BY_COLUMN = {
    "Category": "category",
    "Marketplace": "marketplace",
    "Stage": "stage",
    "SKU": "sku",
    "FNSKU": "fnsku",
    "ASIN": "asin",
    "Order or shipment": "order_or_shipment",
    "Units": "units",
    "Unit value": "unit_value",
    "Value from": "value_basis",
    "Event": "event_on",
    "Opens": "opens_on",
    "Case": "case_id",
    "Why in review": "review_reason",
    "Rule": "window_confidence",
}


@dataclass(frozen=True)
class Listed:
    """What a list shows: its title, whether its rows can be of several marketplaces, and the choices in words."""

    title: str
    has_many_marketplaces: bool
    about: Mapping[str, str]


def search_field(*, key: str) -> str:
    """The field that finds an item by an id; what was written in it."""
    written = st.text_input(
        "Search",
        key=f"{key}_search",
        bind="query-params",
        type="search",
        placeholder="SKU, FNSKU, ASIN, order, shipment, case …",
        help="By what an id begins with: item, SKU, FNSKU, ASIN, order, shipment, case or reimbursement. It finds the"
        " item whatever else is chosen.",
        width=320,
    )
    return searched(written)


def order_choice(view: View, *, key: str) -> str:
    """How the list is sorted: by any column within one account, by deadline, amount or event over many."""
    options = _ORDERS if view.has_many_accounts else _ORDERS | _BY_COLUMN
    order = options[components.one_of("Sort by", list(options), key=f"{key}_sort")]
    if view.has_many_accounts:
        return order
    is_reversed = st.toggle("Reversed", key=f"{key}_reversed", bind="query-params")
    return reversed_order(order) if is_reversed else order


def show(view: View, wanted: ItemFilter, order: str, listed: Listed, *, key: str) -> None:
    """Show the list's sum and its rows, a page at a time, and go to the item that the visitor opens."""
    pager = components.Pager(
        f"{key}_items", (view.scope.account_ids, wanted, order), by_number=not view.has_many_accounts
    )
    has_many_marketplaces = listed.has_many_marketplaces and (wanted.marketplace is None or bool(wanted.search))
    layout = Layout(f"{key}_items", view.has_many_accounts, has_many_marketplaces)
    asked = view.scope, view.as_of, wanted, order, pager.position
    items = lists.items(*asked, layout)
    title = "Found by the search" if wanted.search else listed.title
    st.header(title, anchor=False)
    if wanted.search:
        st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
    if items is None:
        components.nothing("No item fits these choices.", "Another category, deadline or search may.")
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(items.sums)
        left_out = components.columns_left_out(items.columns, key=key)
    shorter = lists.items(*asked, replace(layout, left_out=tuple(left_out))) if left_out else None
    opened = components.item_list((shorter or items).sheet, key=layout.key)
    if opened is not None:
        links.go("Item", links.to_item(view, *items.names[opened]))
    pager.show_page(items.page, "item")
    downloads(
        view,
        layout.key,
        lambda account_ids: all_items(account_ids, wanted, order),
        {**listed.about, "Search": wanted.search},
        rows=items.page.total,
        key=layout.key,
    )
