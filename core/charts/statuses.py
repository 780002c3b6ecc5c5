"""The cases by status."""

import pandas as pd
import plotly.graph_objects as go

from core import form
from core.charts.layout import quiet
from core.charts.palette import STATUS_COLOURS, ink_on
from core.vocabulary import CASE_STATUSES


def cases_by_status(by_status: pd.DataFrame) -> go.Figure:
    """One bar, a part a status, as long as its number of cases. Expects rows with `status` and `cases`.

    The tiles above it name the statuses.
    """
    figure = go.Figure()
    present = set(by_status["status"])
    for status in (status for status in CASE_STATUSES.values() if status.code in present):
        cases = int(by_status.loc[by_status["status"] == status.code, "cases"].sum())
        figure.add_bar(
            name=status.label,
            orientation="h",
            y=["Cases"],
            x=[cases],
            marker={"color": STATUS_COLOURS[status.code]},
            text=[form.current().number(cases)],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": ink_on(STATUS_COLOURS[status.code])},
            hovertemplate=f"{status.label}: <b>%{{text}} cases</b><extra></extra>",
        )
    figure.update_yaxes(visible=False)
    figure.update_xaxes(visible=False, range=[0, max(1, int(by_status["cases"].sum()))])
    return quiet(figure, height=56, barmode="stack", showlegend=False)
