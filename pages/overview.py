"""How much there is, how urgent it is, and where."""

from functools import partial

import streamlit as st

from core.ui import cached, frame, numbers, overview_ways, parts, sums, ways
from core.ui.deadlines import ALL_WEEKS
from core.ui.holdings import MAY_EXPIRE
from core.ui.words import amount

view = frame.page("Overview")
asked = view.scope, view.as_of

amounts = cached.amounts(*asked)
recovered = cached.recovered(*asked)
currencies = sums.currencies(amounts)
if not currencies:
    parts.nothing("Nothing was detected yet.", "The reports are in, and nothing in them may be owed.")
    st.stop()

for currency in currencies:
    parts.money_tiles(cached.in_currency(amounts, currency), currency, numbers.last_year(recovered, currency))
parts.without_currency(amounts)
parts.without_value(amounts)
parts.laws_check(amounts, cached.detected(*asked), cached.paid(*asked))
parts.after_tiles()

currency = parts.currency_choice(currencies, key="overview_currency")
own = cached.in_currency(amounts, currency)
expiring = cached.in_currency(cached.expiring(*asked), currency)
year = numbers.last_year(recovered, currency)

left, right = st.columns([3, 2])
with left:
    at_risk = amount(numbers.at_risk(expiring), currency)
    parts.chart(
        f"{at_risk} expires within 13 weeks",
        cached.chart_of_expiring(*asked, currency),
        partial(numbers.expiring, expiring),
        key="overview_expiring",
        alt="Unclaimed money by the week in which its claim window closes",
        note="By the week in which the claim window closes. Money in a case is left out: its deadline no longer runs.",
        opens=partial(overview_ways.of_week, currency=currency),
        whole=("Items", ways.to_items(MAY_EXPIRE, currency=currency, expires=ALL_WEEKS)),
    )
with right:
    parts.chart(
        f"{amount(numbers.net(year), currency)} net in 12 months",
        cached.chart_of_recovered(*asked, currency),
        partial(numbers.months, year),
        key="overview_months",
        alt="Money recovered and reversed, by month",
        note="Payments above the line, what was taken back below it.",
        opens=ways.goes_to("Payments", partial(overview_ways.of_month, currency=currency, months=list(year["month"]))),
        whole=("Payments", ways.to_payments(month=ways.LAST_YEAR, currency=currency)),
    )

left, middle, right = st.columns([5, 5, 4])
with left:
    parts.chart(
        "Money by category",
        cached.chart_of_categories(*asked, currency),
        partial(numbers.by_category, own),
        key="overview_categories",
        alt="Unclaimed, claimed and lost money by category",
        legend=parts.KEY,
        opens=partial(overview_ways.of_category, currency=currency),
    )
with middle:
    parts.chart(
        "Marketplaces",
        cached.chart_of_marketplaces(*asked),
        partial(numbers.by_marketplace, amounts),
        key="overview_marketplaces",
        alt="Shares of unclaimed, claimed and lost money by marketplace",
        legend=f"{parts.KEY} :gray[· shares of what was detected]",
        opens=overview_ways.of_marketplace,
    )
with right:
    parts.chart(
        "Why it was lost",
        cached.chart_of_lost(*asked, currency),
        partial(numbers.lost, own),
        key="overview_lost",
        alt="Lost money by reason: expired, denied, reversed",
        opens=partial(overview_ways.of_reason, currency=currency),
    )
