"""Parts of the Outcomes page: rates, time to resolution, open cases, and money paid without a case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pandas as pd
import streamlit as st

from core.form import percent
from core.queries.outcomes import Which
from core.statistics import Survival
from core.ui import components
from core.ui.cache import answers, figures
from core.ui.components.choices import category_labels
from core.ui.components.periods import LAST_YEAR, days_of
from core.ui.components.table import NOTHING, table
from core.ui.outcomes import drill_down, numbers
from core.ui.outcomes.numbers import SMALL, interval
from core.ui.shell import carried, coded, links
from core.ui.shell.view import View
from core.ui.text.words import amount, count, marketplace, number, plain

_BY = {"category": "Category", "marketplace": "Marketplace"}
_OF_ALL_DAYS = ":gray-badge[:material/calendar_month: All dates]"
"""Badge of parts that ignore the filter *Decided*."""


def choices(marketplaces: Sequence[str], as_of: date | None) -> Which:
    """Show the filter fields side by side and return the filter."""
    places = {code: marketplace(code) for code in marketplaces}
    place = components.one_of("Marketplace", places, key="outcomes_marketplace", any_of="All marketplaces")
    kind = components.one_of("Category", category_labels(), key="outcomes_category", any_of="All categories")
    decided = components.period_choice(
        "Decided", key="outcomes_decided", as_of=as_of, told="On the day of the decision, else on that of the end."
    )
    return Which(place or None, kind or None, *decided)


def currency_of(rates: pd.DataFrame) -> str:
    """Show the currency field, with the currency of most cases first; returns the selected currency."""
    cases = rates.assign(cases=rates[["won", "lost", "open", "closed", "elsewhere"]].sum(axis=1))
    by_currency = cases.groupby("currency")["cases"].sum().sort_values(ascending=False, kind="stable")
    return components.currency_choice(
        [str(code) for code in by_currency.index], key="outcomes_currency", label="Currency"
    )


def tiles(which: Which, rates: pd.DataFrame, ageing: pd.DataFrame, curve: Survival | None, currency: str) -> None:
    """Show the four tiles: win rate, recovery rate, median time to resolution, open cases."""
    won, money = numbers.win_rate(rates), numbers.recovery_rate(rates, currency)
    grid = st.grid(4, min_column_width=190)
    wins, back, time, left = (grid.cell() for _ in range(4))
    with wins:
        told = f"{number(won.won)} of {count(won.of, 'decided case')}" if won else ""
        _rate_tile("Win rate", won, told, drill_down.to_decided(which))
    with back:
        told = f"{amount(money.recovered, currency)} of {amount(money.claimed, currency)}" if money else ""
        _rate_tile(f"Recovery rate {currency}", money, told, drill_down.to_decided(which, priced_in=currency))
    with time, st.container(border=True, height="stretch"):
        days = curve.median if curve else None
        st.metric("Median time to resolution", "–" if days is None else count(days, "day"))
        st.caption(f"{_median_in_words(curve)} · all dates")
        st.space("stretch")
        _to_cases(links.to_cases(place=which.marketplace, category=which.category, source="case_file"))
    with left, st.container(border=True, height="stretch"):
        st.metric("Open cases", number(int(ageing["cases"].sum())))
        own = ageing[ageing["currency"] == currency]
        st.caption(f"{amount(sum(own['claimed'], Decimal(0)), currency)} filed in {plain(currency)} · all dates")
        st.space("stretch")
        _to_cases(links.to_cases(statuses=("open",), place=which.marketplace, category=which.category))


def _rate_tile(label: str, line: numbers.Line | None, told: str, behind: carried.Handed) -> None:
    with st.container(border=True, height="stretch"):
        st.metric(label, percent(line.share.value if line else None))
        if line is None:
            st.caption("No case has been decided yet.")
            return
        small = " · :gray[small sample]" if line.is_small else ""
        st.caption(f"95% interval {interval(line.share)} · {told}{small}")
        st.space("stretch")
        _to_cases(behind)


def _median_in_words(curve: Survival | None) -> str:
    if curve is None:
        return "No case has been resolved yet"
    if curve.median is None:
        return "More than half are not resolved yet"
    low, high = curve.median_interval
    return f"95% interval {low} to {high} days" if high is not None else f"95% interval from {low} days, open above"


def meaning(rates: pd.DataFrame) -> None:
    """Explain what the win rate counts, and how many cases it excludes."""
    left_out = {
        "open": int(rates["open"].sum()),
        "closed without an outcome": int(rates["closed"].sum()),
        "filed elsewhere": int(rates["elsewhere"].sum()),
    }
    told = ", ".join(f"{number(cases)} {what}" for what, cases in left_out.items() if cases)
    st.caption(
        "Win rate counts decided cases only. Open cases and cases filed elsewhere are excluded"
        + (f": {told}." if told else ".")
    )


def rates(view: View, which: Which, currency: str) -> None:
    """Show the table of rates; selecting a cell opens its cases."""
    with st.container(border=True):
        head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        with head:
            title = st.empty()
            by = coded.segments("Rates by", _BY, key="outcomes_by", label_visibility="collapsed")
        found = figures.outcome_rates(view.scope, view.as_of, which, by, currency)
        if not found.groups:
            title.header("No case has been decided yet", anchor=False)
            return
        title.header(found.title, anchor=False)
        st.caption(
            f"Select a cell to see its cases. Hollow and grey: fewer than {SMALL} decided cases. Amounts in {currency}."
        )
        event = table(
            found.sheet,
            alt="Win and recovery rates: select a cell to see its cases",
            key=f"outcomes_rates_{by}",
            on_select="rerun",
            selection_mode="single-cell",
        )
        for row, column in event["selection"]["cells"]:
            if row < len(found.groups):
                links.go("Case Tracker", drill_down.of_rate(found.groups[row], column, which, currency))


def heat(view: View, which: Which) -> None:
    """Show win rates by category and marketplace; nothing unless there are several of both."""
    found = figures.outcome_heat(view.scope, view.as_of, which)
    if found is None:
        return
    with st.container(border=True):
        st.header("Win rate by category and marketplace", anchor=False)
        st.caption("The win rate and the number of decided cases. Select a cell to see its cases.")
        event = st.dataframe(
            found.cells.cells,
            hide_index=True,
            height="content",
            placeholder=NOTHING,
            key="outcomes_heat",
            on_select="rerun",
            selection_mode="single-cell",
            alt="Win rate by category and marketplace: select a cell to see its cases",
            column_config={"Category": st.column_config.TextColumn("Category", width="medium", pinned=True)}
            | {code: st.column_config.Column(marketplace(code), alignment="right") for code in found.marketplaces},
        )
        for row, column in event["selection"]["cells"]:
            if row < len(found.categories):
                group = {"category": found.categories[row]}
                group |= {"marketplace": column} if column in found.marketplaces else {}
                links.go("Case Tracker", drill_down.to_decided(which, group))


def denied(view: View, which: Which) -> None:
    """Show denied cases by month, with links to them: for the selected days, by default the last twelve months."""
    if which.decided_from is None and which.decided_to is None:
        which = replace(which, decided_from=days_of(LAST_YEAR, view.as_of or datetime.now(UTC).date())[0])
    by_month = answers.outcomes_by_month(view.scope, view.as_of, which)
    if by_month.empty or not by_month["lost"].sum():
        components.nothing("No case was denied on these days.")
        return
    shown = numbers.months_up_to_last(by_month)
    last = shown.iloc[-1]
    components.chart(
        f"{count(int(last['lost']), 'case')} denied in {last['month']:%B %Y}",
        figures.chart_of_denied(view.scope, view.as_of, which),
        partial(numbers.denied_table, by_month),
        key="outcomes_denied",
        alt="Denied cases by month",
        note="Cases that the marketplace denied, by the month of the decision. Select a bar to see them.",
        opens=links.goes_to("Case Tracker", partial(drill_down.of_month, which=which)),
    )


def time_to_resolution(view: View, which: Which, curve: Survival | None, undated: int) -> None:
    """Show how long cases take. Open cases count as censored: with the time that they have been open so far."""
    if curve is None:
        components.nothing("No case has been resolved yet.")
        return
    half = f"Half of cases resolve within {count(curve.median, 'day')}" if curve.median is not None else ""
    left_out = f" {count(undated, 'case')} without a date of resolution left out." if undated else ""
    components.chart(
        half or f"{percent(curve.share[-1])} are not resolved after {count(curve.days[-1], 'day')}",
        figures.chart_of_resolution(view.scope, view.as_of, which),
        partial(numbers.survival_table, curve),
        key="outcomes_time",
        alt="Share of cases that is not resolved, by days since they were opened",
        legend=_OF_ALL_DAYS,
        note="Share of filed cases not resolved, by days since opening (Kaplan–Meier, band 95%). Open cases count for"
        f" as long as they have been open.{left_out}",
    )


def ageing(view: View, which: Which, found: pd.DataFrame, currency: str) -> None:
    """Show open cases by age, with the amounts filed."""
    shown = numbers.ageing_table(found, currency)
    cases = int(shown["Open cases"].sum())
    if not cases:
        components.nothing(f"No case is open in {currency}.")
        return
    old = shown.iloc[-1]
    components.chart(
        f"{count(int(old['Open cases']), 'open case')} over 90 days old: {amount(old['Filed'], currency)}",
        figures.chart_of_ageing(view.scope, view.as_of, which, currency),
        lambda: shown,
        key="outcomes_ageing",
        alt=f"Open cases by age, and what they filed in {currency}",
        legend=_OF_ALL_DAYS,
        note="What open cases ask for, by days since they were opened; the number of cases stands on each bar.",
        opens=links.goes_to("Case Tracker", partial(drill_down.of_age, which=which, currency=currency)),
    )


def _to_cases(query: carried.Handed) -> None:
    components.list_link("View cases", query, title="Case Tracker")


def sources(view: View, found: pd.DataFrame, currency: str) -> None:
    """Show what was paid automatically and what was paid through cases."""
    own = found[found["currency"] == currency]
    if own.empty:
        return
    by_itself, all_paid = (sum(own[name], Decimal(0)) for name in ("automatic", "paid"))
    share = f" ({percent(by_itself / all_paid)})" if all_paid > 0 else ""
    to_cases = links.goes_to("Case Tracker", partial(drill_down.of_cases, currency=currency))
    to_payments = links.goes_to("Payments", drill_down.of_source)

    def opens(part: links.Part) -> None:
        to_cases(part)
        to_payments(part)

    components.chart(
        f"{amount(by_itself, currency)} was paid without a case{share}",
        figures.chart_of_sources(view.scope, view.as_of, currency),
        partial(numbers.source_table, found),
        key="outcomes_sources",
        alt=f"What was paid through cases and without one, in {currency}",
        legend=f"{_OF_ALL_DAYS} :gray-badge[:material/storefront: All marketplaces]",
        note="Of all categories, net of what was taken back. What a marketplace pays by itself is in no rate above.",
        opens=opens,
    )
