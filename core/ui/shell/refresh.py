"""An open page notices by itself that its figures have changed: after a sync, wherever it ran, the new ones show."""

from contextlib import suppress
from typing import NoReturn

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from core.database.access.visitor import reading
from core.errors import AccessDenied, RecoupError
from core.queries import people
from core.ui.shell import session_check

SECONDS = 4
"""How often an open page looks. It asks one question of one small table."""

_WOKEN = "woken by a change"


@st.fragment(run_every=SECONDS)
def notice(user_id: int, account_ids: tuple[int, ...], state: str) -> None:
    """Run the page again once the accounts' state (`Freshness.state`) is another than it was, or once its session may
    not go on: what it asks is answered to nobody else.
    """
    if not session_check.runs_alone():
        return
    with suppress(RecoupError, SQLAlchemyError):  # the page tells what is wrong when it asks itself
        try:
            with reading(user_id) as (connection, _):
                now = people.freshness(connection, account_ids).state
        except AccessDenied:
            now = ""
        if now != state:
            wake()


def wake() -> NoReturn:
    """Run the page again though nobody has done anything."""
    st.session_state[_WOKEN] = True
    st.rerun()


def is_no_visit() -> bool:
    """Whether a page runs because its figures changed, and nobody has done anything: such a run must not keep a session
    open that nobody uses.
    """
    return bool(st.session_state.pop(_WOKEN, False))
