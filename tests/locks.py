"""Advisory locks of a test's own database: a server shows those of all its databases, and others test beside."""

from sqlalchemy import Connection, text

_LOCKS = (
    "select count(*) from pg_locks as l inner join pg_database as d on d.oid = l.database"
    " where l.locktype = 'advisory' and d.datname = current_database()"
)


def held(connection: Connection) -> int:
    """How many there are, those that are waited for among them."""
    return int(connection.execute(text(_LOCKS)).scalar_one())


def waited_for(connection: Connection) -> int:
    """How many somebody waits for."""
    return int(connection.execute(text(f"{_LOCKS} and not l.granted")).scalar_one())
