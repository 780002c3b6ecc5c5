"""The Case Tracker page: all cases with their outcomes."""

from dataclasses import replace

import streamlit as st

from core.ui import components
from core.ui.cache import answers, figures
from core.ui.case_tracker import filters
from core.ui.lists import rows
from core.ui.shell import frame

STATUS = "cases_status"

view = frame.page("Case Tracker")
asked = view.scope, view.as_of

marketplaces = answers.case_marketplaces(*asked)
if not marketplaces:
    components.nothing("No cases yet.", "The team files cases once you have requested the service.")
    components.how_to_claim(key="cases_how_to_claim")
    st.stop()

within = filters.view_choice()
cards = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    fields = filters.fields(marketplaces, figures.case_currencies(*asked), view.as_of)
    order = rows.order_choice("cases", key="cases", by_columns=not view.has_many_accounts)
with cards:
    components.status_cards(figures.statuses(*asked, replace(fields, statuses=within)), within, field=STATUS)
wanted = replace(fields, statuses=components.chosen_statuses(within, field=STATUS) or within)
if wanted.case_id:
    st.caption(":material/filter_alt_off: A search by case id ignores every other filter.")
if more := filters.more_in_words(fields):
    st.caption(f":material/tune: {' · '.join(f'{name}: {words}' for name, words in more.items())}")

has_many_marketplaces = (wanted.marketplace is None or bool(wanted.case_id)) and len(marketplaces) > 1
rows.show(view, "cases", rows.Asked(wanted, order, filters.about(wanted), has_many_marketplaces), key="cases")
