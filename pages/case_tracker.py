"""Every case that the team filed, and what became of it."""

from dataclasses import replace

import streamlit as st

from core.ui import cached, case_filters, case_rows, frame, parts
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
fields = case_filters.fields(marketplaces)
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    wanted = replace(fields, statuses=case_filters.status_choice(statuses))
    order = case_rows.SORTS[parts.one_of("Sort by", list(case_rows.SORTS), key="cases_sort")]
if wanted.case_id:
    st.caption(":material/filter_alt_off: A search by case id ignores every other filter.")
of_view = replace(fields, statuses=statuses)
with strip:
    parts.status_strip(cached.case_statuses(*asked, of_view), statuses, cached.chart_of_statuses(*asked, of_view))

pager = parts.Pager("cases", (view.scope.account_ids, wanted, order), by_number=not view.has_many_accounts)
cases = cached.cases(*asked, wanted, order, pager.position)
if cases.empty:
    parts.nothing("No case fits these filters.", "Leave one of them out, or search by case id alone.")
    st.stop()

currencies = sorted(set(cases["currency"]))
marked = parts.case_list(
    cases,
    parts.Named(
        view.has_many_accounts,
        wanted.marketplace is None and len(marketplaces) > 1,
        currencies[0] if len(currencies) == 1 else None,
    ),
    key="cases_list",
)
pager.show(cases, case_rows.KEYS[order], "case")
downloads(
    view,
    "cases",
    lambda account_ids: case_rows.all_of(account_ids, wanted, order),
    case_filters.about(wanted),
    rows=int(cases["total_rows"].iloc[0]),
    key="cases",
)
for row in marked:
    case_rows.details(*asked, cases.iloc[row])
