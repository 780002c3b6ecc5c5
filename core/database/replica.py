"""Read replicas: a visitor reads from a replica only if it has replayed everything that the visitor has seen.

Each run of a page first reads from the primary, and records its log position (`note`). Later queries of the run may go
to a replica that has replayed to that position; after a short wait the primary answers instead.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import DatabaseUnavailable

PATIENCE = 0.2
"""Seconds to wait for a replica: a healthy one lags by milliseconds."""

_AWAY = (OperationalError, PoolTimeout, DatabaseUnavailable)
_BETWEEN = 0.005
_SECONDS_VALID = 10.0
_SECONDS_AWAY = 30.0


class _Seen(NamedTuple):
    """The primary's log position, and when it was read (seconds of `time.monotonic`)."""

    position: str
    at: float


_seen: ContextVar[_Seen | None] = ContextVar("seen", default=None)
_away_until: dict[Engine, float] = {}


def note(primary: Connection) -> None:
    """Record the primary's log position. All rows read so far are before it, as long as commits wait for the disk
    (`synchronous_commit`, on by default).
    """
    position: str = primary.execute(text("select pg_current_wal_flush_lsn()::text")).scalar_one()
    _seen.set(_Seen(position, time.monotonic()))


def forget() -> None:
    """Clear the position: the primary answers until the next `note`."""
    _seen.set(None)


@contextmanager
def transaction(primary: Callable[[], Engine], replica: Engine | None) -> Iterator[Connection]:
    """A read-only transaction on the replica where it has caught up, else on the primary."""
    connection = _caught_up(replica) if replica is not None else None
    if connection is None or replica is None:
        with _read_only(primary()) as connected, connected.begin():
            yield connected
        return
    try:
        with connection, connection.begin():
            yield connection
    except _AWAY:
        _away_until[replica] = time.monotonic() + _SECONDS_AWAY  # the next run asks the primary
        raise


def _caught_up(replica: Engine) -> Connection | None:
    """A connection to the replica whose next transaction includes the recorded position; None without one."""
    seen = _seen.get()
    now = time.monotonic()
    if seen is None or now - seen.at > _SECONDS_VALID or now < _away_until.get(replica, 0.0):
        return None
    try:
        connection = _read_only(replica)
    except _AWAY:
        _away_until[replica] = now + _SECONDS_AWAY
        return None
    try:
        while not _has_replayed(connection, seen.position):
            if time.monotonic() - now > PATIENCE:
                forget()  # don't wait again in this run
                connection.close()
                return None
            connection.rollback()
            time.sleep(_BETWEEN)
        connection.rollback()  # the next transaction starts after the replay
    except OperationalError:
        _away_until[replica] = time.monotonic() + _SECONDS_AWAY
        connection.close()
        return None
    return connection


def _read_only(engine: Engine) -> Connection:
    """A connection whose transactions begin read-only: setting it later costs another round trip.

    All reads see one snapshot, so that sums match the grants at the start of the transaction.
    """
    return engine.connect().execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")


def _has_replayed(connection: Connection, position: str) -> bool:
    # A promoted replica has diverged; don't query it.
    query = "select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= cast(:position as pg_lsn)"
    return bool(connection.execute(text(query), {"position": position}).scalar_one())
