"""Locks of a test's own database: a server shows those of all its databases, and others test beside."""

from sqlalchemy import Connection, text

from core.database.locks import Work, hold

_LOCKS = "select count(distinct pid) from pg_locks where relation = 'work_lock'::regclass and mode = 'RowShareLock'"
"""Who has locked a row of that table, or waits for one."""


def held(connection: Connection) -> int:
    """How many transactions hold one or wait for one."""
    return int(connection.execute(text(_LOCKS)).scalar_one())


def waited_for(connection: Connection) -> int:
    """How many wait for one."""
    waiting = " and pid in (select w.pid from pg_locks as w where not w.granted)"
    return int(connection.execute(text(_LOCKS + waiting)).scalar_one())


def keep_out(connection: Connection, work: Work, account: str) -> None:
    """Keep others out of this work on an account until the transaction ends."""
    found = connection.execute(text("select account_id from account where code = :code"), {"code": account})
    hold(connection, work, [found.scalar_one()])
