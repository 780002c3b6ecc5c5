"""A chart with its title and its numbers as a table."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts.layout import CONFIG
from core.ui.components.list_link import list_link
from core.ui.components.table import table
from core.ui.shell import links

OPENED = "_opened"
"""Key suffix of popovers and expanders: the key's value is whether they are open."""

Opens = Callable[[Mapping[str, Any]], links.Query | None]


READ = "tiles can be read"
"""Session key: set once the browser has had time to draw the first tiles."""
_SECONDS_TO_DRAW = 1.5
"""React shows lazily loaded components, such as tiles, half a second after what it showed before."""


def after_tiles() -> None:
    """Pause a new session, so that its browser draws the tiles first. The chart library is 4.7 MB of script, which
    blocks drawing for seconds once it has loaded.
    """
    if not st.session_state.get(READ):
        st.session_state[READ] = True
        time.sleep(_SECONDS_TO_DRAW)


def chart(
    title: str,
    figure: go.Figure,
    numbers: Callable[[], pd.DataFrame],
    *,
    key: str,
    alt: str,
    legend: str = "",
    note: str = "",
    opens: Opens | None = None,
    whole: tuple[str, links.Query] | None = None,
) -> None:
    """Show a figure under a title that states its message, with a button for its numbers as a table. `numbers` is
    called only while the table is open.

    `alt` is for screen readers; `legend` and `note` (Markdown) stand under the title. `opens` returns the query of the
    list behind a part of the figure or a cell of the numbers, None if it has no list; `whole` is the page and the query
    of the list behind the title's figure.
    """
    marked: list[Mapping[str, Any]] = []
    codes: tuple[str, ...] = tuple(figure.layout.meta or ())
    with st.container(border=True, height="stretch"):
        st.header(title, anchor=False)
        row: Any = {"horizontal": True, "vertical_alignment": "center", "horizontal_alignment": "distribute"}
        with st.container(**row):
            if note:
                st.caption(note, width="content")
            if whole:
                page, query = whole
                list_link(f"View {page.lower()}", query, "All that the title adds up.", title=page)
            shown = numbers_button(key)
        if shown.open:
            with shown:
                marked += _marked(numbers(), codes, key=key, alt=alt, can_open=opens is not None)
        if legend:
            st.markdown(f":small[{legend}]")
        choosing: dict[str, Any] = {"selection_mode": "points", "on_select": "rerun"} if opens else {}
        seen: Any = st.plotly_chart(figure, config=CONFIG, key=key, alt=alt, **choosing)
        if opens:
            points = seen["selection"]["points"]
            marked += [dict(zip(codes, point.get("customdata", ()), strict=False)) for point in points]
            for query in filter(None, map(opens, marked)):
                links.go("Items", query)


def numbers_button(key: str) -> Any:
    """The popover for a chart's numbers; fill it only while it is `open`."""
    return st.popover("Numbers", icon=":material/table:", type="tertiary", key=f"{key}{OPENED}", on_change="rerun")


def _marked(
    numbers: pd.DataFrame, codes: Sequence[str], *, key: str, alt: str, can_open: bool
) -> list[Mapping[str, Any]]:
    """Show the numbers; returns each selected cell's column and its row's codes, which the table doesn't show."""
    cells: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-cell", "key": f"{key}_numbers"}
    shown = numbers.drop(columns=list(codes), errors="ignore")
    event = table(shown, alt=f"{alt}: the numbers", **cells if can_open else {})
    if not can_open:
        return []
    chosen = [(row, column) for row, column in event["selection"]["cells"] if row < len(numbers)]
    hidden = [name for name in codes if name in numbers.columns]
    return [dict(numbers.iloc[row][hidden]) | {"column": column} for row, column in chosen]
