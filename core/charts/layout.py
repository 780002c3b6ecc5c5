"""The common layout of all figures: quiet, without decoration, without accidental zoom."""

from collections.abc import Sequence
from typing import Any, Literal

import plotly.graph_objects as go

from core import form
from core.charts.palette import GROUND
from core.charts.settled import Settled

CONFIG = {"displayModeBar": False, "responsive": True}
"""Hides Plotly's own buttons: each chart has a table of its numbers next to it."""

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


def every_second(labels: Sequence[str], *, last: bool) -> dict[str, Any]:
    """Ticks at every second label from the last or first, horizontal so that they are readable on a narrow screen."""
    first = (len(labels) - 1) % 2 if last else 0
    return {"tickmode": "array", "tickvals": list(labels[first::2]), "tickangle": 0}


def quiet(figure: go.Figure, *, height: int, showlegend: bool, codes: Sequence[str] = (), **layout: Any) -> go.Figure:
    """The figure with the common layout, `height` pixels high, as a `Settled` figure: callers must not change it.

    `codes` name the first values of each part's custom data, by which a click handler knows what was clicked.
    """
    writes = form.current()
    figure.update_layout(
        height=height,
        meta=list(codes) or None,
        margin={"l": 8, "r": 8, "t": 36 if showlegend else 8, "b": 8},
        showlegend=showlegend,
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        legend=_LEGEND,
        hoverlabel={"align": "left"},
        barcornerradius=2,
        dragmode=False,
        separators=writes.decimal + writes.group,
        **layout,
    )
    figure.update_xaxes(fixedrange=True, gridcolor=_GRID, zerolinecolor=_GRID, title=None, automargin=True)
    figure.update_yaxes(fixedrange=True, gridcolor=_GRID, zerolinecolor=_GRID, title=None, automargin=True)
    return Settled(figure)


_STEPS = [(None, 0.99, ",.2f"), (1, 999, ",.0f"), (1000, None, "~s")]
"""Tick formats by the step between ticks: with SI prefixes, half a dollar would read `$500m`."""


def money_axis(figure: go.Figure, axis: Literal["x", "y"], currency: str) -> None:
    """Format an axis as money, with ticks like `$0.50` and `$12k`, or `12k €`; a figure without bars says so."""
    before, behind = form.current().affixes(currency)
    ticks: dict[str, Any] = {
        "tickprefix": before,
        "ticksuffix": behind,
        "tickformatstops": [{"dtickrange": [least, most], "value": form} for least, most, form in _STEPS],
    }
    if not any(value for bar in figure.data for value in bar[axis] or ()):
        ticks |= {"range": [0, 1], "showticklabels": False, "showgrid": False}
        centre = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
        figure.add_annotation(text="No amount to draw", showarrow=False, **centre)
    (figure.update_xaxes if axis == "x" else figure.update_yaxes)(**ticks)


FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
HALVES = (0.0, 0.5, 1.0)
"""Ticks of a share axis in a narrow figure."""


def share_axis(
    figure: go.Figure,
    axis: Literal["x", "y"],
    *,
    least: float = 0,
    most: float = 1,
    ticks: Sequence[float] = FIFTHS,
) -> None:
    """Format an axis as shares, where 1 is all, with ticks in the reader's number format."""
    written = {"tickvals": ticks, "ticktext": [form.percent(share) for share in ticks], "tickangle": 0}
    (figure.update_xaxes if axis == "x" else figure.update_yaxes)(range=[least, most], **written)
