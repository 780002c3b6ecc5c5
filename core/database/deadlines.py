"""Deadlines for the pages' statements: a server that is stopped rather than dead accepts a query and never answers. Its
kernel still acknowledges packets, so neither TCP's nor the server's own timeouts end the wait.

A watcher closes the socket of a statement that exceeds its deadline, and the driver fails as for a dead server. For
some seconds afterwards no connection is tried, so that every visitor gets the error at once.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg2
import psycopg2.extensions
from sqlalchemy import URL, Dialect

from core.errors import DatabaseUnavailable

ANSWER = 25.0
"""Deadline of a statement, in seconds: longer than the server's own limit for pages (`statement_timeout`)."""

ANSWER_OF_REPLICA = 5.0
"""Deadline of a statement on a read replica, in seconds: the primary can answer instead."""

PING = 2.0
"""Deadline of the liveness check before each transaction, in seconds."""

CONNECT = 3
"""Deadline of a new connection, in seconds."""

PAUSE = 3.0
"""Back-off after a server exceeded a deadline, in seconds."""

_PING_QUERY = "SELECT 1"
_BETWEEN_LOOKS = 0.2
_TCP: Mapping[str, int] = {
    "connect_timeout": CONNECT,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}

_lock = threading.Lock()
_waiting: dict[int, tuple[float, int]] = {}
"""The sockets of waiting statements with their deadlines (seconds of `time.monotonic`), by a serial number."""
_away_until: dict[tuple[object, object], float] = {}
_watcher: list[threading.Thread] = []


def limits_of_tcp(url: URL) -> dict[str, Any]:
    """Driver options for the time limits of connecting and of TCP, unless the URL has its own."""
    return {name: value for name, value in _TCP.items() if name not in url.query}


def of_statements(*, is_replica: bool) -> dict[str, Any]:
    """Driver options for the pages: a deadline for each statement, besides the TCP limits."""
    return {"connection_factory": _ToReplica if is_replica else _ToPrimary, "cursor_factory": _Cursor}


def refuse_while_away(_dialect: Dialect, _record: object, _arguments: Sequence[Any], named: Mapping[str, Any]) -> None:
    """Raises DatabaseUnavailable during a server's back-off."""
    if time.monotonic() < _away_until.get(_place(named), 0.0):
        raise DatabaseUnavailable("The database has not answered for some seconds.")


def connect(dialect: Dialect, _record: object, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Connect, and start the back-off of a server that exceeds the deadline. Raises the driver's exceptions."""
    began = time.monotonic()
    try:
        return dialect.connect(*arguments, **named)
    except psycopg2.OperationalError:
        if time.monotonic() - began >= CONNECT - 1:
            _away_until[_place(named)] = time.monotonic() + PAUSE
        raise


@contextmanager
def within(seconds: float, connection: Any) -> Iterator[None]:
    """A block with a deadline: when it passes, the connection's socket is closed."""
    _watch()
    number = threading.get_ident()
    with _lock:
        _waiting[number] = (time.monotonic() + seconds, connection.fileno())
    try:
        yield
    finally:
        with _lock:
            _waiting.pop(number, None)


def forget() -> None:
    """Clear the back-off of all servers."""
    _away_until.clear()


def _place(named: Mapping[str, Any]) -> tuple[object, object]:
    return named.get("host"), named.get("port")


def _watch() -> None:
    if _watcher and _watcher[0].is_alive():
        return
    with _lock:
        if not (_watcher and _watcher[0].is_alive()):
            _watcher[:] = [threading.Thread(target=_close_late_ones, name="deadlines", daemon=True)]
            _watcher[0].start()


def _close_late_ones() -> None:
    while True:
        time.sleep(_BETWEEN_LOOKS)
        with _lock:
            now = time.monotonic()
            for number, (until, handle) in list(_waiting.items()):
                if now > until:
                    del _waiting[number]
                    _close(handle)


def _close(handle: int) -> None:
    # a duplicate: the driver closes its own descriptor, and its number may then belong to another file
    with suppress(OSError), socket.socket(fileno=os.dup(handle)) as copy:
        copy.shutdown(socket.SHUT_RDWR)


class _ToPrimary(psycopg2.extensions.connection):
    answer = ANSWER

    def commit(self) -> None:
        """Commit within the deadline."""
        with within(self.answer, self):
            super().commit()

    def rollback(self) -> None:
        """Roll back within the deadline; a closed connection has nothing to roll back."""
        if self.closed:
            super().rollback()
            return
        with within(PING, self):
            super().rollback()


class _ToReplica(_ToPrimary):
    answer = ANSWER_OF_REPLICA


class _Cursor(psycopg2.extensions.cursor):
    connection: _ToPrimary

    def execute(self, query: Any, variables: Any = None) -> None:
        """Execute a statement within its deadline."""
        with within(PING if query == _PING_QUERY else self.connection.answer, self.connection):
            super().execute(query, variables)

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Fetch rows; a server-side cursor fetches them within the deadline."""
        with within(self.connection.answer, self.connection):
            return super().fetchmany(size or self.arraysize)
