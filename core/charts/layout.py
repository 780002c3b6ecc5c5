"""What all figures have in common: quiet, no decoration, no zoom by accident."""

from decimal import Decimal
from typing import Any

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


def money_ticks(currency: str) -> dict[str, str]:
    """Ticks of an axis of money: `$12k`."""
    return {"tickprefix": money.formatted(Decimal(0), currency).rstrip("0."), "tickformat": "~s"}
