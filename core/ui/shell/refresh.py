"""Polling that reruns an open page when its figures change: after a sync in any process, the new figures show."""

from contextlib import suppress
from typing import NoReturn

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from core.database.access.visitor import reading
from core.errors import AccessDenied, RecoupError
from core.queries import people
from core.ui.shell import session_check

SECONDS = 4
"""Seconds between polls of an open page. Each runs one query on one small table."""

_WOKEN = "woken by a change"


@st.fragment(run_every=SECONDS)
def notice(user_id: int, account_ids: tuple[int, ...], state: str) -> None:
    """Rerun the page when the accounts' state (`Freshness.state`) has changed, or when its session has ended: then the
    query raises AccessDenied or SessionEnded.
    """
    if not session_check.runs_alone():
        return
    with suppress(RecoupError, SQLAlchemyError):  # the page's own queries show the error
        try:
            with reading(user_id) as (connection, _):
                now = people.freshness(connection, account_ids).state
        except AccessDenied:
            now = ""
        if now != state:
            wake()


def wake() -> NoReturn:
    """Rerun the page without any action of the visitor."""
    st.session_state[_WOKEN] = True
    st.rerun()


def is_no_visit() -> bool:
    """Whether this run was started by `wake`, not by the visitor. Such a run must not extend an idle session."""
    return bool(st.session_state.pop(_WOKEN, False))
