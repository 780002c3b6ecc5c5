"""What the environment says. Read when asked for, never at import, so that tests and processes can differ."""

import os
from datetime import date, timedelta
from pathlib import Path

from core.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent
"""The checkout."""


def database_url() -> str | None:
    """The owner's connection (`DATABASE_URL`), for migrations and loaders; None means the embedded server."""
    return _text("DATABASE_URL")


def app_database_url() -> str | None:
    """The pages' connection for sellers and account managers (`RECOUP_APP_DATABASE_URL`)."""
    return _text("RECOUP_APP_DATABASE_URL")


def staff_database_url() -> str | None:
    """The pages' connection for staff (`RECOUP_STAFF_DATABASE_URL`)."""
    return _text("RECOUP_STAFF_DATABASE_URL")


def loader_database_url() -> str | None:
    """The connection of an import from a page (`RECOUP_LOADER_DATABASE_URL`)."""
    return _text("RECOUP_LOADER_DATABASE_URL")


def support_address() -> str | None:
    """How users reach the reimbursement team (`RECOUP_SUPPORT`)."""
    return _text("RECOUP_SUPPORT")


def session_lifetime() -> timedelta:
    """How long after signing in a user must sign in again (`RECOUP_SESSION_HOURS`, default 12)."""
    return timedelta(hours=_number("RECOUP_SESSION_HOURS", 12))


def session_idle() -> timedelta:
    """How long a session may lie unused before its user must sign in again (`RECOUP_IDLE_MINUTES`, default 120)."""
    return timedelta(minutes=_number("RECOUP_IDLE_MINUTES", 120))


def home() -> Path:
    """Where the embedded server keeps its data (`RECOUP_HOME`, default `.recoup/` in the checkout)."""
    return Path(_text("RECOUP_HOME") or PROJECT / ".recoup").expanduser().resolve()


def unfinished_demo() -> Path:
    """A file that is there while the demo is being taken in. Where it was left behind, the next start goes on."""
    return home() / "demo.unfinished"


def fixed_today() -> date | None:
    """A fixed date instead of the clock (`RECOUP_TODAY`, ISO), for tests and demos; None means each marketplace's own
    today.

    Raises ConfigurationError where it is no date.
    """
    text = _text("RECOUP_TODAY")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"RECOUP_TODAY is {text!r}; it must be a date such as 2026-11-22.") from error


def _number(name: str, default: int) -> int:
    text = _text(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ConfigurationError(f"{name} is {text!r}; it must be a whole number above 0.")
    return int(text)


def _text(name: str) -> str | None:
    value = os.environ.get(name, "").strip()
    return value or None
