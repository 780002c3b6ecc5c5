"""Logins for other tools (Metabase, Superset, Excel, psql): read-only, with one user's rights and no more.

All logins share one policy per table (migration 0050): a function finds the login by the name with which its session
began, and the user's accounts by the current grants. So grants need no DDL, and no setting widens a login's access.
Resource limits are set on each login: PostgreSQL does not inherit settings of a group.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from core.database.access import audit
from core.errors import AlreadyExists, ConfigurationError, UnknownName

GROUP = "recoup_reader"
"""The group role of all logins: it may read tables and views, and the rows that the policies allow."""

CONNECTIONS = 5
"""Default connection limit of a login."""

LIMITS: Mapping[str, str] = {
    "default_transaction_read_only": "on",
    "statement_timeout": "2min",
    "idle_in_transaction_session_timeout": "5min",
}
TEMPORARY_FILES = "1GB"
"""Limit of a login's temporary files; only a superuser, or an owner who was granted the setting, can set it."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)
_SECONDS_TO_END = 5
_LEFT_OPEN = """
    select p.oid::regprocedure::text
    from pg_proc as p
    where
        p.pronamespace = 'pg_catalog'::regnamespace
        and p.proname ~ '^(lo_.*|loread|lowrite|pg_(try_)?advisory_.*)$'
        and has_function_privilege('public', p.oid, 'execute')
"""
"""Functions that PostgreSQL grants to everybody: large objects fill the disk, advisory locks fill the lock table."""

_UNREAD = """
    select c.relname, bool_or(a.attname = 'user_id')
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'public'
    inner join pg_attribute as a
        on a.attrelid = c.oid and a.attname in ('account_id', 'user_id') and not a.attisdropped
    where
        c.relrowsecurity
        and not exists (
            select 1 from pg_policy as p where p.polrelid = c.oid and p.polname = c.relname || '_of_reader'
        )
    group by c.relname
    order by c.relname
"""
"""The tables with row security and without a policy for logins, and whether their rows belong to a person rather than
an account.
"""


def add(connection: Connection, name: str, user_id: int, connections: int = CONNECTIONS) -> str:
    """Create a login with a user's rights; returns its password, which is stored nowhere.

    Raises ConfigurationError for an invalid name, AlreadyExists where the server has a role of this name.
    """
    if not _NAME.fullmatch(name) or name.startswith(("recoup", "pg_")):
        raise ConfigurationError(
            f"{name!r} is not a login name: use small letters, digits and _; begin with a letter, not recoup or pg_."
        )
    password = secrets.token_urlsafe(24)
    try:
        with connection.begin_nested():
            connection.execute(
                text(
                    f"create role {name} login nosuperuser nocreatedb nocreaterole nobypassrls inherit"
                    f" connection limit {int(connections)} in role {GROUP} password :password"
                ),
                {"password": password},
            )
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", "") != "42710":  # duplicate_object
            raise
        raise AlreadyExists(f"The server has a login {name} already.") from error
    if not _is_superuser(connection):
        connection.execute(text(f"grant {name} to current_user"))  # otherwise its sessions could not be ended
    _limit(connection, name)
    connection.execute(
        text("insert into login (login, user_id) values (:name, :user_id)"), {"name": name, "user_id": user_id}
    )
    audit.note(connection, "login_added", login=name)
    guard(connection)
    return password


def remove(connection: Connection, name: str) -> None:
    """Remove a login and end its sessions. Raises UnknownName."""
    if connection.execute(text("delete from login where login = :name"), {"name": name}).rowcount != 1:
        raise UnknownName(f"There is no login {name}.")
    _end(connection, [name])
    connection.execute(text(f"drop owned by {name}"))
    connection.execute(text(f"drop role {name}"))
    audit.note(connection, "login_removed", login=name)


def logins(connection: Connection) -> list[dict[str, Any]]:
    """All logins, with their users."""
    rows = connection.execute(
        text("select l.login, u.email from login as l inner join app_user as u using (user_id) order by l.login")
    ).mappings()
    return [dict(row) for row in rows]


def of_user(connection: Connection, user_id: int) -> list[str]:
    """The logins of a user."""
    query = text("select login from login where user_id = :user_id order by login")
    return list(connection.execute(query, {"user_id": user_id}).scalars())


def end_sessions(connection: Connection, user_id: int) -> None:
    """End the sessions of a user's logins: a session in an old transaction still has the grants of the transaction's
    start.

    Call it in the transaction that revokes and once more after it, for sessions that began meanwhile.
    """
    _end(connection, of_user(connection, user_id))


def unbounded(connection: Connection) -> list[str]:
    """The resources of a login that the owner has no right to limit."""
    found = {
        "large objects": "lo_|loread|lowrite",
        "advisory locks": "pg_",
    }
    functions = connection.execute(text(_LEFT_OPEN)).scalars().all()
    left = [name for name, start in found.items() if any(re.match(start, function) for function in functions)]
    return left if _may_bound_files(connection) else [*left, "temporary files"]


def guard(connection: Connection) -> None:
    """Forbid logins to create temporary tables, large objects and advisory locks. A copied or restored database has
    PostgreSQL's default rights, so each migration and each new login does this again.
    """
    name, is_open = connection.execute(
        text(
            "select quote_ident(current_database()), has_database_privilege('public', current_database(), 'temporary')"
        )
    ).one()
    if is_open:
        connection.execute(text(f"revoke temporary on database {name} from public"))
        connection.execute(text(f"grant temporary on database {name} to recoup_loader"))
    if _is_superuser(connection):
        for function in connection.execute(text(_LEFT_OPEN)).scalars().all():
            connection.execute(text(f"revoke execute on function {function} from public"))


def guard_tables(connection: Connection) -> None:
    """Create the logins' policy on each table with row security that lacks it, for example after a migration."""
    for table, has_people in connection.execute(text(_UNREAD)).all():
        condition = "user_id = reader_user()" if has_people else "account_id = any(reader_accounts())"
        connection.execute(
            text(f"create policy {table}_of_reader on {table} for select to {GROUP} using ({condition})")
        )


def _limit(connection: Connection, name: str) -> None:
    limits = {**LIMITS, **({"temp_file_limit": TEMPORARY_FILES} if _may_bound_files(connection) else {})}
    for setting, value in limits.items():
        connection.execute(text(f"alter role {name} set {setting} = '{value}'"))


def _is_superuser(connection: Connection) -> bool:
    query = text("select rolsuper from pg_roles where rolname = current_user")
    return bool(connection.execute(query).scalar_one())


def _may_bound_files(connection: Connection) -> bool:
    return bool(connection.execute(text("select has_parameter_privilege('temp_file_limit', 'set')")).scalar_one())


def _end(connection: Connection, names: list[str]) -> None:
    query = text(
        "select pg_terminate_backend(pid, :patience) from pg_stat_activity where usename = any(cast(:names as text[]))"
    )
    if names:
        connection.execute(query, {"names": names, "patience": _SECONDS_TO_END * 1000})
