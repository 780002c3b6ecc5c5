"""Which cases win, how long they take, how old the open ones are, and what is paid without any."""

from dataclasses import replace

import streamlit as st

from core.ui import cached, frame, outcomes, parts

view = frame.page("Outcomes")
asked = view.scope, view.as_of

marketplaces = cached.case_marketplaces(*asked)
if not marketplaces:
    parts.nothing("No cases yet.", "Rates and times begin with the first case that a case file names.")
    st.stop()

fields = st.container(horizontal=True, vertical_alignment="bottom")
with fields:
    which = outcomes.choices(marketplaces)
rates = cached.outcome_rates(*asked, which)
if rates.empty:
    parts.nothing("No case fits these choices.", "Another marketplace, category or time may.")
    st.stop()
with fields:
    currency = outcomes.currency_of(rates)

of_all_days = replace(which, decided_from=None, decided_to=None)
curve, undated = cached.time_to_resolution(*asked, of_all_days)
ageing = cached.case_ageing(*asked, of_all_days)
outcomes.tiles(which, rates, ageing, curve, currency)
outcomes.meaning(rates)
outcomes.rates(view, which, rates, currency)
left, right = st.columns(2)
with left:
    outcomes.time_to_resolution(view, of_all_days, curve, undated)
with right:
    outcomes.ageing(view, of_all_days, ageing, currency)
outcomes.sources(view, cached.money_sources(*asked), currency)
