"""A list of items as every page has it: its search, its order, its sum, its rows, and the way to each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import streamlit as st

from core.queries.item_filter import ItemFilter
from core.queries.items import ORDERS, all_items, reversed_order
from core.ui import cached, parts, ways
from core.ui.downloads import downloads
from core.ui.view import View
from core.ui.words import amount, count, number

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
    return (written or "").strip()


def order_choice(view: View, *, key: str) -> str:
    """How the list is sorted: by any column within one account, by deadline, amount or event over many."""
    options = _ORDERS if view.has_many_accounts else _ORDERS | _BY_COLUMN
    order = options[parts.one_of("Sort by", list(options), key=f"{key}_sort")]
    if view.has_many_accounts:
        return order
    is_reversed = st.toggle("Reversed", key=f"{key}_reversed", bind="query-params")
    return reversed_order(order) if is_reversed else order


def show(view: View, wanted: ItemFilter, order: str, listed: Listed, *, key: str) -> None:
    """Show the list's sum and its rows, a page at a time, and go to the item that the visitor opens."""
    asked = view.scope, view.as_of
    found = cached.categories(*asked, wanted)
    pager = parts.Pager(f"{key}_items", (view.scope.account_ids, wanted, order), by_number=not view.has_many_accounts)
    items = cached.items(*asked, wanted, order, pager.position).assign(total_rows=int(found["items"].sum()))
    title = "Found by the search" if wanted.search else listed.title
    st.header(title, anchor=False)
    if wanted.search:
        st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
    if items.empty:
        parts.nothing("No item fits these choices.", "Another category, deadline or search may.")
        return
    currencies = sorted(set(found["currency"]))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(sum_line(found))
        columns = parts.item_columns(
            items,
            wanted.alone().stages,
            parts.Named(
                view.has_many_accounts,
                listed.has_many_marketplaces and (wanted.marketplace is None or bool(wanted.search)),
                currencies[0] if len(currencies) == 1 else None,
            ),
        )
        left_out = parts.columns_left_out([str(name) for name in columns.columns[1:]], key=key)
    opened = parts.item_list(
        columns.drop(columns=left_out), currencies[0] if len(currencies) == 1 else None, key=f"{key}_items"
    )
    if opened is not None:
        row = items.iloc[opened]
        ways.go("Item", ways.to_item(view, row["account_id"], row["item_id"]))
    pager.show(items, ORDERS.get(order, ()), "item")
    downloads(
        view,
        f"{key}_items",
        lambda account_ids: all_items(account_ids, wanted, order),
        {**listed.about, "Search": wanted.search},
        rows=int(items["total_rows"].iloc[0]),
        key=f"{key}_items",
    )


def sum_line(found: pd.DataFrame) -> str:
    """What a list adds up to, in each currency, and last without any (Markdown). `found` are the rows of
    `marketplace.categories`.
    """
    lines = []
    for currency, rows in sorted(found.groupby("currency"), key=lambda group: (not group[0], group[0])):
        money = [f"**{amount(sum(rows['amount'], Decimal(0)), str(currency))}**"] if currency else []
        unvalued = int(rows["items_without_value"].sum())
        told = [*money, count(int(rows["items"].sum()), "item"), count(int(rows["units"].sum()), "unit")]
        lines.append(" · ".join(told) + (f", {number(unvalued)} without a value" if unvalued else ""))
    return "  \n".join(lines)
