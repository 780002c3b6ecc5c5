"""Matrix of accounts × reports with each report's state, problems first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.lists.sync import STATE_COLOURS, STATES
from core.text import searched
from core.ui.components.table import table
from core.ui.shell import links
from core.ui.shell.view import View
from core.ui.text.words import count, number
from core.vocabulary import REPORTS

PAGE_SIZE = 50
"""Number of accounts per page."""

_ACCOUNT = "account"
_PROBLEMS = tuple(code for code in STATES if code != "covered")


@dataclass(frozen=True)
class Line:
    """One account, with the states of its reports by report code."""

    account_id: int
    states: Mapping[str, str]


@dataclass(frozen=True)
class Matrix:
    """The accounts and the report codes, those with problems first; `totals` counts reports by state."""

    lines: tuple[Line, ...]
    reports: tuple[str, ...]
    totals: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether no report has ever been synced."""
        return not set(self.totals) - {"never"}


def matrix_of(states: pd.DataFrame) -> Matrix:
    """Build the matrix from rows of `data_sync.states`."""
    rows = states.sort_values("account", key=lambda names: names.str.lower(), kind="stable").to_dict("records")
    lines = [Line(int(row["account_id"]), _states(row)) for row in rows]
    of_reports = Counter((code, state) for line in lines for code, state in line.states.items())
    present = {code for code, _ in of_reports}
    worst = {code: [-of_reports[code, state] for state in _PROBLEMS] for code in present}
    return Matrix(
        tuple(sorted(lines, key=_problems)),
        tuple(sorted((code for code in REPORTS if code in present), key=lambda code: worst[code])),
        Counter(state for line in lines for state in line.states.values()),
    )


def _states(row: Mapping[Any, Any]) -> dict[str, str]:
    """The worst state of each report that was synced or is required."""
    synced, channels = set(row["synced"]), set(row["channels"])
    needed = {code for code, each in REPORTS.items() if each.is_needed and each.channel in channels}
    found = dict.fromkeys(needed - synced, "never") | dict.fromkeys(synced, "covered")
    for state in ("refused", "late", "gap"):
        found |= dict.fromkeys(set(row["gapped" if state == "gap" else state]), state)
    return {code: state for code, state in found.items() if code in REPORTS}


def _problems(line: Line) -> list[int]:
    counted = Counter(line.states.values())
    return [-counted[state] for state in _PROBLEMS]


def show(view: View, found: Matrix) -> None:
    """Show a page of the matrix. Selecting a cell opens the account's reports."""
    st.header("Accounts and reports", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        search = searched(
            st.text_input(
                "Search accounts", key="sync_search", bind="query-params", type="search", placeholder="Name", width=240
            )
        )
        st.markdown(_legend(found.totals))
    lines = [line for line in found.lines if search.lower() in view.names[line.account_id].lower()]
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    page = min(int(st.session_state.get("sync_page") or 1), pages)
    shown = lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    if not shown:
        st.caption("No account has this in its name.")
        return
    _cells(view, shown, found.reports)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(
            f"{count(len(lines), 'account')}, those with problems first. Select a cell to see an account's reports."
        )
        if pages > 1:
            st.pagination(pages, key="sync_page")


def _legend(totals: Mapping[str, int]) -> str:
    signs = (
        f":{colour}-badge[{label} {number(totals[code])}]"
        for (code, label), colour in zip(STATES.items(), STATE_COLOURS, strict=True)
        if totals.get(code)
    )
    return " ".join(signs)


def _cells(view: View, lines: Sequence[Line], reports: Sequence[str]) -> None:
    labels = list(STATES.values())
    cells = pd.DataFrame(
        {_ACCOUNT: [view.names[line.account_id] for line in lines]}
        | {code: [[STATES[line.states[code]]] if code in line.states else None for line in lines] for code in reports},
        dtype=object,
    )
    event = table(
        cells,
        alt="Accounts and their reports: select a cell to see the account's reports",
        key="sync_matrix",
        on_select="rerun",
        selection_mode="single-cell",
        column_config={_ACCOUNT: st.column_config.TextColumn("Account", width=170, pinned=True)}
        | {
            code: st.column_config.MultiselectColumn(
                REPORTS[code].short, options=labels, color=list(STATE_COLOURS), help=REPORTS[code].label, width=125
            )
            for code in reports
        },
    )
    for row, _ in event["selection"]["cells"]:
        if row < len(lines):
            links.go("Data sync", {"account": view.codes[lines[row].account_id]})
