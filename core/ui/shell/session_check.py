"""The one question about an open page: may its session go on? It is asked before each callback, fragment and download,
and in each transaction by the database itself (core.database.access.visitor), and never counts as a visit.

Signing out in one tab, a session that idles, a user who is removed: all tabs know with their next move, and by
themselves within some seconds (core/ui/shell/refresh.py).
"""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple, ParamSpec

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from core.database.access import sessions
from core.errors import RecoupError, SessionEnded
from core.ui.shell import internals

KEY = "standing"
"""Where a tab's state has who has passed the gate."""

_Given = ParamSpec("_Given")


class Standing(NamedTuple):
    """Who has passed the gate in a tab: the user, and the name of the session, None where the visitor picks a user."""

    user_id: int
    session: str | None


def let_in(user_id: int, session: str | None = None) -> None:
    """Note who has passed the gate in this tab."""
    st.session_state[KEY] = Standing(user_id, session)


def of_this_tab() -> Standing | None:
    """Who has passed the gate in the tab that the code at hand runs for; None where nobody has, or there is no tab."""
    if not internals.is_in_a_run():
        return None
    found: Standing | None = st.session_state.get(KEY)
    return found


def session() -> str | None:
    """The name of this tab's session."""
    found = of_this_tab()
    return found.session if found else None


def may_go_on(who: Standing | None) -> bool:
    """Whether this is somebody whose session may go on. Where the database can not say so, it may not."""
    if who is None:
        return False
    try:
        return who.session is None or sessions.standing(who.user_id, who.session) == "open"
    except (RecoupError, SQLAlchemyError):
        return False


def callback(function: Callable[_Given, object]) -> Callable[_Given, None]:
    """The function as a widget's callback: it does nothing where the session may not go on, and the run that follows
    shows the way back in.
    """

    @wraps(function)
    def ask_first(*arguments: _Given.args, **named: _Given.kwargs) -> None:
        if may_go_on(of_this_tab()):
            try:
                function(*arguments, **named)
            except SessionEnded:
                return  # it ended in this moment

    return ask_first


def fragment(run_every: str | int) -> Callable[[Callable[_Given, None]], Callable[_Given, None]]:
    """A part of a page that runs by itself now and then; where the session may not go on, the page begins anew."""

    def decorate(function: Callable[_Given, None]) -> Callable[_Given, None]:
        @st.fragment(run_every=run_every)
        @wraps(function)
        def ask_first(*arguments: _Given.args, **named: _Given.kwargs) -> None:
            if runs_alone() and not may_go_on(of_this_tab()):
                st.rerun()
            function(*arguments, **named)

        return ask_first

    return decorate


def runs_alone() -> bool:
    """Whether a fragment runs by itself, and not as part of its page, which has just been through the gate."""
    return internals.is_fragment_alone()


sessions.find_by(session)
