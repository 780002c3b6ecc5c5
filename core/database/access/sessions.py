"""How long a sign-in lasts. Streamlit's cookie lives for 30 days and is never asked about again, so the limits are kept
here, in the database: every replica sees the same ones, and a session that has ended stays ended.

Whether a session may go on is asked in each transaction that is made for it (core.database.access.visitor).
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
"""Open; older than any session may be; not used for too long; signed out; signed in at a time that is still to come;
not attended yet.
"""

_held: ContextVar[str | None] = ContextVar("session", default=None)
_finders: list[Callable[[], str | None]] = []


def current() -> str | None:
    """The name of the session for which the code at hand works; None for none, as in a command."""
    if (held_by := _held.get()) is not None:
        return held_by
    return next((found for find in _finders if (found := find()) is not None), None)


@contextmanager
def held(key: str | None) -> Iterator[None]:
    """A block that works for a session, in a thread that no page runs in."""
    token = _held.set(key)
    try:
        yield
    finally:
        _held.reset(token)


def find_by(find: Callable[[], str | None]) -> None:
    """Let pages say which session a run, a callback or a fragment of theirs belongs to."""
    _finders.append(find)


def limits() -> dict[str, timedelta]:
    """How long a session may lie unused, and how old it may become."""
    return {"idle": settings.session_idle(), "lifetime": settings.session_lifetime()}


def attend(user_id: int, key: str, signed_in_at: datetime, *, idle: timedelta, lifetime: timedelta) -> State:
    """Note that a session is used, and say whether it may be.

    `key` names the sign-in (`key_of`), `signed_in_at` is when the provider let the user in. A first use is a line of
    the audit log.
    """
    with app_engine().begin() as connection:
        state: State = connection.execute(
            text("select attend(:user_id, :key, :signed_in_at, :idle, :lifetime)"),
            {"user_id": user_id, "key": key, "signed_in_at": signed_in_at, "idle": idle, "lifetime": lifetime},
        ).scalar_one()
    return state


def standing(user_id: int, key: str) -> State:
    """Whether a session may go on, without noting a use."""
    with app_engine().begin() as connection:
        state: State = connection.execute(
            text("select standing(:user_id, :key, :idle, :lifetime)"), {"user_id": user_id, "key": key, **limits()}
        ).scalar_one()
    return state


def end(key: str) -> None:
    """End a session: its cookie opens nothing any more, wherever it was copied to."""
    with app_engine().begin() as connection:
        connection.execute(text("select end_session(:key)"), {"key": key})


def key_of(issuer: str, subject: str, signed_in_at: datetime) -> str:
    """The name of a sign-in: a hash of who let whom in, and when."""
    return sha256(f"{issuer}\x1f{subject}\x1f{signed_in_at.timestamp()}".encode()).hexdigest()
