"""The Overview page: totals, urgent deadlines, and charts."""

import streamlit as st

from core.ui import components
from core.ui.cache import figures
from core.ui.overview import page
from core.ui.shell import frame

view = frame.page("Overview")

currencies = figures.currencies(view.scope, view.as_of)
if not currencies:
    components.nothing("Nothing was detected yet.", "The reports are in, and nothing in them may be owed.")
    st.stop()

page.alerts(view)
page.totals(view, currencies)
figures.without_amount(view.scope, view.as_of)
components.after_tiles()
currency = page.currency_and_proof(view, currencies)
page.charts(view, currency)
