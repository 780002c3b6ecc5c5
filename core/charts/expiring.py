"""The chart of money with a running deadline, by week."""

from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from core import money
from core.charts.layout import every_second, money_axis, quiet
from core.charts.palette import ALL_OTHERS, SERIES, TOTAL_COLOURS
from core.vocabulary import STAGES, Total

WEEKS = 13
"""Number of weeks in the chart: three months."""


_COLOURS = {"ready": TOTAL_COLOURS[Total.UNCLAIMED], "future": SERIES[1], "review": ALL_OTHERS}
"""Ready money stands out from money that cannot be claimed today."""


def money_that_expires(expiring: pd.DataFrame, currency: str) -> go.Figure:
    """Stacked bars of the next 13 weeks, ready money at the bottom. Expects one currency's rows with `stage`, `week`
    and `amount`.
    """
    soon = expiring[expiring["week"] < WEEKS]
    figure = go.Figure()
    for stage, colour in _COLOURS.items():
        rows = soon[soon["stage"] == stage]
        if rows.empty:
            continue
        amounts = dict(zip(rows["week"].map(int), rows["amount"], strict=True))
        values = [amounts.get(week, Decimal(0)) for week in range(WEEKS)]
        label = STAGES[stage].label
        figure.add_bar(
            name=label,
            legendgroup=label,
            x=[week_label(week) for week in range(WEEKS)],
            y=[float(value) for value in values],
            marker={"color": colour},
            customdata=[
                (week_code(week), stage, money.formatted(value, currency)) for week, value in enumerate(values)
            ],
            hovertemplate=f"%{{x}}<br>{label}: <b>%{{customdata[2]}}</b><extra></extra>",
        )
    figure.update_xaxes(**every_second([week_label(week) for week in range(WEEKS)], last=False))
    money_axis(figure, "y", currency)
    return quiet(figure, height=320, barmode="stack", bargap=0.25, showlegend=True, codes=("week", "stage"))


def week_code(week: int) -> str:
    """The code of a week in a page's URL."""
    return f"week_{week}"


def week_label(week: int) -> str:
    """The label of a week, counted from today."""
    return "this week" if week == 0 else f"+{week} wk"
