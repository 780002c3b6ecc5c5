"""Accounts, users and grants, written by the owner's connection only."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from core.database import locks
from core.database.access import audit, logins
from core.database.rollups import portfolios
from core.database.rollups.totals import refresh_rollups
from core.errors import AlreadyExists, ConfigurationError, UnknownName
from core.vocabulary import ROLES, marketplace

_HOLDERS = text("select user_id from user_account where account_id = :account_id order by user_id")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def add_account(connection: Connection, code: str, name: str, marketplaces: Sequence[str]) -> int:
    """Add a seller's account on these marketplaces; returns its id. The code is stored in upper case.

    Raises AlreadyExists, UnknownName for a marketplace, or ConfigurationError for an invalid code.
    """
    code = code.strip().upper()
    if not _CODE.fullmatch(code):
        raise ConfigurationError(f"{code!r} is not an account code: use letters, digits, - and _, up to 40 of them.")
    places = [marketplace(each).code for each in marketplaces]
    try:
        with connection.begin_nested():
            account_id: int = connection.execute(
                text("insert into account (code, name) values (:code, :name) returning account_id"),
                {"code": code, "name": name.strip() or code},
            ).scalar_one()
    except IntegrityError as error:
        raise AlreadyExists(f"There is an account {code} already.") from error
    for place in dict.fromkeys(places):
        connection.execute(
            text("insert into account_marketplace (account_id, marketplace) values (:account_id, :marketplace)"),
            {"account_id": account_id, "marketplace": place},
        )
    locks.prepare_account(connection, account_id)
    audit.note(connection, "account_added", account_id, code=code)
    return account_id


def remove_account(connection: Connection, code: str) -> None:
    """Remove an account with all its data. Raises UnknownName."""
    account_id = account_id_of(connection, code)
    audit.note(connection, "account_removed", account_id, code=code)
    holders = list(connection.execute(_HOLDERS, {"account_id": account_id}).scalars())
    detected = (
        "service_request",
        "withdrawn_item",
        "claim_case_item",
        "item_evidence",
        "claim_case",
        "item",
        "surplus",
        "report_row_day",
        "touched_row",
        "name_group",
        "waiting_group",
    )
    _forget(connection, account_id, (*detected, "stated_coverage", *_report_tables(connection)))
    portfolios.lock_all(connection)  # last: a running sync of the account ends first, and waits for nobody
    refresh_rollups(connection, [account_id])  # refresh with no rows left, so that the sums lose the account too
    _forget(
        connection, account_id, ("source_file", "row_issue", "sync_run", "report_state", "account_state", "account")
    )
    locks.forget_account(connection, account_id)
    for user_id in holders:
        portfolios.update(connection, user_id)


def _forget(connection: Connection, account_id: int, tables: Iterable[str]) -> None:
    for table in tables:
        connection.execute(text(f"delete from {table} where account_id = :account_id"), {"account_id": account_id})


def accounts(connection: Connection) -> list[dict[str, Any]]:
    """All accounts with their marketplaces, by code."""
    rows = connection.execute(
        text(
            "select a.code, a.name, array_remove(array_agg(m.marketplace order by m.marketplace), null) as marketplaces"
            " from account as a left join account_marketplace as m on m.account_id = a.account_id"
            " group by a.account_id, a.code, a.name order by a.code"
        )
    ).mappings()
    return [dict(row) for row in rows]


def account_id_of(connection: Connection, code: str) -> int:
    """The id of an account. Raises UnknownName, which lists the existing accounts."""
    found: int | None = connection.execute(
        text("select account_id from account where code = upper(:code)"), {"code": code.strip()}
    ).scalar()
    if found is None:
        known = ", ".join(row["code"] for row in accounts(connection)) or "none yet"
        raise UnknownName(f"There is no account {code}. Known are: {known}.")
    return found


def add_user(connection: Connection, email: str, role: str, account_codes: Sequence[str] = ()) -> int:
    """Add a user with a role and grants; returns its id. Raises AlreadyExists, UnknownName or ConfigurationError."""
    if role not in ROLES:
        raise UnknownName(f"{role} is not a role. Known are: {', '.join(ROLES)}.")
    if not _EMAIL.fullmatch(email.strip()):
        raise ConfigurationError(f"{email!r} is not an e-mail address.")
    try:
        with connection.begin_nested():
            user_id: int = connection.execute(
                text("insert into app_user (email, role) values (lower(:email), :role) returning user_id"),
                {"email": email.strip(), "role": role},
            ).scalar_one()
    except IntegrityError as error:
        raise AlreadyExists(f"There is a user {email} already.") from error
    audit.note(connection, "user_added", email=email.strip().lower(), role=role)
    for code in account_codes:
        _grant(connection, email, user_id, account_id_of(connection, code))
    portfolios.update(connection, user_id)
    return user_id


def remove_user(connection: Connection, email: str) -> None:
    """Remove a user and its grants. Raises UnknownName."""
    user_id = user_id_of(connection, email)
    for login in logins.of_user(connection, user_id):
        logins.remove(connection, login)
    portfolios.remove(connection, user_id)
    connection.execute(text("delete from app_user where user_id = :id"), {"id": user_id})
    audit.note(connection, "user_removed", email=email.strip().lower())


def users(connection: Connection) -> list[dict[str, Any]]:
    """All users with their role and granted accounts, by e-mail."""
    rows = connection.execute(
        text(
            "select u.user_id, u.email, u.role, array_remove(array_agg(a.code order by a.code), null) as accounts"
            " from app_user as u left join user_account as g on g.user_id = u.user_id"
            " left join account as a on a.account_id = g.account_id"
            " group by u.user_id, u.email, u.role order by u.email"
        )
    ).mappings()
    return [dict(row) for row in rows]


def user_id_of(connection: Connection, email: str) -> int:
    """The id of a user. Raises UnknownName."""
    found: int | None = connection.execute(
        text("select user_id from app_user where email = lower(:email)"), {"email": email.strip()}
    ).scalar()
    if found is None:
        raise UnknownName(f"There is no user {email}.")
    return found


def grant(connection: Connection, email: str, account_code: str) -> None:
    """Grant a user access to an account, from its next interaction on. Idempotent."""
    user_id = user_id_of(connection, email)
    _grant(connection, email, user_id, account_id_of(connection, account_code))
    portfolios.update(connection, user_id)


def _grant(connection: Connection, email: str, user_id: int, account_id: int) -> None:
    connection.execute(
        text("insert into user_account (user_id, account_id) values (:user_id, :account_id) on conflict do nothing"),
        {"user_id": user_id, "account_id": account_id},
    )
    audit.note(connection, "granted", account_id, email=email.strip().lower())


def revoke(connection: Connection, email: str, account_code: str) -> None:
    """Revoke a user's access to an account, from its next interaction on. Sessions of its logins end: an old
    transaction would keep the grants of its start.
    """
    user_id, account_id = user_id_of(connection, email), account_id_of(connection, account_code)
    connection.execute(
        text("delete from user_account where user_id = :user_id and account_id = :account_id"),
        {"user_id": user_id, "account_id": account_id},
    )
    audit.note(connection, "revoked", account_id, email=email.strip().lower())
    portfolios.update(connection, user_id)
    logins.end_sessions(connection, user_id)


def _report_tables(connection: Connection) -> list[str]:
    """The tables of report rows: tables with a reference to the source file."""
    return list(
        connection.execute(
            text(
                "select table_name from information_schema.columns"
                " where table_schema = 'public' and column_name = 'source_line' order by 1"
            )
        ).scalars()
    )
