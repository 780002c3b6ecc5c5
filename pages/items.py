"""The Items page: the items behind a figure of any page."""

from dataclasses import replace

import streamlit as st

from core.ui.items import filters, rows
from core.ui.lists.rows import order_choice
from core.ui.shell import frame

view = frame.page("Items")
chosen = filters.choices(view)
with st.container(horizontal=True, vertical_alignment="bottom"):
    search = rows.search_field(key="items")
    order = order_choice("items", key="items", by_columns=not view.has_many_accounts)
wanted = replace(chosen.wanted, search=search)
rows.show(view, wanted, order, rows.title_of(*chosen.told), chosen.about, key="items", many=True)
