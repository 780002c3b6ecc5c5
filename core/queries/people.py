"""Users, the accounts that a viewer may see, and the freshness of their data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from core.database import detections


@dataclass(frozen=True)
class User:
    """A user, with the number of granted accounts."""

    user_id: int
    email: str
    role: str
    accounts: int


@dataclass(frozen=True)
class Account:
    """One seller, with its marketplace codes in registry order."""

    account_id: int
    code: str
    name: str
    marketplaces: tuple[str, ...]


@dataclass(frozen=True)
class Freshness:
    """Freshness of accounts: how many were ever synced, the oldest of their last syncs (UTC), and the day up to which
    the reports of all of them reach; None if unknown. `state` changes with every sync and every change of figures.
    `not_detected` counts accounts with files whose items are not detected yet, `judged_before` those whose items were
    judged by earlier rules.
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
    """All users, by role and e-mail. Only the owner's connection may list them."""
    return tuple(User(**row) for row in connection.execute(_USERS).mappings())


def accounts(connection: Connection) -> tuple[Account, ...]:
    """The accounts that the connection's viewer may see, by name."""
    return tuple(
        Account(row["account_id"], row["code"], row["name"], tuple(row["marketplaces"] or ()))
        for row in connection.execute(_ACCOUNTS).mappings()
    )


def freshness(connection: Connection, account_ids: Sequence[int]) -> Freshness:
    """Freshness of the accounts as a group."""
    values = {"account_ids": list(account_ids), "rules": detections.rules()}
    return Freshness(**connection.execute(_FRESHNESS, values).mappings().one())
