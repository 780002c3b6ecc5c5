"""Ends readers' sessions that block a migration: DDL waits for every open transaction on its table, and everybody else
then waits behind the DDL. Logins of other tools may keep transactions open for long, so their sessions end.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from core.database.access.logins import GROUP

_SECONDS = 0.2
_END_BLOCKING = text("""
    select pg_terminate_backend(a.pid)
    from pg_stat_activity as a
    inner join pg_auth_members as m on m.member = a.usesysid
    inner join pg_roles as g on g.oid = m.roleid and g.rolname = :readers
    where a.pid = any(pg_blocking_pids(:pid))
""")


@contextmanager
def end_blocking_readers(connection: Connection) -> Iterator[None]:
    """While the block runs, end the sessions of other tools' logins that this connection waits for."""
    pid = connection.execute(text("select pg_backend_pid()")).scalar_one()
    is_done = threading.Event()
    with connection.engine.connect() as watching:
        watching = watching.execution_options(isolation_level="AUTOCOMMIT")
        watcher = threading.Thread(
            target=_watch, args=(watching, pid, is_done), name="end blocking readers", daemon=True
        )
        watcher.start()
        try:
            yield
        finally:
            is_done.set()
            watcher.join()


def _watch(watching: Connection, pid: int, is_done: threading.Event) -> None:
    while not is_done.wait(_SECONDS):
        watching.execute(_END_BLOCKING, {"pid": pid, "readers": GROUP})
