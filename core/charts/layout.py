"""What all figures have in common: quiet, no decoration, no zoom by accident."""

from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from core import money
from core.charts.palette import GROUND

CONFIG = {"displayModeBar": False, "responsive": True}
"""Plotly's own buttons are left out: each chart has its numbers as a table beside it."""

_GRID = "rgba(125,140,155,0.22)"


def quiet(figure: go.Figure, *, height: int, **layout: Any) -> go.Figure:
    """The figure with the common layout, `height` pixels high."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None, "traceorder": "normal"},
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
