"""Cached figures, tiles and short facts built from query results. Lists are in core/ui/cache/lists.py."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from core import charts
from core.queries.case_tracker import CaseFilter
from core.queries.outcomes import Which
from core.queries.payments import PaymentFilter
from core.ui import components
from core.ui.cache import answers
from core.ui.cache.shared import shared
from core.ui.components import chart_tables, sums
from core.ui.components.deadlines import NEAR, WITHIN
from core.ui.data_sync import matrix
from core.ui.items.holdings import RUNNING
from core.ui.outcomes import numbers
from core.ui.shell.view import Scope
from core.ui.text.words import amount
from core.vocabulary import Channel

# The Overview -------------------------------------------------------------------------------------------------------


class Overview(NamedTuple):
    """One currency's charts, and the sums shown above two of them: money that expires, and the net of the months."""

    ready: Decimal
    at_risk: Decimal
    net: Decimal
    of_expiring: go.Figure
    of_recovered: go.Figure
    of_categories: go.Figure
    of_marketplaces: go.Figure
    of_lost: go.Figure


class Soon(NamedTuple):
    """The number of items that expire this week, and their money in each currency (Markdown)."""

    items: int
    money: str


@shared
def currencies(scope: Scope, as_of: date | None) -> tuple[str, ...]:
    """The currencies of the amounts."""
    return tuple(sums.currencies(answers.amounts(scope, as_of)))


@shared
def main_currency(scope: Scope, as_of: date | None) -> str:
    """The currency with the most money."""
    return sums.main_currency(answers.amounts(scope, as_of))


@shared
def expires_this_week(scope: Scope, as_of: date | None) -> Soon:
    """Items that are ready to claim and expire this week."""
    rows = answers.expiring(scope, as_of)
    rows = rows[(rows["stage"] == "ready") & (rows["week"] == 0)]
    money = [amount(sums.of_amounts(answers.in_currency(rows, each)), each) for each in sums.currencies(rows)]
    return Soon(int(rows["items"].sum()), ", ".join(money))


@shared
def laws(scope: Scope, as_of: date | None) -> components.Laws:
    """Whether the totals add up; there must be amounts."""
    return components.laws_of(answers.amounts(scope, as_of), answers.detected(scope, as_of), answers.paid(scope, as_of))


@shared
def money_tiles(scope: Scope, as_of: date | None) -> None:
    """Shows the three totals of the only currency."""
    amounts = answers.amounts(scope, as_of)
    (currency,) = sums.currencies(amounts)
    components.money_tiles(answers.in_currency(amounts, currency), currency, answers.recovered(scope, as_of))


@shared
def money_table(scope: Scope, as_of: date | None) -> components.Sheet:
    """The three totals of each currency."""
    return components.money_table(answers.amounts(scope, as_of), answers.recovered(scope, as_of))


@shared
def without_amount(scope: Scope, as_of: date | None) -> None:
    """Shows the links to items that are in no amount."""
    components.without_amount(answers.amounts(scope, as_of))


@shared
def overview(scope: Scope, as_of: date | None, currency: str) -> Overview:
    """The charts of one currency. The marketplace chart covers all currencies, as shares."""
    amounts, months = answers.amounts(scope, as_of), year(scope, as_of, currency)
    own = answers.in_currency(amounts, currency)
    expiring = answers.in_currency(answers.expiring(scope, as_of), currency)
    return Overview(
        chart_tables.at_risk(expiring, "ready"),
        chart_tables.at_risk(expiring, *RUNNING),
        chart_tables.net(months),
        charts.money_that_expires(expiring, currency),
        charts.recovered_by_month(months, currency),
        charts.by_category(own, currency),
        charts.by_marketplace(amounts),
        charts.lost_by_reason(own, currency),
    )


def year(scope: Scope, as_of: date | None, currency: str) -> pd.DataFrame:
    """One currency's last twelve months."""
    return chart_tables.last_year(answers.recovered(scope, as_of), currency)


# Amazon and Walmart -------------------------------------------------------------------------------------------------

_NEAR = WITHIN[NEAR].within or ""
"""The default deadline in the query, if the visitor has chosen none."""


