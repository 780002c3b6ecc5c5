"""The cases by status: how many, what was claimed and what came back."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts.layout import CONFIG
from core.ui.parts.table import table
from core.ui.words import amount
from core.vocabulary import CASE_STATUSES

ICONS = {
    "open": ":material/pending:",
    "partially_reimbursed": ":material/incomplete_circle:",
    "fully_reimbursed": ":material/task_alt:",
    "not_eligible": ":material/block:",
    "closed": ":material/lock:",
}
"""A sign for each status beside its colour."""

COLOURS: dict[str, Literal["orange", "blue", "red", "gray"]] = {
    "open": "orange",
    "partially_reimbursed": "blue",
    "fully_reimbursed": "blue",
    "not_eligible": "red",
    "closed": "gray",
}
"""The theme's colours of the statuses, by the total to which their money tends."""


def status_strip(by_status: pd.DataFrame, statuses: Sequence[str], figure: go.Figure) -> None:
    """Show a tile for each of the statuses with its cases and money, and the bar of all of them (`figure`)."""
    with st.container(border=True):
        grid = st.grid(len(statuses), min_column_width=130)
        for code in statuses:
            status = CASE_STATUSES[code]
            rows = by_status[by_status["status"] == code]
            with grid.cell(), st.container(gap="xsmall"):
                st.metric(
                    f":{COLOURS[code]}[{ICONS[code]}] {status.label}",
                    f"{int(rows['cases'].sum()):,}",
                    help=status.meaning,
                )
                st.caption(_money(rows, "recovered" if status.is_reimbursed else "claimed"))
        st.plotly_chart(figure, config=CONFIG, key="cases_bar", alt="Number of cases by status")
        with st.popover("Numbers", icon=":material/table:", type="tertiary"):
            table(_numbers(by_status), alt="Cases by status: the numbers")


def _money(rows: pd.DataFrame, column: str) -> str:
    amounts = {row["currency"]: row[column] for _, row in rows.iterrows()}
    shown = [amount(value, currency) for currency, value in sorted(amounts.items(), key=lambda pair: -pair[1])]
    return "  \n".join([column, *(f"**{text}**" for text in shown or ["–"])])


def _numbers(by_status: pd.DataFrame) -> pd.DataFrame:
    order = list(CASE_STATUSES)
    rows = by_status.sort_values(["status", "currency"], key=lambda c: c.map(order.index) if c.name == "status" else c)
    return pd.DataFrame(
        {
            "Status": [CASE_STATUSES[code].label for code in rows["status"]],
            "Currency": rows["currency"],
            "Cases": rows["cases"],
            "Claimed": rows["claimed"],
            "Recovered": rows["recovered"],
        },
        dtype=object,
    )
