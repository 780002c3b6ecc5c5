"""Session limits. Streamlit's cookie lives for 30 days and is never re-checked, so the database keeps the state of each
session: all app processes see the same limits, and an ended session stays ended.

Each transaction for a session checks its state (core.database.access.visitor).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import text

from core import settings
from core.database.engine import app_engine

State = Literal["open", "expired", "idle", "ended", "future", "unknown"]
"""In order: open; older than the maximum; idle for too long; signed out; signed in at a future time; not
attended yet.
"""

_held: ContextVar[str | None] = ContextVar("session", default=None)
_finders: list[Callable[[], str | None]] = []


def current() -> str | None:
    """The key of the current session; None for none, as in a command."""
    if (held_by := _held.get()) is not None:
        return held_by
    return next((found for find in _finders if (found := find()) is not None), None)


@contextmanager
def held(key: str | None) -> Iterator[None]:
    """A block that runs for a session, in a thread without a page."""
    token = _held.set(key)
    try:
        yield
    finally:
        _held.reset(token)


def find_by(find: Callable[[], str | None]) -> None:
    """Register a function that finds the session of the current page run, callback or fragment."""
    _finders.append(find)


def limits() -> dict[str, timedelta]:
    """The maximum idle time and lifetime of a session."""
    return {"idle": settings.session_idle(), "lifetime": settings.session_lifetime()}


def attend(user_id: int, key: str, signed_in_at: datetime, *, idle: timedelta, lifetime: timedelta) -> State:
    """Record a use of a session, and return its state.

    `key` names the sign-in (`key_of`), `signed_in_at` is the provider's sign-in time. The first use adds a line to the
    audit log.
    """
    with app_engine().begin() as connection:
        state: State = connection.execute(
            text("select attend(:user_id, :key, :signed_in_at, :idle, :lifetime)"),
            {"user_id": user_id, "key": key, "signed_in_at": signed_in_at, "idle": idle, "lifetime": lifetime},
        ).scalar_one()
    return state


def standing(user_id: int, key: str) -> State:
    """The state of a session, without recording a use."""
    with app_engine().begin() as connection:
        state: State = connection.execute(
            text("select standing(:user_id, :key, :idle, :lifetime)"), {"user_id": user_id, "key": key, **limits()}
        ).scalar_one()
    return state


def end(key: str) -> None:
    """End a session: no copy of its cookie is valid any more."""
    with app_engine().begin() as connection:
        connection.execute(text("select end_session(:key)"), {"key": key})


def key_of(issuer: str, subject: str, signed_in_at: datetime) -> str:
    """The key of a sign-in: a hash of issuer, subject and time."""
    return sha256(f"{issuer}\x1f{subject}\x1f{signed_in_at.timestamp()}".encode()).hexdigest()
