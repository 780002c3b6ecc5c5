"""The only module with caches. They are shared by all sessions, so scope and as-of are the first, hashed arguments.

No session state in here: a function that read it would hand one visitor's answer to another. Every cache ends by time
and by number of entries. The questions themselves are in core/queries.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Connection

from core import charts
from core.database.access import reading
from core.queries import case_tracker, marketplace, overview, service
from core.queries.case_tracker import CaseFilter
from core.ui import numbers, troubles
from core.ui.view import Scope

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


def kept(entries: int) -> Callable[[Callable[_Asked, _Answer]], Callable[_Asked, _Answer]]:
    """Keep a function's answers by its arguments, each visitor with a copy; a database that is away is told."""

    def decorate(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
        return _told(st.cache_data(ttl=SECONDS, max_entries=entries, show_spinner=False)(function))

    return decorate


def drawn(function: Callable[_Asked, go.Figure]) -> Callable[_Asked, go.Figure]:
    """Keep a function's figures by its arguments. They are shared, for a copy costs 13 ms: never change one."""
    return _told(st.cache_resource(ttl=SECONDS, max_entries=FIGURES, show_spinner=False)(function))


def _told(remembered: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    @wraps(remembered)
    def answer(*arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        with troubles.told():
            return remembered(*arguments, **named)

    return answer


def answers(
    question: Callable[Concatenate[Connection, Sequence[int], _Asked], _Answer], entries: int = ANSWERS
) -> Callable[Concatenate[Scope, date | None, _Asked], _Answer]:
    """A question of core/queries, asked as the scope's user of the scope's accounts as of a date, its answers kept."""

    def ask(scope: Scope, as_of: date | None, /, *arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        with reading(scope.user_id, as_of) as (connection, _):
            return question(connection, scope.account_ids, *arguments, **named)

    ask.__qualname__ = f"{question.__module__}.{question.__qualname__}"  # Streamlit tells functions apart by it
    ask.__doc__ = question.__doc__
    return kept(entries)(ask)


# The Overview -------------------------------------------------------------------------------------------------------

amounts = answers(overview.amounts)
detected = answers(overview.detected)
paid = answers(overview.paid)
expiring = answers(overview.expiring)
recovered = answers(overview.recovered)


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

sums = answers(marketplace.sums)
categories = answers(marketplace.categories)
items = answers(marketplace.items, PAGES)

# How to claim: what a click changes must be seen at once, so nothing is kept -----------------------------------------


def service_state(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`service.state` of the scope."""
    with troubles.told(), reading(scope.user_id, as_of) as (connection, _):
        return service.state(connection, scope.account_ids)


# The Case Tracker ---------------------------------------------------------------------------------------------------

case_marketplaces = answers(case_tracker.marketplaces)
case_statuses = answers(case_tracker.by_status)
cases = answers(case_tracker.cases, PAGES)
case_goods = answers(case_tracker.goods, PAGES)
case_payments = answers(case_tracker.payments, PAGES)


@drawn
def chart_of_statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> go.Figure:
    """The cases by status."""
    return charts.cases_by_status(case_statuses(scope, as_of, wanted))
