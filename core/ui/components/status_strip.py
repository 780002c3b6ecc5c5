"""The cases by status: how many, what was claimed and what came back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts.layout import CONFIG
from core.lists.cases import COLOURS
from core.ui.components.chart import numbers_button
from core.ui.components.table import table
from core.ui.shell import session_check
from core.ui.text.words import amount, number
from core.vocabulary import CASE_STATUSES

ICONS = {
    "open": ":material/pending:",
    "partially_reimbursed": ":material/incomplete_circle:",
    "fully_reimbursed": ":material/task_alt:",
    "not_eligible": ":material/block:",
    "closed": ":material/lock:",
}
"""A sign for each status beside its colour."""


@dataclass(frozen=True)
class Statuses:
    """The number of cases of each status, the words for its money, and the statuses of which there are any."""

    cases: Mapping[str, int]
    money: Mapping[str, str]
    present: tuple[str, ...]


def statuses_of(by_status: pd.DataFrame) -> Statuses:
    """What `status_strip` shows of the rows of `case_tracker.by_status`."""
    own = {code: by_status[by_status["status"] == code] for code in CASE_STATUSES}
    return Statuses(
        {code: int(rows["cases"].sum()) for code, rows in own.items()},
        {
            code: _money(rows, "recovered" if CASE_STATUSES[code].is_reimbursed else "claimed")
            for code, rows in own.items()
        },
        tuple(code for code, rows in own.items() if len(rows)),
    )


def status_strip(
    found: Statuses, statuses: Sequence[str], figure: go.Figure, numbers: Callable[[], pd.DataFrame], *, field: str
) -> None:
    """Show a tile for each of the statuses with its cases and money, the bar of all of them (`figure`), and one click
    away their `numbers`, the rows of `case_tracker.by_status`.

    A tile, and a part of the bar, set the `field` of the chosen statuses, which narrows the list.
    """
    with st.container(border=True):
        grid = st.grid(len(statuses), min_column_width=130)
        for code in statuses:
            with grid.cell(), st.container(gap="xsmall"):
                # no help here: on a phone its sign would cut the longest label off
                label = f":{COLOURS[code]}[{ICONS[code]}] {CASE_STATUSES[code].label}"
                st.metric(label, number(found.cases[code]))
                _way(code, found.cases[code], field)
                st.caption(found.money[code])
        st.plotly_chart(
            figure,
            config=CONFIG,
            key="cases_bar",
            alt="Number of cases by status: a part narrows the list",
            on_select=session_check.callback(partial(_choose, found.present, field)),
            selection_mode="points",
        )
        shown = numbers_button("cases_bar")
        if shown.open:
            with shown:
                table(_numbers(numbers()), alt="Cases by status: the numbers")


def _way(status: str, cases: int, field: str) -> None:
    """The button that narrows the list to a status, or, where it is narrowed to that one, widens it again."""
    label = CASE_STATUSES[status].label
    is_chosen = st.session_state.get(field) == [status]
    st.button(
        "Show all" if is_chosen else "Only these",
        icon=":material/filter_alt_off:" if is_chosen else ":material/arrow_downward:",
        icon_position="left" if is_chosen else "right",
        type="tertiary",
        key=f"{field} {status}",
        help=f"**{label}**: {CASE_STATUSES[status].meaning}",
        disabled=not cases,
        on_click=session_check.callback(_narrow),
        args=(field, [] if is_chosen else [status]),
    )


def _narrow(field: str, chosen: list[str]) -> None:
    st.session_state[field] = chosen


def _choose(present: Sequence[str], field: str) -> None:
    """Narrow the list to the status whose part of the bar was marked; to none where the mark is gone."""
    marked = [point.get("curve_number") for point in st.session_state["cases_bar"]["selection"]["points"]]
    st.session_state[field] = [
        present[number] for number in marked if isinstance(number, int) and number < len(present)
    ]


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
