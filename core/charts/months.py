"""The chart of recovered money by month."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from core import money
from core.charts.layout import every_second, money_axis, quiet
from core.charts.palette import TOTAL_COLOURS
from core.vocabulary import Total

MONTHS = 12
"""Number of months in the chart and the sparkline."""


def recovered_by_month(filled: pd.DataFrame, currency: str, *, height: int = 320) -> go.Figure:
    """Payments upwards, reversals downwards. Expects the rows of `last_months` in one currency."""
    figure = go.Figure()
    for name, column, total in (("Recovered", "recovered", Total.CLAIMED), ("Reversed", "reversed", Total.LOST)):
        figure.add_bar(
            name=name,
            x=_labels(filled["month"]),
            y=[float(value) for value in filled[column]],
            marker={"color": TOTAL_COLOURS[total]},
            customdata=[
                (f"{month:%Y-%m}", column, f"{month:%B %Y}", money.formatted(value, currency))
                for month, value in zip(filled["month"], filled[column], strict=True)
            ],
            hovertemplate=f"%{{customdata[2]}}<br>{name}: <b>%{{customdata[3]}}</b><extra></extra>",
        )
    labels, months = _labels(filled["month"]), list(filled["month"])
    shown = months[(len(months) - 1) % 2 :: 2]
    figure.update_xaxes(**every_second(labels, last=True), ticktext=_labels(shown))
    money_axis(figure, "y", currency)
    return quiet(figure, height=height, barmode="relative", bargap=0.25, showlegend=True, codes=("month", "kind"))


def last_months(recovered: pd.DataFrame, last: date) -> pd.DataFrame:
    """The 12 months up to the one of `last`, oldest first; a month without payments has zeros."""
    by_month = {row.month: row for row in recovered.itertuples()}
    rows = []
    for month in _months_up_to(last):
        found = by_month.get(month)
        rows.append(
            {
                "month": month,
                "recovered": found.recovered if found else Decimal(0),
                "reversed": found.reversed if found else Decimal(0),
                "payments": found.payments if found else 0,
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _labels(months: Iterable[date]) -> list[str]:
    """Labels like `Dec`, with the year below the first month of each year."""
    labels: list[str] = []
    year = 0
    for month in months:
        labels.append(f"{month:%b}" if month.year == year else f"{month:%b}<br>{month:%Y}")
        year = month.year
    return labels


def _months_up_to(last: date) -> Iterator[date]:
    count = last.year * 12 + last.month - 1
    for month in range(count - MONTHS + 1, count + 1):
        yield date(month // 12, month % 12 + 1, 1)
