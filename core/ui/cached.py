"""The only module with caches. They are shared by all sessions, so scope and as-of are the first, hashed arguments.

No session state in here: a function that read it would hand one visitor's answer to another. Every cache ends by time
and by number of entries. The questions themselves are in core/queries.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Connection

from core import charts, metrics
from core.database.access import reading
from core.queries import case as case_questions
from core.queries import case_tracker, data_sync, marketplace, outcomes, overview, service
from core.queries import expiring as expiring_items
from core.queries import follow_ups as follow_up_questions
from core.queries import item as item_questions
from core.queries import items as item_list
from core.queries import payments as payment_questions
from core.queries.case_tracker import CaseFilter
from core.queries.outcomes import Which
from core.queries.paging import Position
from core.statistics import Survival, time_to_end
from core.ui import numbers, outcome_numbers, troubles
from core.ui.view import Scope
from core.vocabulary import Channel

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

SECONDS = 300
"""How long an answer is kept at most. A sync is seen at once (`Scope.version`), a day that turns after this."""

ANSWERS = 500
"""How many answers of a kind are kept: about ten visitors' worth of clicks; tables are a few kilobytes."""

PAGES = 100
"""How many pages of a list are kept; one is about 50 kB."""

FIGURES = 200
"""How many figures of a kind are kept; one is some kilobytes."""

_KEYS: dict[str | type, Callable[[Any], Any]] = {Scope: attrgetter("key")}


