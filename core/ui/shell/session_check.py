"""Checks that an open page's session is still valid: before each callback, fragment and download. The database checks
it in each transaction too (core.database.access.visitor). A check never counts as a use of the session.

After a sign-out in one tab, an idle timeout or the removal of a user, every tab stops at its next action, or by itself
within a few seconds (core/ui/shell/refresh.py).
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
"""Session-state key of the tab's Standing."""

_Given = ParamSpec("_Given")


class Standing(NamedTuple):
    """The user who passed the gate in a tab, and the session's key (None if the visitor picked a user)."""

    user_id: int
    session: str | None


def let_in(user_id: int, session: str | None = None) -> None:
    """Record the user who passed the gate in this tab."""
    st.session_state[KEY] = Standing(user_id, session)


def of_this_tab() -> Standing | None:
    """The current tab's Standing; None if nobody has passed the gate, or outside a run."""
    if not internals.is_in_a_run():
        return None
    found: Standing | None = st.session_state.get(KEY)
    return found


def session() -> str | None:
    """The key of this tab's session."""
    found = of_this_tab()
    return found.session if found else None


def may_go_on(who: Standing | None) -> bool:
    """Whether the session is still valid; False if there is none, or if the database is down."""
    if who is None:
        return False
    try:
        return who.session is None or sessions.standing(who.user_id, who.session) == "open"
    except (RecoupError, SQLAlchemyError):
        return False


def callback(function: Callable[_Given, object]) -> Callable[_Given, None]:
    """Wrap a widget's callback: it does nothing if the session has ended; the run that follows shows the sign-in."""

    @wraps(function)
    def ask_first(*arguments: _Given.args, **named: _Given.kwargs) -> None:
        if may_go_on(of_this_tab()):
            try:
                function(*arguments, **named)
            except SessionEnded:
                return  # the session ended after the check

    return ask_first


def fragment(run_every: str | int) -> Callable[[Callable[_Given, None]], Callable[_Given, None]]:
    """A Streamlit fragment with `run_every` that reruns the page if the session has ended."""

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
    """Whether a fragment runs by itself, not as part of its page, which has just passed the gate."""
    return internals.is_fragment_alone()


sessions.find_by(session)
