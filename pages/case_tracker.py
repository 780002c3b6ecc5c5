"""Every case that the team filed, and what became of it."""

from dataclasses import replace
from functools import partial

import streamlit as st

from core.ui import components
from core.ui.cache import answers, figures
from core.ui.case_tracker import filters
from core.ui.lists import rows
from core.ui.shell import frame

view = frame.page("Case Tracker")
asked = view.scope, view.as_of

marketplaces = answers.case_marketplaces(*asked)
if not marketplaces:
    components.nothing(
        "No cases yet.",
        "The team files cases once the service is started: *How to claim* on the Amazon and Walmart pages says how.",
    )
    st.stop()

statuses = filters.view_choice()
strip = st.container()
fields = filters.fields(marketplaces, figures.case_currencies(*asked))
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    wanted = replace(fields, statuses=filters.status_choice(statuses))
    order = rows.order_choice("cases", key="cases", by_columns=not view.has_many_accounts)
if wanted.case_id:
    st.caption(":material/filter_alt_off: A search by case id ignores every other filter.")
if more := filters.more_in_words(fields):
    st.caption(f":material/tune: {' · '.join(f'{name}: {words}' for name, words in more.items())}")
of_view = replace(fields, statuses=statuses)
with strip:
    components.status_strip(
        figures.statuses(*asked, of_view),
        statuses,
        figures.chart_of_statuses(*asked, of_view),
        partial(answers.case_statuses, *asked, of_view),
        field="cases_status",
    )

has_many_marketplaces = (wanted.marketplace is None or bool(wanted.case_id)) and len(marketplaces) > 1
rows.show(view, "cases", rows.Asked(wanted, order, filters.about(wanted), has_many_marketplaces), key="cases")
