"""The How to claim page: each marketplace's status, and the request for the service. It submits no claims."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.database.access import personal
from core.queries.service import ORDER
from core.ui import components
from core.ui.cache import answers
from core.ui.components.columns import date_column
from core.ui.components.table import table, without_empty
from core.ui.shell import session_check
from core.ui.shell.view import View
from core.ui.text.words import address, count, day, marketplace, plain
from core.vocabulary import STAGES, TOTALS, Total

Row = Mapping[Any, Any]

PLACE = "claim_marketplace"
"""URL parameter: the marketplace or channel whose page the visitor came from."""

MOST_AT_ONCE = 25
"""Maximum number of marketplaces that one click can request the service for."""

_REQUEST = "request"


def setup(view: View) -> None:
    """Show each marketplace with its ready amount and service status, and the buttons to request the service."""
    st.header("Setup status", anchor=False)
    pager = components.Pager("connected", view.scope.account_ids, by_number=False)
    found = answers.connected(view.scope, view.as_of, pager.position)
    rows = sorted(found.to_dict("records"), key=lambda row: not _is_of(row, st.query_params.get(PLACE, "")))
    _buttons(view, rows)
    if rows:
        _table(view, rows)
    if rows and len(rows) < rows[0]["total_rows"]:
        pager.show(found, ORDER, "marketplace")


def _is_of(row: Row, place: str) -> bool:
    return place in (row["marketplace"], row["channel"])


def _buttons(view: View, rows: Sequence[Row]) -> None:
    """Show the button for the first marketplace without a request, and one for all such marketplaces."""
    left = [row for row in rows if row["requested_at"] is None]
    if not left:
        if rows:
            is_active = all(row["initiated_at"] is not None for row in rows)
            state = "active" if is_active else "requested"
            st.success(f"The service is {state} for every marketplace.", icon=":material/check_circle:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Request service for {marketplace(left[0]['marketplace'])}"
        _button(view, label, left[:1], "primary", "request_first")
        if 1 < len(left) <= MOST_AT_ONCE:
            _button(view, f"Request service for all {len(left)}", left, "secondary", "request_all")
    whose = f"The first is for {plain(left[0]['account'])}. " if view.has_many_accounts else ""
    st.caption(f"{whose}Expired items may be unrecoverable, so request early. A request submits no claim.")


def _button(view: View, label: str, rows: Sequence[Row], look: Any, key: str) -> None:
    st.button(
        label,
        icon=":material/outgoing_mail:",
        type=look,
        key=key,
        help="Tells the team that you want the service.",
        on_click=session_check.callback(_request),
        args=(view, rows),
    )


def _table(view: View, rows: Sequence[Row]) -> None:
    is_of_one_currency = len({row["currency"] for row in rows if row["currency"]}) == 1
    columns: dict[str, Any] = {
        "Marketplace": [marketplace(row["marketplace"]) for row in rows],
        "Ready to claim": [row["ready"] for row in rows],
        **({} if is_of_one_currency else {"Currency": [row["currency"] for row in rows]}),
        "Nearest deadline": [row["nearest_on"] for row in rows],
        **({"Account": [row["account"] for row in rows]} if view.has_many_accounts else {}),
        "Service": [_service(row) for row in rows],
        _REQUEST: ["Request service" if row["requested_at"] is None else None for row in rows],
        "Data through": [row["data_through"] for row in rows],
        "Connected": ["Yes"] * len(rows),
    }
    currency = next((row["currency"] for row in rows if row["currency"]), None) if is_of_one_currency else None
    table(
        without_empty(pd.DataFrame(columns, dtype=object), _REQUEST, "Nearest deadline", "Currency"),
        alt="Marketplaces, what is ready to claim there, and where the service stands",
        currency=currency,
        key="connected",
        column_config={
            "Marketplace": st.column_config.TextColumn("Marketplace", width=165),
            "Account": st.column_config.TextColumn("Account", width=150),
            "Nearest deadline": date_column("Nearest deadline", "The first last day of what is ready to claim."),
            "Service": st.column_config.TextColumn("Service", width=185),
            "Data through": date_column("Data through", "The last day of the channel's reports; a dash: none synced."),
            _REQUEST: st.column_config.ButtonColumn("Request", key="connected_request", width="small"),
        },
    )
    click = st.session_state.get("connected_request")
    if click is not None and 0 <= click.row < len(rows) and rows[click.row]["requested_at"] is None:
        _request(view, rows[click.row : click.row + 1])
        st.rerun()


def _service(row: Row) -> str:
    if row["initiated_at"] is not None:
        return f"Active since {day(row['initiated_at'].date())}"
    if row["requested_at"] is not None:
        return f"Requested {day(row['requested_at'].date())} · pending"
    return "Not requested"


def steps() -> None:
    """Show the steps from the request to the payment."""
    st.header("What happens then", anchor=False)
    told = {
        "You request": f"Review what is *{STAGES['ready'].label}*, and what expires first. Request the service above.",
        "The team checks": "It reviews the account, and may ask for settlement reports or other documents.",
        "The team files": "It files by the marketplace's rules. What is in a case shows as"
        f" *{STAGES['in_case'].label}*, and its deadline no longer runs.",
        "You follow": f"The Case Tracker shows every case. Money received counts as *{TOTALS[Total.CLAIMED].label}*.",
    }
    grid = st.grid(len(told), min_column_width=200)
    for number, (title, what) in enumerate(told.items(), 1):
        with grid.cell(), st.container(border=True, height="stretch"):
            st.markdown(f"**{number}. {title}**  \n{what}")


def requests(view: View) -> None:
    """Show the team the pending requests, longest waiting first."""
    waiting = answers.waiting(view.scope, view.as_of)
    st.header("Pending requests", anchor=False)
    if waiting.empty:
        components.nothing("No pending requests.", "A seller's request for the service appears here.")
    elif len(waiting) < waiting["total_rows"].iloc[0]:
        st.caption(f"The first {len(waiting)} of {count(int(waiting['total_rows'].iloc[0]), 'request')}.")
    for row in waiting.to_dict("records"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{plain(row['account'])}** · {marketplace(row['marketplace'])}  \n"
                f":small[Requested {day(row['requested_at'].date())} by {address(row['requested_by'])}]"
            )
            st.button(
                "Start service",
                icon=":material/play_circle:",
                key=f"initiate {row['account_id']} {row['marketplace']}",
                on_click=session_check.callback(_initiate),
                args=(view, row),
            )


def _request(view: View, rows: Sequence[Row]) -> None:
    for row in rows:
        personal.request_service(view.scope.user_id, row["account_id"], row["marketplace"])


def _initiate(view: View, row: Row) -> None:
    personal.initiate_service(view.scope.user_id, row["account_id"], row["marketplace"])
