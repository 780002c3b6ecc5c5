"""How much there is, how urgent it is, and where."""

from functools import partial

import streamlit as st

from core.ui import cached, frame, numbers, overview_ways, parts, ready, ways
from core.ui.deadlines import ALL_WEEKS
from core.ui.holdings import MAY_EXPIRE
from core.ui.words import amount

view = frame.page("Overview")
asked = view.scope, view.as_of

currencies = ready.currencies(*asked)
if not currencies:
    parts.nothing("Nothing was detected yet.", "The reports are in, and nothing in them may be owed.")
    st.stop()

ready.money_tiles(*asked)
parts.laws_check(ready.laws(*asked))
parts.after_tiles()

currency = parts.currency_choice(currencies, key="overview_currency")
charts = ready.overview(*asked, currency)

left, right = st.columns([3, 2])
with left:
    parts.chart(
        f"{amount(charts.at_risk, currency)} expires within 13 weeks",
        charts.of_expiring,
        lambda: numbers.expiring(cached.in_currency(cached.expiring(*asked), currency)),
        key="overview_expiring",
        alt="Unclaimed money by the week in which its claim window closes",
        note="By the week in which the claim window closes. Money in a case is left out: its deadline no longer runs.",
        opens=partial(overview_ways.of_week, currency=currency),
        whole=("Items", ways.to_items(MAY_EXPIRE, currency=currency, expires=ALL_WEEKS)),
    )
with right:
    parts.chart(
        f"{amount(charts.net, currency)} net in 12 months",
        charts.of_recovered,
        lambda: numbers.months(ready.year(*asked, currency)),
        key="overview_months",
        alt="Money recovered and reversed, by month",
        note="Payments above the line, what was taken back below it.",
        opens=ways.goes_to("Payments", partial(overview_ways.of_month, currency=currency, months=charts.months)),
        whole=("Payments", ways.to_payments(month=ways.LAST_YEAR, currency=currency)),
    )

left, middle, right = st.columns([5, 5, 4])
with left:
    parts.chart(
        "Money by category",
        charts.of_categories,
        lambda: numbers.by_category(cached.in_currency(cached.amounts(*asked), currency)),
        key="overview_categories",
        alt="Unclaimed, claimed and lost money by category",
        legend=parts.KEY,
        opens=partial(overview_ways.of_category, currency=currency),
    )
with middle:
    parts.chart(
        "Marketplaces",
        charts.of_marketplaces,
        lambda: numbers.by_marketplace(cached.amounts(*asked)),
        key="overview_marketplaces",
        alt="Shares of unclaimed, claimed and lost money by marketplace",
        legend=f"{parts.KEY} :gray[· shares of what was detected]",
        opens=overview_ways.of_marketplace,
    )
with right:
    parts.chart(
        "Why it was lost",
        charts.of_lost,
        lambda: numbers.lost(cached.in_currency(cached.amounts(*asked), currency)),
        key="overview_lost",
        alt="Lost money by reason: expired, denied, reversed",
        opens=partial(overview_ways.of_reason, currency=currency),
    )
