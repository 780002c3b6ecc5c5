"""The parts of Outcomes: what wins, how long it takes, what is still open, and what is paid without a case."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import pandas as pd
import streamlit as st

from core.form import percent
from core.queries.outcomes import Which
from core.statistics import Survival
from core.ui import components
from core.ui.cache import figures
from core.ui.components.choices import category_labels
from core.ui.components.periods import dates_of
from core.ui.outcomes import drill_down, numbers
from core.ui.outcomes.numbers import BY, SMALL, interval
from core.ui.shell import carried, coded, links
from core.ui.shell.view import View
from core.ui.text.words import amount, count, marketplace, number, plain

_BY = {"category": "Category", "marketplace": "Marketplace", "both": "Both"}


def choices(marketplaces: Sequence[str]) -> Which:
    """Show the fields of which cases are meant, side by side, and return what was chosen."""
    places = {code: marketplace(code) for code in marketplaces}
    place = components.one_of("Marketplace", places, key="outcomes_marketplace", any_of="All marketplaces")
    kind = components.one_of("Category", category_labels(), key="outcomes_category", any_of="All categories")
    decided = st.date_input(
        "Decided between",
        value=[],
        key="outcomes_decided",
        bind="query-params",
        format="YYYY-MM-DD",
        help="For the rates: cases that were decided, or else ended, on these days. How long cases take, and how"
        " old the open ones are, is told of all.",
        width=235,
    )
    return Which(place or None, kind or None, *dates_of(decided))


def currency_of(rates: pd.DataFrame) -> str:
    """The currency of the money on the page, the one with most cases first."""
    cases = rates.assign(cases=rates[["won", "lost", "open", "closed", "elsewhere"]].sum(axis=1))
    by_currency = cases.groupby("currency")["cases"].sum().sort_values(ascending=False, kind="stable")
    return components.currency_choice(
        [str(code) for code in by_currency.index], key="outcomes_currency", label="Money in"
    )


def tiles(which: Which, rates: pd.DataFrame, ageing: pd.DataFrame, curve: Survival | None, currency: str) -> None:
    """The four figures of the page."""
    won, money = numbers.win_rate(rates), numbers.recovery_rate(rates, currency)
    wins, back, time, left = st.columns(4)
    with wins:
        told = f"{number(won.won)} of {count(won.of, 'decided case')}" if won else ""
        _rate_tile("Win rate", won, told, drill_down.to_decided(which))
    with back:
        told = f"{amount(money.recovered, currency)} of {amount(money.claimed, currency)}" if money else ""
        _rate_tile(f"Recovery rate {currency}", money, told, drill_down.to_decided(which, priced_in=currency))
    with time, st.container(border=True, height="stretch"):
        days = curve.median if curve else None
        st.metric("Median time to resolution", "–" if days is None else count(days, "day"))
        st.caption(_median_in_words(curve))
    with left, st.container(border=True, height="stretch"):
        st.metric("Open cases", number(int(ageing["cases"].sum())))
        own = ageing[ageing["currency"] == currency]
        st.caption(f"{amount(sum(own['claimed'], Decimal(0)), currency)} claimed in {plain(currency)}")
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
        return "No case has been resolved yet."
    if curve.median is None:
        return "More than half are not resolved yet."
    low, high = curve.median_interval
    return f"95% interval {low} to {high} days" if high is not None else f"95% interval from {low} days, open above"


def meaning(rates: pd.DataFrame) -> None:
    """What counts as won, lost and undecided."""
    undecided = [count(int(rates["open"].sum()), "open case")]
    undecided.append(f"{number(int(rates['closed'].sum()))} closed without a stated outcome")
    elsewhere = int(rates["elsewhere"].sum())
    st.caption(
        "**Won** is fully or partially reimbursed, **lost** is not eligible; a rate is of those two alone."
        f" Undecided, and in no rate: {' and '.join(undecided)}."
        + (
            f" Nor are {count(elsewhere, 'case')} filed elsewhere: they are known only because they were paid."
            if elsewhere
            else ""
        )
    )


def rates(view: View, which: Which, found: pd.DataFrame, currency: str) -> None:
    """The win rates beside the recovery rates."""
    by = BY[coded.segments("Rates by", _BY, key="outcomes_by")]
    note = f"Grey and hollow: fewer than {SMALL} cases, too few to conclude from. Bars are 95% intervals."
    left, right = st.columns(2)
    with left:
        wins = numbers.win_rates(found, by)
        if wins:
            components.chart(
                _best("wins", wins),
                figures.chart_of_win_rates(view.scope, view.as_of, which, by),
                partial(numbers.win_table, wins),
                key="outcomes_wins",
                alt="Win rate with its 95% interval",
                note=f"Of decided cases, those won. {note}",
                opens=links.goes_to("Case Tracker", partial(drill_down.of_wins, which=which)),
            )
        else:
            components.nothing("No case has been decided yet.")
    with right:
        money = numbers.recovery_rates(found, by, currency)
        if money:
            components.chart(
                _best("recovers", money),
                figures.chart_of_recovery_rates(view.scope, view.as_of, which, by, currency),
                partial(numbers.recovery_table, money),
                key="outcomes_money",
                alt=f"Share of the claimed money that was recovered, in {currency}, with its 95% interval",
                note=f"Of what decided cases claimed in {currency}, what came back. {note}",
                opens=links.goes_to(
                    "Case Tracker",
                    partial(drill_down.of_recoveries, which=which, currency=currency),
                ),
            )
        else:
            components.nothing(f"No decided case says what it claimed in {currency}.")


def _best(verb: str, lines: Sequence[numbers.Line]) -> str:
    """What the chart shows, in a line: the highest rate of enough cases, where the lowest lies outside its interval."""
    enough = sorted((line for line in lines if not line.is_small), key=lambda line: line.share.value)
    if not enough:
        return f"Too few cases to say what {verb} most"
    lowest, best = enough[0], enough[-1]
    if len(enough) == 1:
        return f"{plain(best.label)} {verb} {percent(best.share.value)}"
    if (best.share.low or Decimal(0)) > (lowest.share.high or Decimal(1)):
        return f"{plain(best.label)} {verb} most: {percent(best.share.value)}"
    return f"No sure difference: {percent(lowest.share.value)} to {percent(best.share.value)}"


def time_to_resolution(view: View, which: Which, curve: Survival | None, undated: int) -> None:
    """How long cases take, the open ones counted for as long as they have been open."""
    if curve is None:
        components.nothing("No case has been resolved yet.", "How long they take is told with the first one.")
        return
    half = f"Half are resolved after {count(curve.median, 'day')}" if curve.median is not None else ""
    left_out = f" {count(undated, 'case')} without a date of resolution left out." if undated else ""
    components.chart(
        half or f"{percent(curve.share[-1])} are not resolved after {count(curve.days[-1], 'day')}",
        figures.chart_of_resolution(view.scope, view.as_of, which),
        partial(numbers.survival_table, curve),
        key="outcomes_time",
        alt="Share of cases that is not resolved, by days since they were opened",
        note="Share of filed cases not resolved, by days since opening (Kaplan–Meier, band 95%). Open cases count for"
        f" as long as they have been open.{left_out}",
    )


def ageing(view: View, which: Which, found: pd.DataFrame, currency: str) -> None:
    """How old the open cases are, and how much they claim."""
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
        alt=f"Open cases by age, and what they claim in {currency}",
        note="What open cases claim, by days since they were opened; the number of cases stands on each bar.",
        opens=links.goes_to("Case Tracker", partial(drill_down.of_age, which=which, currency=currency)),
    )


def _to_cases(query: carried.Handed) -> None:
    st.page_link(
        links.file_of("Case Tracker"),
        label="In the Case Tracker",
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=dict(query),
    )


def sources(view: View, found: pd.DataFrame, currency: str) -> None:
    """What was paid by itself apart from what cases brought."""
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
        note="Net of what was taken back, over all marketplaces and categories. What a marketplace pays by itself is no"
        " case's success, and in no rate above.",
        opens=opens,
    )
