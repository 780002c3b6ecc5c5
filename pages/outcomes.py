"""The Outcomes page: win rates, time to resolution, age of open cases, and money paid without a case."""

from dataclasses import replace

import streamlit as st

from core.ui import components
from core.ui.cache import answers
from core.ui.outcomes import page
from core.ui.shell import frame

view = frame.page("Outcomes")
asked = view.scope, view.as_of

marketplaces = answers.case_marketplaces(*asked)
if not marketplaces:
    components.nothing("No cases yet.", "Rates and times begin with the first case of a case file.")
    components.how_to_claim(key="outcomes_how_to_claim")
    st.stop()

fields = st.container(horizontal=True, vertical_alignment="bottom")
with fields:
    which = page.choices(marketplaces, view.as_of)
rates = answers.outcome_rates(*asked, which)
if rates.empty:
    components.nothing("No case fits these choices.", "Choose another marketplace, category or time.")
    st.stop()
with fields:
    currency = page.currency_of(rates)

of_all_days = replace(which, decided_from=None, decided_to=None)
curve, undated = answers.time_to_resolution(*asked, of_all_days)
ageing = answers.case_ageing(*asked, of_all_days)
page.tiles(which, rates, ageing, curve, currency)
page.meaning(rates)
page.rates(view, which, currency)
page.heat(view, which)
left, right = st.columns(2)
with left:
    page.denied(view, which)
    page.ageing(view, of_all_days, ageing, currency)
with right:
    page.time_to_resolution(view, of_all_days, curve, undated)
    page.sources(view, answers.money_sources(*asked), currency)
