"""Parts of the Overview page: alerts, totals, charts."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from core.ui import components
from core.ui.cache import answers, figures
from core.ui.components import chart_tables
from core.ui.components.deadlines import ALL_WEEKS, WEEKLY
from core.ui.components.list_link import list_link
from core.ui.components.table import table
from core.ui.overview import drill_down
from core.ui.shell import coded, links
from core.ui.shell.looks import LINES
from core.ui.shell.view import View
from core.ui.text.words import amount, count

_THIS_WEEK = next(iter(WEEKLY))
_FEW = 100

Alert = tuple[str, str, str, links.Query]
"""A line of Markdown, and its link's label, page and query."""


def alerts(view: View) -> None:
    """Show the alerts, one line each, and the page's primary action."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(gap="xsmall", width="content", key=LINES):
            for told, way, title, query in _alerts(view):
                with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                    st.markdown(told, width="content")
                    list_link(way, query, title=title)
        components.how_to_claim(key="overview_how_to_claim")


def _alerts(view: View) -> Iterator[Alert]:
    soon = figures.expires_this_week(view.scope, view.as_of)
    if soon.items:
        query = links.to_items("ready", expires=_THIS_WEEK)
        items = count(soon.items, "item")
        yield (
            f":red[:material/alarm:] **{soon.money}** ready to claim expires this week · {items}",
            "View items",
            "Items",
            query,
        )
    if view.is_of_team and (waiting := len(answers.waiting(view.scope, view.as_of))):
        yield (
            f":orange[:material/person_raised_hand:] {count(waiting, 'request')} for the service",
            "View requests",
            "How to claim",
            {},
        )
    # with more accounts some report always has a gap; Data sync shows which
    if len(view.accounts) <= _FEW and (holes := figures.sync_matrix(view.scope, view.as_of).totals.get("gap", 0)):
        has = count(holes, "report has a gap", "reports have a gap")
        yield f":orange[:material/history_toggle_off:] {has}: a file may be missing", "View reports", "Data sync", {}


def totals(view: View, currencies: tuple[str, ...]) -> None:
    """Show the three totals: tiles for one currency, a table for several."""
    if len(currencies) == 1:
        figures.money_tiles(view.scope, view.as_of)
        return
    event = table(
        figures.money_table(view.scope, view.as_of),
        alt="Unclaimed, claimed and lost money by currency: select a cell to see its items",
        key="overview_currencies",
        on_select="rerun",
        selection_mode="single-cell",
    )
    st.caption("Select a cell to see its items. Claimed: all time.")
    for row, column in event["selection"]["cells"]:
        way = drill_down.of_currency({"currency": currencies[row], "column": column}) if row < len(currencies) else None
        if way:
            links.go(*way)


def currency_and_proof(view: View, currencies: tuple[str, ...]) -> str:
    """Show the charts' currency field beside the check of the laws; returns the selected currency."""
    amounts = figures.laws(view.scope, view.as_of)
    if len(currencies) == 1:
        components.laws_check(amounts)
        return currencies[0]
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        chosen = coded.segments(
            "Currency of the charts",
            {each: each for each in currencies},
            default=figures.main_currency(view.scope, view.as_of),
            key="overview_currency",
            wrap=True,
        )
    with right:
        components.laws_check(amounts)
    return chosen


def charts(view: View, currency: str) -> None:
    """Show one currency's charts."""
    asked = view.scope, view.as_of
    drawn = figures.overview(*asked, currency)
    left, right = st.columns([4, 3])
    with left:
        components.chart(
            f"{amount(drawn.ready, currency)} ready, expires within 13 weeks",
            drawn.of_expiring,
            lambda: chart_tables.expiring(answers.in_currency(answers.expiring(*asked), currency)),
            key="overview_expiring",
            alt="Unclaimed money by the week in which its claim window closes, ready or not",
            note=f"All at risk: {amount(drawn.at_risk, currency)}, with Future and Review.",
            opens=partial(drill_down.of_week, currency=currency),
            whole=("Items", links.to_items("ready", currency=currency, expires=ALL_WEEKS)),
        )
    with right:
        components.chart(
            f"{amount(drawn.net, currency)} recovered, last 12 months (net)",
            drawn.of_recovered,
            lambda: chart_tables.months(figures.year(*asked, currency)),
            key="overview_months",
            alt="Money recovered and reversed, by month",
            opens=links.goes_to("Payments", partial(drill_down.of_month, currency=currency)),
            whole=("Payments", links.to_payments(month=links.LAST_YEAR, currency=currency)),
        )
    left, middle, right = st.columns([5, 5, 4])
    with left:
        components.chart(
            "By category",
            drawn.of_categories,
            lambda: chart_tables.by_category(answers.in_currency(answers.amounts(*asked), currency)),
            key="overview_categories",
            alt="Unclaimed, claimed and lost money by category",
            legend=components.KEY,
            opens=partial(drill_down.of_category, currency=currency),
        )
    with middle:
        components.chart(
            "By marketplace",
            drawn.of_marketplaces,
            lambda: chart_tables.by_marketplace(answers.amounts(*asked)),
            key="overview_marketplaces",
            alt="Shares of unclaimed, claimed and lost money by marketplace",
            legend=f"{components.KEY} :gray[· shares of what was detected]",
            opens=drill_down.of_marketplace,
        )
    with right:
        components.chart(
            "Why it was lost",
            drawn.of_lost,
            lambda: chart_tables.lost(answers.in_currency(answers.amounts(*asked), currency)),
            key="overview_lost",
            alt="Lost money by reason: expired, denied, reversed",
            opens=partial(drill_down.of_reason, currency=currency),
        )
