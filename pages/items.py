"""The items behind a figure, wherever it was seen."""

from dataclasses import replace

import streamlit as st

from core.ui.items import filters, rows
from core.ui.shell import frame

view = frame.page("Items")
chosen = filters.choices(view)
with st.container(horizontal=True, vertical_alignment="bottom"):
    search = rows.search_field(key="items")
    order = rows.order_choice(view, key="items")
rows.show(
    view,
    replace(chosen.wanted, search=search),
    order,
    rows.Listed(chosen.holding, has_many_marketplaces=True, about=chosen.about),
    key="items",
)
