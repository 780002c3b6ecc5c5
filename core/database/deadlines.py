"""Deadlines of our own for the pages' statements: a server that is stopped rather than dead takes a question, and never
answers. Its system goes on acknowledging what is sent, so no timeout of TCP or of the server's own ends the wait.

A watcher closes the socket of a statement that has waited too long, and the driver then fails as it does when a server
dies. For some seconds after that no connection is tried, so that every visitor hears of it at once.
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
"""Seconds for an answer: more than the server itself gives a page's statement (`statement_timeout`)."""

ANSWER_OF_REPLICA = 5.0
"""Seconds for an answer of a read replica: the primary can be asked instead."""

PING = 2.0
"""Seconds for the question whether a connection still works, which goes before each transaction."""

CONNECT = 3
"""Seconds for a new connection."""

PAUSE = 3.0
"""Seconds in which nobody tries again after a server has let somebody wait in vain."""

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
"""The socket of each statement that waits, and until when (seconds of `time.monotonic`), by a number of its own."""
_away_until: dict[tuple[object, object], float] = {}
_watcher: list[threading.Thread] = []


def limits_of_tcp(url: URL) -> dict[str, Any]:
    """What the driver is given beside a URL: time limits of connecting and of TCP, unless the URL has its own."""
    return {name: value for name, value in _TCP.items() if name not in url.query}


def of_statements(*, is_replica: bool) -> dict[str, Any]:
    """What the driver is given for the pages, beside that: a deadline for each statement."""
    return {"connection_factory": _ToReplica if is_replica else _ToPrimary, "cursor_factory": _Cursor}


def refuse_while_away(_dialect: Dialect, _record: object, _arguments: Sequence[Any], named: Mapping[str, Any]) -> None:
    """Raises DatabaseUnavailable for a server that has just let somebody wait in vain."""
    if time.monotonic() < _away_until.get(_place(named), 0.0):
        raise DatabaseUnavailable("The database has not answered for some seconds.")


def connect(dialect: Dialect, _record: object, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Make a connection, and note a server that lets it wait in vain. Raises what the driver raises."""
    began = time.monotonic()
    try:
        return dialect.connect(*arguments, **named)
    except psycopg2.OperationalError:
        if time.monotonic() - began >= CONNECT - 1:
            _away_until[_place(named)] = time.monotonic() + PAUSE
        raise


@contextmanager
def within(seconds: float, connection: Any) -> Iterator[None]:
    """A block that ends within so many seconds: the connection's socket is closed if it does not."""
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
    """Try a server again that was not tried for a while."""
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
    # a copy: the driver closes its own, and would close another's that has its number by then
    with suppress(OSError), socket.socket(fileno=os.dup(handle)) as copy:
        copy.shutdown(socket.SHUT_RDWR)


class _ToPrimary(psycopg2.extensions.connection):
    answer = ANSWER

    def commit(self) -> None:
        """Commit within the deadline."""
        with within(self.answer, self):
            super().commit()

    def rollback(self) -> None:
        """Roll back within the deadline; a connection that is closed has nothing to wait for."""
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
        """Run a statement within its deadline."""
        with within(PING if query == _PING_QUERY else self.connection.answer, self.connection):
            super().execute(query, variables)

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Rows; those of a cursor of the server's own are fetched within the deadline."""
        with within(self.connection.answer, self.connection):
            return super().fetchmany(size or self.arraysize)
