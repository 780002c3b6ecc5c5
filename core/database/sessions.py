"""How long a sign-in lasts. Streamlit's cookie lives for 30 days and is never asked about again, so the limits are kept
here, in the database: every replica sees the same ones, and a session that has ended stays ended.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import text

from core.database.engine import app_engine

State = Literal["open", "expired", "idle", "ended"]
"""Open; older than any session may be; not used for too long; signed out."""


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


def end(key: str) -> None:
    """End a session: its cookie opens nothing any more, wherever it was copied to."""
    with app_engine().begin() as connection:
        connection.execute(text("select end_session(:key)"), {"key": key})


def key_of(issuer: str, subject: str, signed_in_at: datetime) -> str:
    """The name of a sign-in: a hash of who let whom in, and when."""
    return sha256(f"{issuer}\x1f{subject}\x1f{signed_in_at.timestamp()}".encode()).hexdigest()
