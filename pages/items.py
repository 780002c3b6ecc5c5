"""The items behind a figure, wherever it was seen."""

from dataclasses import replace

import streamlit as st

from core.ui import frame, item_filters, item_rows

view = frame.page("Items")
chosen = item_filters.choices(view)
with st.container(horizontal=True, vertical_alignment="bottom"):
    search = item_rows.search_field(key="items")
    order = item_rows.order_choice(view, key="items")
item_rows.show(
    view,
    replace(chosen.wanted, search=search),
    order,
    item_rows.Listed(chosen.holding, has_many_marketplaces=True, about=chosen.about),
    key="items",
)