@shared
def places(scope: Scope, as_of: date | None, channel: str) -> frozenset[str]:
    """The marketplaces of a channel with detected items, including the unassigned one."""
    return frozenset(answers.sums(scope, as_of, channel, _NEAR)["marketplace"])


@shared
def stage_tiles(
    scope: Scope, as_of: date | None, channel: str, marketplace: str | None, expires: str
) -> components.StageTiles | None:
    """The tiles of a channel or one of its marketplaces, by stage; None if nothing was detected."""
    found = answers.sums(scope, as_of, channel, WITHIN[expires].within or _NEAR)
    if marketplace:
        found = found[found["marketplace"] == marketplace]
    return None if found.empty else components.stage_tiles_of(found, expires)


# The Case Tracker ---------------------------------------------------------------------------------------------------


@shared
def case_currencies(scope: Scope, as_of: date | None) -> tuple[str, ...]:
    """The currencies of the cases."""
    return tuple(sorted(set(answers.case_statuses(scope, as_of, CaseFilter(()))["currency"]) - {""}))


@shared
def statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> components.Statuses:
    """The cases by status."""
    return components.statuses_of(answers.case_statuses(scope, as_of, wanted))


# Payments -----------------------------------------------------------------------------------------------------------


def payment_months(scope: Scope, as_of: date | None, wanted: PaymentFilter, currency: str) -> pd.DataFrame:
    """One currency's last twelve months of the payments that match a filter; its month is ignored."""
    return chart_tables.last_year(answers.payments_by_month(scope, as_of, wanted), currency)


@shared
def chart_of_payments(scope: Scope, as_of: date | None, wanted: PaymentFilter, currency: str) -> go.Figure:
    """The chart of money paid and taken back by month."""
    return charts.recovered_by_month(payment_months(scope, as_of, wanted, currency), currency, height=230)


# Data sync ----------------------------------------------------------------------------------------------------------


@shared
def sync_matrix(scope: Scope, as_of: date | None) -> matrix.Matrix:
    """The states of the accounts' reports."""
    return matrix.matrix_of(answers.sync_states(scope, as_of))


# Outcomes -----------------------------------------------------------------------------------------------------------


@shared
def outcome_rates(scope: Scope, as_of: date | None, which: Which, by: str, currency: str) -> numbers.Rates:
    """The win and recovery rates by category or marketplace, ready to show."""
    return numbers.rates_of(answers.outcome_rates(scope, as_of, which), by, currency)


@shared
def outcome_heat(scope: Scope, as_of: date | None, which: Which) -> numbers.RateHeat | None:
    """The win rates by category and marketplace; None unless there are several of both."""
    return numbers.heat_of(answers.outcome_rates(scope, as_of, which))


@shared
def chart_of_denied(scope: Scope, as_of: date | None, which: Which) -> go.Figure:
    """The chart of denied cases by month; there must be some."""
    rows = numbers.months_up_to_last(answers.outcomes_by_month(scope, as_of, which))
    return charts.denied_by_month(list(rows["month"]), list(rows["lost"]), list(rows["won"] + rows["lost"]))


@shared
def chart_of_resolution(scope: Scope, as_of: date | None, which: Which) -> go.Figure:
    """The chart of how long cases take; there must be a curve."""
    curve, _ = answers.time_to_resolution(scope, as_of, which)
    assert curve is not None  # noqa: S101 - the page calls this only if there is one
    return charts.still_open(
        curve.days, curve.share, curve.low, curve.high, median=curve.median, last=numbers.last_drawn(curve)
    )


@shared
def chart_of_ageing(scope: Scope, as_of: date | None, which: Which, currency: str) -> go.Figure:
    """The chart of open cases by age, in one currency."""
    rows = numbers.ageing_table(answers.case_ageing(scope, as_of, which), currency)
    return charts.ageing(numbers.BUCKETS, list(rows["Filed"]), list(rows["Open cases"]), currency)


@shared
def chart_of_sources(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """The chart of money paid with and without a case, in one currency."""
    rows = answers.in_currency(answers.money_sources(scope, as_of), currency)
    return charts.sources(rows, [Channel(code).label for code in rows["channel"]], currency)
