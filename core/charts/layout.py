"""What all figures have in common: quiet, no decoration, no zoom by accident."""

from decimal import Decimal
from typing import Any, Literal

import plotly.graph_objects as go

from core import money
from core.charts.palette import GROUND

CONFIG = {"displayModeBar": False, "responsive": True}
"""Plotly's own buttons are left out: each chart has its numbers as a table beside it."""

_LEGEND = {
    "orientation": "h",
    "xref": "container",
    "yref": "container",
    "x": 0,
    "y": 1,
    "xanchor": "left",
    "yanchor": "top",
    "title": None,
    "traceorder": "normal",
}
_GRID = "rgba(125,140,155,0.22)"


def quiet(figure: go.Figure, *, height: int, showlegend: bool, **layout: Any) -> go.Figure:
    """The figure with the common layout, `height` pixels high."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 36 if showlegend else 8, "b": 8},
        showlegend=showlegend,
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        legend=_LEGEND,
        hoverlabel={"align": "left"},
        barcornerradius=2,
        dragmode=False,
        **layout,
    )
    figure.update_xaxes(fixedrange=True, gridcolor=_GRID, zerolinecolor=_GRID, title=None, automargin=True)
    figure.update_yaxes(fixedrange=True, gridcolor=_GRID, zerolinecolor=_GRID, title=None, automargin=True)
    return figure


_STEPS = [(None, 0.99, ",.2f"), (1, 999, ",.0f"), (1000, None, "~s")]
"""How ticks are written by the step between them: SI signs would make `$500m` of half a dollar."""


def money_axis(figure: go.Figure, axis: Literal["x", "y"], currency: str) -> None:
    """Make an axis one of money, with ticks like `$0.50`, `$500` and `$12k`; where no bar is drawn it says so."""
    ticks: dict[str, Any] = {
        "tickprefix": money.formatted(Decimal(0), currency).rstrip("0."),
        "tickformatstops": [{"dtickrange": [least, most], "value": form} for least, most, form in _STEPS],
    }
    if not any(value for bar in figure.data for value in bar[axis] or ()):
        ticks |= {"range": [0, 1], "showticklabels": False, "showgrid": False}
        centre = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
        figure.add_annotation(text="No amount to draw", showarrow=False, **centre)
    (figure.update_xaxes if axis == "x" else figure.update_yaxes)(**ticks)
