"""How much there is, how urgent it is, and where."""

from functools import partial

import streamlit as st

from core.ui import components
from core.ui.cache import answers, figures
from core.ui.components import chart_tables
from core.ui.components.deadlines import ALL_WEEKS
from core.ui.items.holdings import MAY_EXPIRE
from core.ui.overview import drill_down
from core.ui.shell import frame, links
from core.ui.text.words import amount

view = frame.page("Overview")
asked = view.scope, view.as_of

currencies = figures.currencies(*asked)
if not currencies:
    components.nothing("Nothing was detected yet.", "The reports are in, and nothing in them may be owed.")
    st.stop()

figures.money_tiles(*asked)
components.laws_check(figures.laws(*asked))
components.after_tiles()

currency = components.currency_choice(currencies, key="overview_currency")
charts = figures.overview(*asked, currency)

left, right = st.columns([3, 2])
with left:
    components.chart(
        f"{amount(charts.at_risk, currency)} expires within 13 weeks",
        charts.of_expiring,
        lambda: chart_tables.expiring(answers.in_currency(answers.expiring(*asked), currency)),
        key="overview_expiring",
        alt="Unclaimed money by the week in which its claim window closes",
        note="By the week in which the claim window closes. Money in a case is left out: its deadline no longer runs.",
        opens=partial(drill_down.of_week, currency=currency),
        whole=("Items", links.to_items(MAY_EXPIRE, currency=currency, expires=ALL_WEEKS)),
    )
with right:
    components.chart(
        f"{amount(charts.net, currency)} net in 12 months",
        charts.of_recovered,
        lambda: chart_tables.months(figures.year(*asked, currency)),
        key="overview_months",
        alt="Money recovered and reversed, by month",
        note="Payments above the line, what was taken back below it.",
        opens=links.goes_to("Payments", partial(drill_down.of_month, currency=currency)),
        whole=("Payments", links.to_payments(month=links.LAST_YEAR, currency=currency)),
    )

left, middle, right = st.columns([5, 5, 4])
with left:
    components.chart(
        "Money by category",
        charts.of_categories,
        lambda: chart_tables.by_category(answers.in_currency(answers.amounts(*asked), currency)),
        key="overview_categories",
        alt="Unclaimed, claimed and lost money by category",
        legend=components.KEY,
        opens=partial(drill_down.of_category, currency=currency),
    )
with middle:
    components.chart(
        "Marketplaces",
        charts.of_marketplaces,
        lambda: chart_tables.by_marketplace(answers.amounts(*asked)),
        key="overview_marketplaces",
        alt="Shares of unclaimed, claimed and lost money by marketplace",
        legend=f"{components.KEY} :gray[· shares of what was detected]",
        opens=drill_down.of_marketplace,
    )
with right:
    components.chart(
        "Why it was lost",
        charts.of_lost,
        lambda: chart_tables.lost(answers.in_currency(answers.amounts(*asked), currency)),
        key="overview_lost",
        alt="Lost money by reason: expired, denied, reversed",
        opens=partial(drill_down.of_reason, currency=currency),
    )
