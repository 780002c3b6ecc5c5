"""What is made of the answers, kept ready to be sent by what was asked: figures, tiles and short facts. Lists are in
core/ui/sheets.py.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from core import charts
from core.queries.case_tracker import CaseFilter
from core.queries.outcomes import Which
from core.ui import cached, numbers, outcome_numbers, parts, sums
from core.ui.caching import shared
from core.ui.deadlines import NEAR
from core.ui.holdings import RUNNING
from core.ui.view import Scope
from core.vocabulary import Channel

# The Overview -------------------------------------------------------------------------------------------------------


class Overview(NamedTuple):
    """One currency's charts, and what stands above two of them: what expires by week, the net of the months."""

    at_risk: Decimal
    net: Decimal
    months: tuple[date, ...]
    of_expiring: go.Figure
    of_recovered: go.Figure
    of_categories: go.Figure
    of_marketplaces: go.Figure
    of_lost: go.Figure


@shared
def currencies(scope: Scope, as_of: date | None) -> tuple[str, ...]:
    """The currencies of the amounts, the one with most money first."""
    return tuple(sums.currencies(cached.amounts(scope, as_of)))


@shared
def laws(scope: Scope, as_of: date | None) -> parts.Laws:
    """Whether the totals add up; there must be some."""
    return parts.laws_of(cached.amounts(scope, as_of), cached.detected(scope, as_of), cached.paid(scope, as_of))


@shared
def money_tiles(scope: Scope, as_of: date | None) -> None:
    """Shows the three totals of each currency, and the ways to what is in no amount."""
    amounts, recovered = cached.amounts(scope, as_of), cached.recovered(scope, as_of)
    for currency in sums.currencies(amounts):
        own = cached.in_currency(amounts, currency)
        parts.money_tiles(own, currency, numbers.last_year(recovered, currency))
    parts.without_currency(amounts)
    parts.without_value(amounts)


@shared
def overview(scope: Scope, as_of: date | None, currency: str) -> Overview:
    """The charts of one currency; that of the marketplaces is of all, as shares."""
    amounts, months = cached.amounts(scope, as_of), year(scope, as_of, currency)
    own = cached.in_currency(amounts, currency)
    expiring = cached.in_currency(cached.expiring(scope, as_of), currency)
    return Overview(
        numbers.at_risk(expiring),
        numbers.net(months),
        tuple(months["month"]),
        charts.money_that_expires(expiring, currency),
        charts.recovered_by_month(months, currency),
        charts.by_category(own, currency),
        charts.by_marketplace(amounts),
        charts.lost_by_reason(own, currency),
    )


def year(scope: Scope, as_of: date | None, currency: str) -> pd.DataFrame:
    """One currency's last twelve months."""
    return numbers.last_year(cached.recovered(scope, as_of), currency)


# Amazon and Walmart -------------------------------------------------------------------------------------------------


@shared
def places(scope: Scope, as_of: date | None, channel: str) -> frozenset[str]:
    """The marketplaces of a channel in which something was detected, the unassigned one among them."""
    return frozenset(cached.sums(scope, as_of, channel, NEAR)["marketplace"])


@shared
def recovery_tiles(
    scope: Scope, as_of: date | None, channel: str, marketplace: str | None, near: str
) -> tuple[str, ...] | None:
    """Shows what of a channel, or of one of its marketplaces, is unclaimed, and what of it expires `near`; returns its
    currencies. Where nothing was detected it shows nothing and returns None.
    """
    found = cached.sums(scope, as_of, channel, near)
    if marketplace:
        found = found[found["marketplace"] == marketplace]
    if found.empty:
        return None
    own = tuple(sums.currencies(found))
    parts.recovery_tiles([_recovery(found, each) for each in own], near, marketplace or channel)
    return own


def _recovery(found: pd.DataFrame, currency: str) -> parts.Recovery:
    own = found[found["currency"] == currency]
    return parts.Recovery(
        currency,
        ready=sums.of_stages(own, "ready"),
        future=sums.of_stages(own, "future"),
        expiring=sums.of_stages(sums.within(own), *RUNNING),
    )


# The Case Tracker ---------------------------------------------------------------------------------------------------


@shared
def case_currencies(scope: Scope, as_of: date | None) -> tuple[str, ...]:
    """The currencies that cases are in."""
    return tuple(sorted(set(cached.case_statuses(scope, as_of, CaseFilter(()))["currency"]) - {""}))


@shared
def statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> parts.Statuses:
    """The cases by status."""
    return parts.statuses_of(cached.case_statuses(scope, as_of, wanted))


@shared
def chart_of_statuses(scope: Scope, as_of: date | None, wanted: CaseFilter) -> go.Figure:
    """The cases by status."""
    return charts.cases_by_status(cached.case_statuses(scope, as_of, wanted))


# Outcomes -----------------------------------------------------------------------------------------------------------


@shared
def chart_of_win_rates(scope: Scope, as_of: date | None, which: Which, by: tuple[str, ...]) -> go.Figure:
    """The win rates by some columns."""
    lines = outcome_numbers.win_rates(cached.outcome_rates(scope, as_of, which), by)
    return charts.rates(outcome_numbers.drawn_wins(lines))


@shared
def chart_of_recovery_rates(
    scope: Scope, as_of: date | None, which: Which, by: tuple[str, ...], currency: str
) -> go.Figure:
    """The recovery rates by some columns, of one currency."""
    lines = outcome_numbers.recovery_rates(cached.outcome_rates(scope, as_of, which), by, currency)
    return charts.rates(outcome_numbers.drawn_recoveries(lines, currency))


@shared
def chart_of_resolution(scope: Scope, as_of: date | None, which: Which) -> go.Figure:
    """How long cases take; there must be a curve."""
    curve, _ = cached.time_to_resolution(scope, as_of, which)
    assert curve is not None  # noqa: S101 - the page asks for none otherwise
    return charts.still_open(
        curve.days, curve.share, curve.low, curve.high, median=curve.median, last=outcome_numbers.last_drawn(curve)
    )


@shared
def chart_of_ageing(scope: Scope, as_of: date | None, which: Which, currency: str) -> go.Figure:
    """The open cases by age, in one currency."""
    rows = outcome_numbers.ageing_table(cached.case_ageing(scope, as_of, which), currency)
    return charts.ageing(list(rows["Age"]), list(rows["Claimed"]), list(rows["Open cases"]), currency)


@shared
def chart_of_sources(scope: Scope, as_of: date | None, currency: str) -> go.Figure:
    """What was paid through cases and without, in one currency."""
    rows = cached.in_currency(cached.money_sources(scope, as_of), currency)
    return charts.sources(rows, [Channel(code).label for code in rows["channel"]], currency)
