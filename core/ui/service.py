"""How to claim: what the service is, what it needs, and the button that asks the team to start. It submits no claim."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.database import personal
from core.ui import parts
from core.ui.view import View
from core.ui.words import day, marketplace, plain, support
from core.vocabulary import MARKETPLACES, STAGES, TOTALS, Total

Row = Mapping[Any, Any]

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


def checklists(view: View, state: pd.DataFrame) -> None:
    """Show each marketplace with what it needs and what is there, and the button where the service is not asked for."""
    for row in state.to_dict("records"):
        with st.container(border=True):
            name = f"{plain(row['account'])} · " if view.has_many_accounts else ""
            st.subheader(f"{name}{marketplace(row['marketplace'])}", anchor=False)
            for is_done, words in _checks(row):
                st.markdown(f"{_DONE if is_done else _MISSING} {words}")
            _next_step(view, row)


def requests(view: View, state: pd.DataFrame) -> None:
    """Show the team what was asked for and not yet started, the longest waiting first."""
    waiting = state[state["requested_at"].notna() & state["initiated_at"].isna()].sort_values("requested_at")
    st.header("Requests that wait", anchor=False)
    if waiting.empty:
        parts.nothing("No request waits.", "A seller's request for the service appears here.")
    for row in waiting.to_dict("records"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{plain(row['account'])}** · {marketplace(row['marketplace'])}  \n"
                f":small[asked for by {plain(row['requested_by'])} on {day(row['requested_at'].date())}]"
            )
            st.button(
                "Mark as initiated",
                icon=":material/play_circle:",
                key=f"initiate {row['account_id']} {row['marketplace']}",
                on_click=_initiate,
                args=(view, row),
            )


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
        service = f"Service asked for on {day(row['requested_at'].date())} by {plain(row['requested_by'])}; not started"
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
            on_click=_request,
            args=(view, row),
        )


def _request(view: View, row: Row) -> None:
    personal.request_service(view.scope.user_id, row["account_id"], row["marketplace"])


def _initiate(view: View, row: Row) -> None:
    personal.initiate_service(view.scope.user_id, row["account_id"], row["marketplace"])