def kept(entries: int) -> Callable[[Callable[_Asked, _Answer]], Callable[_Asked, _Answer]]:
    """Keep a function's answers by its arguments, each visitor with a copy; a database that is away is told."""

    def decorate(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
        return _told(st.cache_data(ttl=SECONDS, max_entries=entries, show_spinner=False, hash_funcs=_KEYS)(function))

    return decorate


def drawn(function: Callable[_Asked, go.Figure]) -> Callable[_Asked, go.Figure]:
    """Keep a function's figures by its arguments. They are shared, for a copy costs 13 ms: never change one."""
    return _told(st.cache_resource(ttl=SECONDS, max_entries=FIGURES, show_spinner=False, hash_funcs=_KEYS)(function))


def _told(remembered: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    @wraps(remembered)
    def answer(*arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        metrics.answered("all")
        with troubles.told():
            return remembered(*arguments, **named)

    return answer


def answers(
    question: Callable[Concatenate[Connection, Sequence[int], _Asked], _Answer],
    entries: int = ANSWERS,
    *,
    is_summed: bool = False,
) -> Callable[Concatenate[Scope, date | None, _Asked], _Answer]:
    """A question of core/queries, asked as the scope's user of the scope's accounts as of a date, its answers kept.

    One that `is_summed` knows the sums that are kept over every account there is.
    """

    def ask(scope: Scope, as_of: date | None, /, *arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        metrics.answered("database")
        with reading(scope.user_id, as_of) as (connection, _):
            accounts = scope.summed_ids if is_summed else scope.account_ids
            return question(connection, accounts, *arguments, **named)

    ask.__qualname__ = f"{question.__module__}.{question.__qualname__}"  # Streamlit tells functions apart by it
    ask.__doc__ = question.__doc__
    return kept(entries)(ask)


# The Overview -------------------------------------------------------------------------------------------------------

amounts = answers(overview.amounts, is_summed=True)
detected = answers(overview.detected, is_summed=True)
paid = answers(overview.paid, is_summed=True)
expiring = answers(overview.expiring, is_summed=True)
recovered = answers(overview.recovered, is_summed=True)


@drawn
def chart_of_expiring(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """What expires, by week, in one currency."""
    return charts.money_that_expires(in_currency(expiring(scope, as_of), currency), currency)


@drawn
def chart_of_recovered(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """What came back, by month, in one currency."""
    return charts.recovered_by_month(numbers.last_year(recovered(scope, as_of), currency), currency)


@drawn
def chart_of_categories(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """The three totals by category, in one currency."""
    return charts.by_category(in_currency(amounts(scope, as_of), currency), currency)


@drawn
def chart_of_marketplaces(scope: Scope, as_of: date | None) -> go.Figure:
    """The three totals by marketplace, as shares."""
    return charts.by_marketplace(amounts(scope, as_of))


@drawn
def chart_of_lost(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """What Lost is made of, in one currency."""
    return charts.lost_by_reason(in_currency(amounts(scope, as_of), currency), currency)


def in_currency(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The rows of one currency; currencies are never added together."""
    return rows[rows["currency"] == currency]


# Amazon and Walmart -------------------------------------------------------------------------------------------------

sums = answers(marketplace.sums, is_summed=True)
categories = answers(marketplace.categories, is_summed=True)
items = answers(item_list.items, PAGES, is_summed=True)

# Expiring, and an item's own page -------------------------------------------------------------------------------------

expiring_currencies = answers(expiring_items.currencies, is_summed=True)
at_risk = answers(expiring_items.at_risk, is_summed=True)
item = answers(item_questions.item)
item_stages = answers(item_questions.stages)
item_proof = answers(item_questions.proof, PAGES)
item_cases = answers(item_questions.cases)

# Payments -----------------------------------------------------------------------------------------------------------

payments_present = answers(payment_questions.present, is_summed=True)
payment_sums = answers(payment_questions.sums, is_summed=True)
payments = answers(payment_questions.payments, PAGES, is_summed=True)
payment_items = answers(payment_questions.items)

# Follow-ups ---------------------------------------------------------------------------------------------------------

follow_up_sums = answers(follow_up_questions.sums, is_summed=True)
follow_ups = answers(follow_up_questions.rows, PAGES, is_summed=True)

# Data sync ----------------------------------------------------------------------------------------------------------

sync_reports = answers(data_sync.reports, PAGES)
sync_troubles = answers(data_sync.troubles)
missing_reports = answers(data_sync.missing)
refused_rows = answers(data_sync.issues, PAGES)
refused_files = answers(data_sync.refused_files, PAGES)
channel_freshness = answers(data_sync.channel_freshness)

# How to claim: what a click changes must be seen at once, so nothing is kept -----------------------------------------


def connected(scope: Scope, as_of: date | None, position: Position) -> pd.DataFrame:
    """`service.connected` of the scope."""
    with troubles.told(), reading(scope.user_id, as_of) as (connection, _):
        return service.connected(connection, scope.account_ids, position)


def waiting(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`service.waiting` of the scope."""
    with troubles.told(), reading(scope.user_id, as_of) as (connection, _):
        return service.waiting(connection, scope.account_ids)


# The Case Tracker ---------------------------------------------------------------------------------------------------

case_marketplaces = answers(case_tracker.marketplaces, is_summed=True)
case_statuses = answers(case_tracker.by_status, is_summed=True)
cases = answers(case_tracker.cases, PAGES, is_summed=True)


@drawn
def chart_of_statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> go.Figure:
    """The cases by status."""
    return charts.cases_by_status(case_statuses(scope, as_of, wanted))


# A case's own page --------------------------------------------------------------------------------------------------

case = answers(case_questions.case)
case_items = answers(case_questions.items, PAGES)
case_payments = answers(case_questions.payments, PAGES)
case_entries = answers(case_questions.entries, PAGES)

# Outcomes -----------------------------------------------------------------------------------------------------------

outcome_rates = answers(outcomes.rates, is_summed=True)
case_ageing = answers(outcomes.ageing, is_summed=True)
money_sources = answers(outcomes.sources, is_summed=True)


@kept(ANSWERS)
def time_to_resolution(scope: Scope, as_of: date | None, which: Which) -> tuple[Survival | None, int]:
    """The curve of `outcomes.durations`, and how many cases are not in it, since their day is not known."""
    with reading(scope.user_id, as_of) as (connection, _):
        rows = outcomes.durations(connection, scope.summed_ids, which)
    dated = rows[rows["days"].notna()]
    curve = time_to_end(list(dated["days"]), list(dated["is_resolved"]), list(dated["cases"]))
    return curve, int(rows["cases"].sum() - dated["cases"].sum())


@drawn
def chart_of_win_rates(scope: Scope, as_of: date | None, which: Which, by: tuple[str, ...]) -> go.Figure:
    """The win rates by some columns."""
    lines = outcome_numbers.win_rates(outcome_rates(scope, as_of, which), by)
    return charts.rates(outcome_numbers.drawn_wins(lines))


@drawn
def chart_of_recovery_rates(
    scope: Scope, as_of: date | None, which: Which, by: tuple[str, ...], currency: str
) -> go.Figure:
    """The recovery rates by some columns, of one currency."""
    lines = outcome_numbers.recovery_rates(outcome_rates(scope, as_of, which), by, currency)
    return charts.rates(outcome_numbers.drawn_recoveries(lines, currency))


@drawn
def chart_of_resolution(scope: Scope, as_of: date | None, which: Which) -> go.Figure:
    """How long cases take; there must be a curve."""
    curve, _ = time_to_resolution(scope, as_of, which)
    assert curve is not None  # noqa: S101 - the page asks for none otherwise
    return charts.still_open(
        curve.days, curve.share, curve.low, curve.high, median=curve.median, last=outcome_numbers.last_drawn(curve)
    )


@drawn
def chart_of_ageing(scope: Scope, as_of: date | None, which: Which, currency: str) -> go.Figure:
    """The open cases by age, in one currency."""
    rows = outcome_numbers.ageing_table(case_ageing(scope, as_of, which), currency)
    return charts.ageing(list(rows["Age"]), list(rows["Claimed"]), list(rows["Open cases"]), currency)


@drawn
def chart_of_sources(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """What was paid through cases and without, in one currency."""
    rows = in_currency(money_sources(scope, as_of), currency)
    return charts.sources(rows, [Channel(code).label for code in rows["channel"]], currency)
