"""The embedded PostgreSQL server: one per home folder, shared by all processes that use it.

Each process holds a shared lock while it may use the server; the last one stops the server. The kernel releases the
lock of a killed process, so the next process takes over a server that outlived its users, and stops it.
"""

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from fasteners import InterProcessLock, InterProcessReaderWriterLock
from psycopg2.sql import SQL, Composable, Identifier
from sqlalchemy import URL

from core import settings
from core.database.server.cluster import PORT, SUPERUSER, Cluster
from core.database.server.programs import binaries
from core.errors import EmbeddedServerError

DATABASE = "recoup"

_guard = threading.RLock()
_held: dict[Path, "EmbeddedServer"] = {}


def _forget() -> None:
    """Clear the state after a fork, which copies memory but not the locks."""
    global _guard
    _guard = threading.RLock()
    _held.clear()


os.register_at_fork(after_in_child=_forget)


def url(user: str = SUPERUSER, database: str = DATABASE) -> str:
    """The SQLAlchemy URL of the embedded server at `settings.home()`, started if needed.

    This process then holds the server until it exits. Raises EmbeddedServerError.
    """
    home = settings.home()
    with _guard:
        server = _held.get(home)
        if server is None or not server.is_kept:
            server = _enter(home, Cluster(home, binaries()))
            server.is_kept = True
        else:
            server.ensure_running()
    return server.url(user, database)


def address(user: str = SUPERUSER, database: str = DATABASE) -> str:
    """The URL of `url` without a health check, once this process holds the server: for connection pools, which check
    new connections.
    """
    server = _held.get(settings.home())
    return server.url(user, database) if server is not None and server.is_kept else url(user, database)


@atexit.register
def release() -> None:
    """Release the server held by `url`. Runs automatically when the process exits."""
    with _guard:
        for server in [server for server in _held.values() if server.is_kept]:
            server.is_kept = False
            server.leave()


@contextmanager
def running(
    home: Path | None = None, *, source: Path | None = None, durable: bool = True
) -> Iterator["EmbeddedServer"]:
    """The server at `home` (default `settings.home()`) for a block; stopped after it unless another process uses it.

    `source` is a folder of other PostgreSQL programs; `durable=False` trades safety for speed, for tests only. Raises
    EmbeddedServerError.
    """
    home = (home or settings.home()).resolve()
    with _guard:
        server = _enter(home, Cluster(home, source or binaries(), durable))
    try:
        yield server
    finally:
        with _guard:
            server.leave()


def remove() -> None:
    """Remove the data of the embedded server at `settings.home()`. Raises EmbeddedServerError while it is in use."""
    home = settings.home()
    with _guard:
        if home in _held:
            raise EmbeddedServerError("This process uses the embedded server itself.")
        if home.exists():
            EmbeddedServer(Cluster(home, binaries())).remove()


class EmbeddedServer:
    """This process's share in a server, created only by `running` and `url`, one per home folder."""

    def __init__(self, cluster: Cluster) -> None:
        self.home = cluster.home
        self.is_kept = False
        self._cluster = cluster
        self._uses = 0
        self._change = InterProcessLock(self.home / "change.lock")
        self._users = InterProcessReaderWriterLock(self.home / "users.lock")

    def url(self, user: str = SUPERUSER, database: str = DATABASE) -> str:
        """The SQLAlchemy URL of a database for a login; creates neither."""
        # The port is explicit, since libpq would otherwise take it from PGPORT.
        place = {"host": str(self._cluster.sockets), "port": str(PORT)}
        return URL.create("postgresql+psycopg2", user, database=database, query=place).render_as_string(False)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create a database: empty, or a copy of a database without connections."""
        copied = SQL(" template {}").format(Identifier(template)) if template else SQL("")
        self._execute(SQL("create database {}{}").format(Identifier(name), copied))

    def drop_database(self, name: str) -> None:
        """Drop a database and its connections; nothing where there is none."""
        self._execute(SQL("drop database if exists {} with (force)").format(Identifier(name)))

    def ensure_running(self) -> None:
        """Start the server where it does not answer. Raises EmbeddedServerError."""
        self._cluster.refuse_stopped()
        if not self._cluster.answers():
            with self._change:
                self._start()

    def join(self) -> None:
        """Count one more use by this process; the first one takes the lock."""
        if self._uses == 0:
            with self._change:
                self._users.acquire_read_lock()
                try:
                    self._start()
                except BaseException:
                    self._leave()
                    raise
        else:
            self.ensure_running()
        self._uses += 1

    def leave(self) -> None:
        """Count one use less; the last one stops the server if no other process holds it."""
        self._uses -= 1
        if self._uses == 0:
            _held.pop(self.home, None)
            with self._change:
                self._leave()

    def stop(self) -> None:
        """Stop the server, even if others use it. The next `url` or `running` starts it again."""
        with self._change:
            self._cluster.stop()

    def remove(self) -> None:
        """Stop the server and remove its data. Raises EmbeddedServerError where a process holds it."""
        with self._change:
            if not self._users.acquire_write_lock(blocking=False):
                raise EmbeddedServerError(f"The server in {self.home} is in use. Stop Recoup first.")
            try:
                self._cluster.stop()
                self._cluster.remove()
            finally:
                self._users.release_write_lock()

    def _start(self) -> None:
        if not self._cluster.answers():
            self._cluster.start()
        if not self._has_database():
            self.create_database(DATABASE)

    def _leave(self) -> None:
        self._users.release_read_lock()
        if self._users.acquire_write_lock(blocking=False):
            try:
                self._cluster.stop()
            finally:
                self._users.release_write_lock()

    def _has_database(self) -> bool:
        return bool(self._execute(SQL("select 1 from pg_database where datname = %s"), DATABASE))

    def _execute(self, statement: Composable, *values: str) -> list[tuple[object, ...]]:
        with closing(self._cluster.connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []


def _enter(home: Path, cluster: Cluster) -> EmbeddedServer:
    """Join the server at `home`, reusing this process's share if it has one."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        server = _held.get(home) or EmbeddedServer(cluster)
        server.join()
    except OSError as error:
        raise EmbeddedServerError(
            f"PostgreSQL can not use {home}: {error}. Set RECOUP_HOME to a folder that you may write to, "
            "or DATABASE_URL to a PostgreSQL server of your own."
        ) from error
    _held[home] = server
    return server
