"""Logins for other tools (Metabase, Superset, Excel, psql): read-only, with one user's rights and no more.

One policy on each table is the same for all of them (migration 0050): a function knows the login by the name with which
its session began, and the user's accounts by what is granted at that moment. So grants need no DDL, and no setting
widens what a login sees. What a login may cost is bounded on the login itself: settings of its group do not reach it.
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
"""The role that every login belongs to: it may read tables and views, and the rows that the policies let it see."""

CONNECTIONS = 5
"""How many connections a login may have at once, unless it is made with another limit."""

LIMITS: Mapping[str, str] = {
    "default_transaction_read_only": "on",
    "statement_timeout": "2min",
    "idle_in_transaction_session_timeout": "5min",
}
TEMPORARY_FILES = "1GB"
"""What a login may have in temporary files; an owner sets that who is a superuser or was granted it."""

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
"""Functions that PostgreSQL lets everybody call: large objects fill the disk, advisory locks the table of locks."""

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
"""The tables under row security that no login reads yet, and whether their rows are a person's, not an account's."""


def add(connection: Connection, name: str, user_id: int, connections: int = CONNECTIONS) -> str:
    """Make a login that sees what a user sees; its password, which is kept nowhere.

    Raises ConfigurationError for a name that is none, AlreadyExists where the server has a role of this name.
    """
    if not _NAME.fullmatch(name) or name.startswith(("recoup", "pg_")):
        raise ConfigurationError(
            f"{name!r} is no name for a login: use small letters, digits and _; begin with a letter, not recoup or pg_."
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
        connection.execute(text(f"grant {name} to current_user"))  # else its sessions could not be ended
    _limit(connection, name)
    connection.execute(
        text("insert into login (login, user_id) values (:name, :user_id)"), {"name": name, "user_id": user_id}
    )
    audit.note(connection, "login_added", login=name)
    guard(connection)
    return password


def remove(connection: Connection, name: str) -> None:
    """Remove a login, and end its sessions. Raises UnknownName."""
    if connection.execute(text("delete from login where login = :name"), {"name": name}).rowcount != 1:
        raise UnknownName(f"There is no login {name}.")
    _end(connection, [name])
    connection.execute(text(f"drop owned by {name}"))
    connection.execute(text(f"drop role {name}"))
    audit.note(connection, "login_removed", login=name)


def logins(connection: Connection) -> list[dict[str, Any]]:
    """All logins, with the user whose rights each has."""
    rows = connection.execute(
        text("select l.login, u.email from login as l inner join app_user as u using (user_id) order by l.login")
    ).mappings()
    return [dict(row) for row in rows]


def of_user(connection: Connection, user_id: int) -> list[str]:
    """The logins that stand for a user."""
    query = text("select login from login where user_id = :user_id order by login")
    return list(connection.execute(query, {"user_id": user_id}).scalars())


def end_sessions(connection: Connection, user_id: int) -> None:
    """End the sessions of a user's logins: one in an old transaction still sees what was granted when that began.

    To be called in the transaction that revokes and, for a session that began beside that, once more after it.
    """
    _end(connection, of_user(connection, user_id))


def unbounded(connection: Connection) -> list[str]:
    """What a login can use without bounds, for the owner has no right to bound it."""
    found = {
        "large objects": "lo_|loread|lowrite",
        "advisory locks": "pg_",
    }
    functions = connection.execute(text(_LEFT_OPEN)).scalars().all()
    left = [name for name, start in found.items() if any(re.match(start, function) for function in functions)]
    return left if _may_bound_files(connection) else [*left, "temporary files"]


def guard(connection: Connection) -> None:
    """Let no login make temporary tables, large objects or advisory locks. A database that was copied or restored has
    PostgreSQL's own rights again, so this is done with every migration and every new login.
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
    """Give each table under row security the policy by which all logins read it, where a migration has made one
    without.
    """
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
