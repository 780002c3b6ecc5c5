"""How to claim: what the service is, what it needs, and the button that asks the team to start. It submits no claim."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.database.access import personal
from core.queries.service import ORDER
from core.ui import components
from core.ui.cache import answers
from core.ui.components.columns import date_column, moment
from core.ui.components.table import table
from core.ui.shell import links, session_check
from core.ui.shell.view import View
from core.ui.text.words import address, count, day, marketplace, plain, support
from core.vocabulary import MARKETPLACES, STAGES, TOTALS, Total

Row = Mapping[Any, Any]

MOST_CHECKLISTS = 3
"""Of more accounts than these a table says where each stands; its buttons lead to the account's own checklists."""

_OPEN = "Open"
_DONE, _MISSING = ":green[:material/check_circle:]", ":orange[:material/pending:]"


def explain() -> None:
    """Show what the service does, step by step."""
    steps = {
        "Review": f"Look through what is *{STAGES['ready'].label}*, and what expires soonest.",
        "Get in touch": "Ask the team to start the reimbursement service, below. It reviews the account and may ask for"
        " settlement reports or other documents.",
        "The team prepares and files": "It files by the marketplace's rules. What is in a case shows as"
        f" *{STAGES['in_case'].label}*, and its deadline no longer runs.",
        "Follow it": f"The Case Tracker shows every case. What is paid counts as *{TOTALS[Total.CLAIMED].label}*.",
    }
    for column, (number, (title, what)) in zip(st.columns(len(steps)), enumerate(steps.items(), 1), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{number}. {title}**  \n{what}")


def prerequisites(view: View) -> None:
    """Show each marketplace with what it needs and what is there."""
    pager = components.Pager("connected", view.scope.account_ids, by_number=False)
    rows = answers.connected(view.scope, view.as_of, pager.position)
    if len(view.accounts) > MOST_CHECKLISTS:
        _table(view, rows)
    else:
        _checklists(view, rows)
    if len(rows) and len(rows) < rows["total_rows"].iloc[0]:
        pager.show(rows, ORDER, "marketplace")


def requests(view: View) -> None:
    """Show the team what was asked for and not yet started, the longest waiting first."""
    waiting = answers.waiting(view.scope, view.as_of)
    st.header("Requests that wait", anchor=False)
    if waiting.empty:
        components.nothing("No request waits.", "A seller's request for the service appears here.")
    elif len(waiting) < waiting["total_rows"].iloc[0]:
        st.caption(f"The first {len(waiting)} of {count(int(waiting['total_rows'].iloc[0]), 'request')}.")
    for row in waiting.to_dict("records"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{plain(row['account'])}** · {marketplace(row['marketplace'])}  \n"
                f":small[asked for by {address(row['requested_by'])} on {day(row['requested_at'].date())}]"
            )
            st.button(
                "Mark as initiated",
                icon=":material/play_circle:",
                key=f"initiate {row['account_id']} {row['marketplace']}",
                on_click=session_check.callback(_initiate),
                args=(view, row),
            )


def _checklists(view: View, rows: pd.DataFrame) -> None:
    """The button where the service is not asked for is beside what there is."""
    for row in rows.to_dict("records"):
        with st.container(border=True):
            name = f"{plain(row['account'])} · " if view.has_many_accounts else ""
            st.subheader(f"{name}{marketplace(row['marketplace'])}", anchor=False)
            for is_done, words in _checks(row):
                st.markdown(f"{_DONE if is_done else _MISSING} {words}")
            _next_step(view, row)


def _table(view: View, rows: pd.DataFrame) -> None:
    columns = {
        _OPEN: [_OPEN] * len(rows),
        "Account": rows["account"],
        "Marketplace": rows["marketplace"].map(marketplace),
        "Service": [_step(row) for row in rows.to_dict("records")],
        "Asked for": rows["requested_at"],
        "Last synced": rows["synced_at"],
        "Data through": rows["data_through"],
    }
    config = {
        _OPEN: st.column_config.ButtonColumn(
            "Page", key="connected_open", width="small", help="What the account needs, and the way to ask for it."
        ),
        "Asked for": moment("Asked for"),
        "Last synced": moment("Last synced"),
        "Data through": date_column("Data through", "The last day that the channel's reports are about."),
    }
    alt = "Connected marketplaces: the first column opens an account's checklists"
    table(pd.DataFrame(columns), alt=alt, key="connected", column_config=config)
    click = st.session_state.get("connected_open")
    if click is not None and 0 <= click.row < len(rows):
        links.go("How to claim", {"account": view.codes[rows["account_id"].iloc[click.row]]})


def _step(row: Row) -> str:
    if row["initiated_at"] is not None:
        return "Initiated"
    return "Asked for" if row["requested_at"] is not None else "Not asked for"


def _checks(row: Row) -> tuple[tuple[bool, str], ...]:
    place = marketplace(row["marketplace"])
    channel = MARKETPLACES[row["marketplace"]].channel.label
    synced = (
        f"{channel}'s reports are synced, data through {day(row['data_through'])}"
        if row["synced_at"] is not None
        else f"No report of {channel}'s has been synced yet"
    )
    if row["initiated_at"] is not None:
        service = f"Service initiated on {day(row['initiated_at'].date())}"
    elif row["requested_at"] is not None:
        service = (
            f"Service asked for on {day(row['requested_at'].date())} by {address(row['requested_by'])}; not started"
        )
    else:
        service = "Service not initiated"
    return (
        (True, f"Account connected to {place}"),
        (row["synced_at"] is not None, synced),
        (row["initiated_at"] is not None, service),
    )


def _next_step(view: View, row: Row) -> None:
    if row["initiated_at"] is not None:
        st.page_link("pages/case_tracker.py", label="Follow its cases", icon=":material/fact_check:")
    elif row["requested_at"] is not None:
        st.caption(f"The team was told. Questions go to {support()}.")
    else:
        st.button(
            "Ask the team to start",
            icon=":material/outgoing_mail:",
            key=f"request {row['account_id']} {row['marketplace']}",
            help="Tells the team that you want the service. It submits no claim.",
            on_click=session_check.callback(_request),
            args=(view, row),
        )


def _request(view: View, row: Row) -> None:
    personal.request_service(view.scope.user_id, row["account_id"], row["marketplace"])


def _initiate(view: View, row: Row) -> None:
    personal.initiate_service(view.scope.user_id, row["account_id"], row["marketplace"])
