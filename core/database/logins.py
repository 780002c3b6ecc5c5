"""Logins for other tools (Metabase, Superset, Excel, psql): read-only, with one user's rights and no more.

Each login is a role of its own, and its policies hold the accounts as constants. So no setting can widen what it sees:
anybody may set a setting, but only the owner may write a policy. They are written anew in the transaction that grants
or revokes.
"""

import re
import secrets
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from core.database import audit
from core.errors import AlreadyExists, ConfigurationError, UnknownName
from core.vocabulary import ROLES

GROUP = "recoup_reader"
"""The role that every login belongs to: it may read tables and views, and no policy gives it a row."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)


def add(connection: Connection, name: str, user_id: int) -> str:
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
                    f" in role {GROUP} password :password"
                ),
                {"password": password},
            )
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", "") != "42710":  # duplicate_object
            raise
        raise AlreadyExists(f"The server has a login {name} already.") from error
    connection.execute(text(f"alter role {name} set default_transaction_read_only = on"))
    connection.execute(
        text("insert into login (login, user_id) values (:name, :user_id)"), {"name": name, "user_id": user_id}
    )
    audit.note(connection, "login_added", login=name)
    _write_policies(connection, name, user_id)
    return password


def remove(connection: Connection, name: str) -> None:
    """Remove a login. Raises UnknownName."""
    if connection.execute(text("delete from login where login = :name"), {"name": name}).rowcount != 1:
        raise UnknownName(f"There is no login {name}.")
    _drop_policies(connection, name)
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


def follow_grants(connection: Connection, user_id: int) -> None:
    """Let a user's logins see what the user sees now. To be called in the transaction that grants or revokes."""
    for name in of_user(connection, user_id):
        _write_policies(connection, name, user_id)


def follow_all(connection: Connection) -> None:
    """Write the policies of every login anew, for tables that a migration has added."""
    for name, user_id in connection.execute(text("select login, user_id from login order by login")).all():
        _write_policies(connection, name, user_id)


def _write_policies(connection: Connection, name: str, user_id: int) -> None:
    role: str = connection.execute(text("select role from app_user where user_id = :id"), {"id": user_id}).scalar_one()
    granted = connection.execute(
        text("select account_id from user_account where user_id = :id order by account_id"), {"id": user_id}
    ).scalars()
    accounts = "{" + ",".join(str(account_id) for account_id in granted) + "}"
    sees_all = ROLES[role].sees_every_account
    of_accounts = "true" if sees_all else f"account_id = any('{accounts}'::int[])"
    of_people = "true" if sees_all else f"user_id = {int(user_id)}"
    _drop_policies(connection, name)
    for table, has_people in _guarded_tables(connection):
        condition = of_people if has_people else of_accounts
        connection.execute(text(f"create policy {_policy(name)} on {table} for select to {name} using ({condition})"))


def _drop_policies(connection: Connection, name: str) -> None:
    query = text("select tablename from pg_policies where schemaname = 'public' and policyname = :policy")
    for table in connection.execute(query, {"policy": _policy(name)}).scalars().all():
        connection.execute(text(f"drop policy {_policy(name)} on {table}"))


def _policy(name: str) -> str:
    return f"login_{name}"


def _guarded_tables(connection: Connection) -> list[tuple[str, bool]]:
    """The tables under row security, and whether their rows are a person's rather than an account's."""
    rows = connection.execute(
        text(
            """
            select
                c.relname,
                exists (
                    select 1 from pg_attribute as a
                    where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped
                )
            from pg_class as c
            inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'public'
            where c.relrowsecurity
            order by c.relname
            """
        )
    ).all()
    return [(row[0], row[1]) for row in rows]
