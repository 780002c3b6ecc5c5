"""A chart with its title and its numbers."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts.layout import CONFIG
from core.ui import ways
from core.ui.parts.table import table

Opens = Callable[[Mapping[str, Any]], ways.Query | None]


def chart(
    title: str,
    figure: go.Figure,
    numbers: pd.DataFrame,
    *,
    key: str,
    alt: str,
    legend: str = "",
    note: str = "",
    opens: Opens | None = None,
) -> None:
    """Show a figure under a title that says what is to be seen, with its numbers as a table one click away.

    `alt` is what a screen reader says; `legend` and `note` (Markdown) stand under the title. `opens` tells the list
    behind a part of the figure, or behind a cell of the numbers, and None where there is none.
    """
    marked: list[Mapping[str, Any]] = []
    choosing: dict[str, Any] = {"on_select": "rerun"} if opens else {}
    with st.container(border=True, height="stretch"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.header(title, anchor=False)
            with st.popover("Numbers", icon=":material/table:", type="tertiary"):
                cells = {"selection_mode": "single-cell", "key": f"{key}_numbers"} | choosing if opens else {}
                event = table(numbers, alt=f"{alt}: the numbers", **cells)
                if opens:
                    marked += [
                        dict(numbers.iloc[row]) | {"column": column}
                        for row, column in event["selection"]["cells"]
                        if row < len(numbers)
                    ]
        if legend:
            st.markdown(f":small[{legend}]")
        if note:
            st.caption(note)
        points = {"selection_mode": "points"} | choosing if opens else {}
        seen: Any = st.plotly_chart(figure, config=CONFIG, key=key, alt=alt, **points)
        if opens:
            marked += seen["selection"]["points"]
            for query in filter(None, map(opens, marked)):
                ways.go("Items", query)
