"""Money whose deadline runs, by week."""

from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from core import money
from core.charts.layout import every_second, money_axis, quiet
from core.charts.palette import ALL_OTHERS, SERIES
from core.vocabulary import CATEGORIES

WEEKS = 13
"""How far the chart looks ahead: three months."""


def money_that_expires(expiring: pd.DataFrame, currency: str) -> go.Figure:
    """Stacked bars of the next 13 weeks. Expects one currency's rows with `category`, `week` and `amount`."""
    soon = expiring[expiring["week"] < WEEKS]
    figure = go.Figure()
    for category, label, colour, amounts in _series(soon):
        values = [amounts.get(week, Decimal(0)) for week in range(WEEKS)]
        figure.add_bar(
            name=label,
            legendgroup=label,
            x=[week_label(week) for week in range(WEEKS)],
            y=[float(value) for value in values],
            marker={"color": colour},
            customdata=[
                (week_code(week), category, money.formatted(value, currency)) for week, value in enumerate(values)
            ],
            hovertemplate=f"%{{x}}<br>{label}: <b>%{{customdata[2]}}</b><extra></extra>",
        )
    figure.update_xaxes(**every_second([week_label(week) for week in range(WEEKS)], last=False))
    money_axis(figure, "y", currency)
    return quiet(figure, height=360, barmode="stack", bargap=0.25, showlegend=True, codes=("week", "category"))


def week_code(week: int) -> str:
    """What names a week in addresses."""
    return f"week_{week}"


def week_label(week: int) -> str:
    """How a week counted from today is called."""
    return "this week" if week == 0 else f"+{week} wk"


def _series(soon: pd.DataFrame) -> list[tuple[str, str, str, dict[int, Decimal]]]:
    """Code, label, colour and amount per week: the largest categories one by one, what is left as one."""
    if soon.empty:
        return []
    largest = soon.groupby("category")["amount"].sum().sort_values(ascending=False)
    shown = list(largest.index[: len(SERIES)])
    series = [
        (category, CATEGORIES[category].label, colour, _by_week(soon[soon["category"] == category]))
        for category, colour in zip(shown, SERIES, strict=False)
    ]
    rest = soon[~soon["category"].isin(shown)]
    return series if rest.empty else [*series, ("", "All others", ALL_OTHERS, _by_week(rest))]


def _by_week(rows: pd.DataFrame) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for week, amount in zip(rows["week"], rows["amount"], strict=True):
        sums[int(week)] = sums.get(int(week), Decimal(0)) + amount
    return sums
