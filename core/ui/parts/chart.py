"""A chart with its title and its numbers."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts.layout import CONFIG
from core.ui.parts.table import table


def chart(
    title: str, figure: go.Figure, numbers: pd.DataFrame, *, key: str, alt: str, legend: str = "", note: str = ""
) -> None:
    """Show a figure under a title that says what is to be seen, with its numbers as a table one click away.

    `alt` is what a screen reader says; `legend` and `note` (Markdown) stand under the title.
    """
    with st.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(title, anchor=False)
            with st.popover("Numbers", icon=":material/table:", type="tertiary"):
                table(numbers, alt=f"{alt}: the numbers")
        if legend:
            st.markdown(f":small[{legend}]")
        if note:
            st.caption(note)
        st.plotly_chart(figure, config=CONFIG, key=key, alt=alt)
