"""An open page notices by itself that its figures have changed: after a sync, wherever it ran, the new ones show."""

import time
from contextlib import suppress

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import settings
from core.database.access import reading
from core.errors import RecoupError
from core.queries import people

SECONDS = 4
"""How often an open page looks. It asks one question of one small table."""

_WOKEN, _ATTENDED = "woken by a change", "last visit"


@st.fragment(run_every=SECONDS)
def notice(user_id: int, account_ids: tuple[int, ...], state: str) -> None:
    """Run the page again once the accounts' state (`Freshness.state`) is another than it was."""
    if _is_part_of_the_page():
        return
    with suppress(RecoupError, SQLAlchemyError):  # the page tells what is wrong when it asks itself
        with reading(user_id) as (connection, _):
            now = people.freshness(connection, account_ids).state
        if now != state:
            st.session_state[_WOKEN] = True
            st.rerun()


def _is_part_of_the_page() -> bool:
    """Whether the page runs, which has just asked for the state, and not the fragment alone."""
    context = get_script_run_ctx()
    return context is not None and not context.fragment_ids_this_run


def is_no_visit() -> bool:
    """Whether a page runs because its figures changed, and nobody has done anything: such a run must not keep a session
    open that nobody uses. After the idle limit it is asked about like any other.
    """
    woken = bool(st.session_state.pop(_WOKEN, False))
    now = time.monotonic()
    last = st.session_state.setdefault(_ATTENDED, now)
    if woken and now - last < settings.session_idle().total_seconds():
        return True
    st.session_state[_ATTENDED] = now
    return False
