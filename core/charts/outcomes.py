"""Charts of the Outcomes page: denied cases, time to resolution, age of open cases, and sources of recovered money."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from core import form, money
from core.charts.layout import every_second, money_axis, quiet, share_axis
from core.charts.palette import ALL_OTHERS, SERIES, STATUS_COLOURS, TOTAL_COLOURS
from core.form import percent, span
from core.vocabulary import Total

_ENOUGH, _FEW = TOTAL_COLOURS[Total.CLAIMED], ALL_OTHERS
_BAND = "rgba(10,149,174,0.18)"
SOURCES = {
    "filed": ("Through cases that were filed here", TOTAL_COLOURS[Total.CLAIMED]),
    "elsewhere": ("Through cases filed elsewhere", SERIES[2]),
    "automatic": ("Paid without a case", ALL_OTHERS),
}
"""Sources of recovered money: the label and colour of each column of `outcomes.sources`."""


def denied_by_month(months: Sequence[date], denied: Sequence[int], decided: Sequence[int]) -> go.Figure:
    """One bar per month for its denied cases; the hover text has the number of decided cases."""
    figure, labels = go.Figure(), [f"{month:%b}<br>{month:%Y}" for month in months]
    figure.add_bar(
        x=labels,
        y=list(denied),
        marker={"color": STATUS_COLOURS["not_eligible"]},
        text=[form.current().number(number) for number in denied],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            (f"{month:%Y-%m}", f"{month:%B %Y}", of, lost)
            for month, of, lost in zip(months, decided, denied, strict=True)
        ],
        hovertemplate="%{customdata[1]}<br><b>%{customdata[3]}</b> of %{customdata[2]} decided cases<extra></extra>",
    )
    figure.update_xaxes(**every_second(labels, last=True))
    figure.update_yaxes(tickformat=",d", range=[0, max(1, *denied) * 1.15])
    return quiet(figure, height=300, bargap=0.25, showlegend=False, codes=("month",))


def still_open(
    days: Sequence[int],
    share: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    *,
    median: int | None,
    last: int,
) -> go.Figure:
    """The share of cases not resolved after a number of days, as steps with a confidence band, up to the day `last`."""
    figure = go.Figure()
    edge = {"mode": "lines", "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=list(days), y=list(high), **edge)
    figure.add_scatter(x=list(days), y=list(low), fill="tonexty", fillcolor=_BAND, **edge)
    figure.add_scatter(
        x=list(days),
        y=list(share),
        mode="lines",
        line={"shape": "hv", "color": _ENOUGH, "width": 2.5},
        customdata=[(percent(at), span(*ends)) for at, *ends in zip(share, low, high, strict=True)],
        hovertemplate="Day %{x}: <b>%{customdata[0]}</b> not resolved (%{customdata[1]})<extra></extra>",
    )
    if median is not None:
        figure.add_shape(
            type="line", x0=median, x1=median, y0=0, y1=0.5, line={"color": _FEW, "dash": "dot", "width": 1.5}
        )
    share_axis(figure, "y", most=1.03)
    figure.update_xaxes(ticksuffix=" d", range=[0, last])
    return quiet(figure, height=300, showlegend=False)


def ageing(ages: Mapping[str, str], amounts: Sequence[Decimal], cases: Sequence[int], currency: str) -> go.Figure:
    """One bar per age (labels by code) for the amount that its open cases claim, with the number of cases on it."""
    figure = go.Figure()
    figure.add_bar(
        x=list(ages.values()),
        y=[float(value) for value in amounts],
        marker={"color": STATUS_COLOURS["open"]},
        text=[form.current().number(number) for number in cases],
        textposition="outside",
        cliponaxis=False,
        customdata=[(code, money.formatted(value, currency)) for code, value in zip(ages, amounts, strict=True)],
        hovertemplate="%{x}<br><b>%{customdata[1]}</b> in %{text} cases<extra></extra>",
    )
    money_axis(figure, "y", currency)
    return quiet(figure, height=300, bargap=0.25, showlegend=False, codes=("age",))


def sources(rows: pd.DataFrame, labels: Sequence[str], currency: str) -> go.Figure:
    """One bar per channel, with a part for each of SOURCES. Expects one currency's rows of `outcomes.sources`."""
    figure = go.Figure()
    for column, (name, colour) in SOURCES.items():
        figure.add_bar(
            name=name,
            orientation="h",
            y=list(labels),
            x=[float(value) for value in rows[column]],
            marker={"color": colour},
            customdata=[
                (channel, currency, column, money.formatted(value, currency))
                for channel, value in zip(rows["channel"], rows[column], strict=True)
            ],
            hovertemplate=f"%{{y}}<br>{name}: <b>%{{customdata[3]}}</b><extra></extra>",
        )
    money_axis(figure, "x", currency)
    return quiet(
        figure,
        height=100 + 46 * len(rows),
        barmode="relative",
        showlegend=True,
        codes=("channel", "currency", "source"),
    )
