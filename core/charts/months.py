"""What came back, month by month."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from core import money
from core.charts.layout import money_ticks, quiet
from core.charts.palette import TOTAL_COLOURS
from core.vocabulary import Total

MONTHS = 12
"""How many months the chart and the sparkline go back."""


def recovered_by_month(recovered: pd.DataFrame, currency: str, last: date) -> go.Figure:
    """Paid upwards, taken back downwards, for the 12 months up to `last`. Expects one currency's rows."""
    filled = last_months(recovered, last)
    figure = go.Figure()
    for name, column, total in (("Recovered", "recovered", Total.CLAIMED), ("Reversed", "reversed", Total.LOST)):
        figure.add_bar(
            name=name,
            x=[month.strftime("%b %y") for month in filled["month"]],
            y=[float(value) for value in filled[column]],
            marker={"color": TOTAL_COLOURS[total]},
            customdata=[money.formatted(value, currency) for value in filled[column]],
            hovertemplate=f"%{{x}}<br>{name}: <b>%{{customdata}}</b><extra></extra>",
        )
    figure.update_yaxes(**money_ticks(currency))
    return quiet(figure, height=300, barmode="relative", bargap=0.25, showlegend=True)


def last_months(recovered: pd.DataFrame, last: date) -> pd.DataFrame:
    """The 12 months up to the one of `last`, oldest first; a month without payments is there with zeros."""
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


def _months_up_to(last: date) -> Iterator[date]:
    count = last.year * 12 + last.month - 1
    for month in range(count - MONTHS + 1, count + 1):
        yield date(month // 12, month % 12 + 1, 1)
