"""The only module with caches. They are shared by all sessions, so scope and as-of are the first, hashed arguments.

No session state in here: a function that read it would hand one visitor's answer to another. Every cache ends by time
and by number of entries. The questions themselves are in core/queries.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core import charts
from core.database.access import reading
from core.queries import case_tracker, marketplace, overview
from core.queries.case_tracker import CaseFilter, CaseName
from core.queries.marketplace import ItemFilter
from core.queries.paging import Position
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


# The Overview -------------------------------------------------------------------------------------------------------


@kept(ANSWERS)
def amounts(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`overview.amounts` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return overview.amounts(connection, scope.account_ids)


@kept(ANSWERS)
def detected(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`overview.detected` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return overview.detected(connection, scope.account_ids)


@kept(ANSWERS)
def paid(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`overview.paid` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return overview.paid(connection, scope.account_ids)


@kept(ANSWERS)
def expiring(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`overview.expiring` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return overview.expiring(connection, scope.account_ids)


@kept(ANSWERS)
def recovered(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`overview.recovered` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return overview.recovered(connection, scope.account_ids)


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


@kept(ANSWERS)
def sums(scope: Scope, as_of: date | None, channel: str, within: str) -> pd.DataFrame:
    """`marketplace.sums` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return marketplace.sums(connection, scope.account_ids, channel, within)


@kept(ANSWERS)
def categories(scope: Scope, as_of: date | None, wanted: ItemFilter) -> pd.DataFrame:
    """`marketplace.categories` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return marketplace.categories(connection, scope.account_ids, wanted)


@kept(PAGES)
def items(scope: Scope, as_of: date | None, wanted: ItemFilter, order: str, position: Position) -> pd.DataFrame:
    """`marketplace.items` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return marketplace.items(connection, scope.account_ids, wanted, order, position)


# The Case Tracker ---------------------------------------------------------------------------------------------------


@kept(ANSWERS)
def case_marketplaces(scope: Scope, as_of: date | None) -> list[str]:
    """`case_tracker.marketplaces` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return case_tracker.marketplaces(connection, scope.account_ids)


@kept(ANSWERS)
def case_statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> pd.DataFrame:
    """`case_tracker.by_status` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return case_tracker.by_status(connection, scope.account_ids, wanted)


@kept(PAGES)
def cases(scope: Scope, as_of: date | None, wanted: CaseFilter, order: str, position: Position) -> pd.DataFrame:
    """`case_tracker.cases` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return case_tracker.cases(connection, scope.account_ids, wanted, order, position)


@kept(PAGES)
def case_goods(scope: Scope, as_of: date | None, case: CaseName) -> pd.DataFrame:
    """`case_tracker.goods` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return case_tracker.goods(connection, scope.account_ids, case)


@kept(PAGES)
def case_payments(scope: Scope, as_of: date | None, case: CaseName) -> pd.DataFrame:
    """`case_tracker.payments` of the scope."""
    with reading(scope.user_id, as_of) as (connection, _):
        return case_tracker.payments(connection, scope.account_ids, case)


@drawn
def chart_of_statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> go.Figure:
    """The cases by status."""
    return charts.cases_by_status(case_statuses(scope, as_of, wanted))
