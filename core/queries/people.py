"""Whose data there is to see: users, accounts, and how fresh each account's data are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from core.database import detections


@dataclass(frozen=True)
class User:
    """One who may be asked about in the list of the embedded server."""

    user_id: int
    email: str
    role: str
    accounts: int


@dataclass(frozen=True)
class Account:
    """One seller, with the codes of its marketplaces in the order of the registry."""

    account_id: int
    code: str
    name: str
    marketplaces: tuple[str, ...]


@dataclass(frozen=True)
class Freshness:
    """How fresh accounts are: how many were ever synced, when the one that was synced the longest ago was (UTC), and up
    to which day the reports of all reach; None for what is not known. `state` changes with every sync of them, and with
    every change of their figures. `not_detected` counts those with files whose items are not there yet,
    `judged_before` those whose items were judged by earlier rules.
    """

    synced: int
    synced_at: datetime | None
    data_through: date | None
    state: str
    not_detected: int = 0
    judged_before: int = 0


_USERS = text("""
    select u.user_id, u.email, u.role, count(g.account_id) as accounts
    from app_user as u
    left join user_account as g on g.user_id = u.user_id
    group by u.user_id, u.email, u.role
    order by
        case u.role when 'seller' then 1 when 'account_manager' then 2 else 3 end,
        u.email
""")

_ACCOUNTS = text("""
    select
        a.account_id,
        a.code,
        a.name,
        array_agg(m.marketplace order by m.sort_order) filter (where m.marketplace is not null) as marketplaces
    from account as a
    left join account_marketplace as am on am.account_id = a.account_id
    left join marketplace as m on m.marketplace = am.marketplace
    group by a.account_id, a.code, a.name
    order by lower(a.name), a.account_id
""")

_FRESHNESS = text("""
    select
        count(synced_at) as synced,
        min(synced_at) as synced_at,
        min(data_through) as data_through,
        concat_ws(' ', coalesce(max(last_run), 0), coalesce(sum(version), 0), coalesce(sum(detected), 0)) as state,
        count(*) filter (where taken > detected) as not_detected,
        count(*) filter (where taken > 0 and taken = detected and judged_by is distinct from :rules) as judged_before
    from account_state
    where account_id = any(:account_ids)
""")


def users(connection: Connection) -> tuple[User, ...]:
    """Everyone, by role and e-mail. Only the owner's connection may list them."""
    return tuple(User(**row) for row in connection.execute(_USERS).mappings())


def accounts(connection: Connection) -> tuple[Account, ...]:
    """The accounts that the connection's viewer may see, by name."""
    return tuple(
        Account(row["account_id"], row["code"], row["name"], tuple(row["marketplaces"] or ()))
        for row in connection.execute(_ACCOUNTS).mappings()
    )


def freshness(connection: Connection, account_ids: Sequence[int]) -> Freshness:
    """How fresh the accounts are together."""
    values = {"account_ids": list(account_ids), "rules": detections.rules()}
    return Freshness(**connection.execute(_FRESHNESS, values).mappings().one())
