"""Settings from the environment, read on each call and never at import, so that tests and processes can differ."""

import os
from datetime import date, timedelta
from pathlib import Path

from core.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent
"""The checkout."""

LAST_PORT = 65535


def database_url() -> str | None:
    """The owner's connection (`DATABASE_URL`), for migrations and loaders; None means the embedded server."""
    return _text("DATABASE_URL")


def app_database_url() -> str | None:
    """The pages' connection for sellers and account managers (`RECOUP_APP_DATABASE_URL`)."""
    return _text("RECOUP_APP_DATABASE_URL")


def staff_database_url() -> str | None:
    """The pages' connection for staff (`RECOUP_STAFF_DATABASE_URL`)."""
    return _text("RECOUP_STAFF_DATABASE_URL")


def app_replica_database_url() -> str | None:
    """The read replica of `app_database_url` (`RECOUP_APP_REPLICA_DATABASE_URL`); None without one."""
    return _text("RECOUP_APP_REPLICA_DATABASE_URL")


def staff_replica_database_url() -> str | None:
    """The read replica of `staff_database_url` (`RECOUP_STAFF_REPLICA_DATABASE_URL`); None without one."""
    return _text("RECOUP_STAFF_REPLICA_DATABASE_URL")


def loader_database_url() -> str | None:
    """The connection of an import from a page (`RECOUP_LOADER_DATABASE_URL`)."""
    return _text("RECOUP_LOADER_DATABASE_URL")


def support_address() -> str | None:
    """The address of the reimbursement team (`RECOUP_SUPPORT`)."""
    return _text("RECOUP_SUPPORT")


def session_lifetime() -> timedelta:
    """The maximum age of a session (`RECOUP_SESSION_HOURS`, default 12)."""
    return timedelta(hours=_number("RECOUP_SESSION_HOURS", 12))


def session_idle() -> timedelta:
    """The maximum idle time of a session (`RECOUP_IDLE_MINUTES`, default 120)."""
    return timedelta(minutes=_number("RECOUP_IDLE_MINUTES", 120))


def most_uploaded() -> int:
    """The maximum bytes of uploads in a process's memory (`RECOUP_UPLOAD_MEGABYTES`, default 1500)."""
    return _number("RECOUP_UPLOAD_MEGABYTES", 1500) * 1_000_000


def home() -> Path:
    """The folder of the embedded server's data (`RECOUP_HOME`, default `.recoup/` in the checkout)."""
    return Path(_text("RECOUP_HOME") or PROJECT / ".recoup").expanduser().resolve()


def unfinished_demo() -> Path:
    """A marker file that exists while the demo is loaded. If it was left behind, the next start continues."""
    return home() / "demo.unfinished"


def metrics_port() -> int | None:
    """The port of this process's Prometheus metrics (`RECOUP_METRICS_PORT`); None: no metrics."""
    port = _number("RECOUP_METRICS_PORT", 0) or None
    if port is not None and port > LAST_PORT:
        raise ConfigurationError(f"RECOUP_METRICS_PORT is {port}; a port is at most {LAST_PORT}.")
    return port


def metrics_address() -> str:
    """The address of the metrics port (`RECOUP_METRICS_ADDRESS`, default 127.0.0.1)."""
    return _text("RECOUP_METRICS_ADDRESS") or "127.0.0.1"


def log_is_json() -> bool:
    """Whether the log has one JSON object per line (`RECOUP_LOG=json`) instead of plain lines."""
    text = _text("RECOUP_LOG") or "text"
    if text not in ("json", "text"):
        raise ConfigurationError(f"RECOUP_LOG is {text!r}; it must be json or text.")
    return text == "json"


def fixed_today() -> date | None:
    """A fixed date instead of the clock (`RECOUP_TODAY`, ISO), for tests and demos; None: each marketplace's own today.

    Raises ConfigurationError where it is no date.
    """
    text = _text("RECOUP_TODAY")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"RECOUP_TODAY is {text!r}; it must be a date such as 2026-11-22.") from error


def as_given(name: str) -> dict[str, str]:
    """The variable in its original form, by value or by file, for a child process."""
    return {each: os.environ[each] for each in (name, f"{name}_FILE") if os.environ.get(each, "").strip()}


def _number(name: str, default: int) -> int:
    text = _text(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ConfigurationError(f"{name} is {text!r}; it must be a whole number above 0.")
    return int(text)


def _text(name: str) -> str | None:
    """The variable's value, or the first line of the file that `<name>_FILE` names, which keeps a secret out of the
    environment. None where it is empty.
    """
    value = os.environ.get(name, "").strip()
    file = os.environ.get(f"{name}_FILE", "").strip()
    if not value and file:
        try:
            value = Path(file).read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{name}_FILE names {file}, which can not be read: {error}") from error
    return value or None
