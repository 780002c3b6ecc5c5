"""Every case that the team filed, and what became of it."""

from dataclasses import replace
from functools import partial

import streamlit as st

from core.ui import cached, case_filters, case_rows, frame, parts, ready, sheets, ways
from core.ui.downloads import downloads

view = frame.page("Case Tracker")
asked = view.scope, view.as_of

marketplaces = cached.case_marketplaces(*asked)
if not marketplaces:
    parts.nothing(
        "No cases yet.",
        "The team files cases once the service is started: *How to claim* on the Amazon and Walmart pages says how.",
    )
    st.stop()

statuses = case_filters.view_choice()
strip = st.container()
fields = case_filters.fields(marketplaces, ready.case_currencies(*asked))
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    wanted = replace(fields, statuses=case_filters.status_choice(statuses))
    order = case_rows.order_choice(view)
if wanted.case_id:
    st.caption(":material/filter_alt_off: A search by case id ignores every other filter.")
if more := case_filters.more_in_words(fields):
    st.caption(f":material/tune: {' · '.join(f'{name}: {words}' for name, words in more.items())}")
of_view = replace(fields, statuses=statuses)
with strip:
    parts.status_strip(
        ready.statuses(*asked, of_view),
        statuses,
        ready.chart_of_statuses(*asked, of_view),
        partial(cached.case_statuses, *asked, of_view),
        field="cases_status",
    )

pager = parts.Pager("cases", (view.scope.account_ids, wanted, order), by_number=not view.has_many_accounts)
has_many_marketplaces = (wanted.marketplace is None or bool(wanted.case_id)) and len(marketplaces) > 1
layout = sheets.Layout("cases_list", view.has_many_accounts, has_many_marketplaces)
cases = sheets.cases(*asked, wanted, order, pager.position, layout)
if cases is None:
    parts.nothing("No case fits these filters.", "Leave one of them out, or search by case id alone.")
    st.stop()

st.markdown(cases.sums)
opened = parts.case_list(cases.sheet, key=layout.key)
if opened is not None:
    ways.go("Case", ways.to_case(view, *cases.names[opened]))
pager.show_page(cases.page, "case")
downloads(
    view,
    "cases",
    lambda account_ids: case_rows.all_of(account_ids, wanted, order),
    case_filters.about(wanted),
    rows=cases.page.total,
    key="cases",
)
