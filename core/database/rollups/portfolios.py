"""Portfolio sums: rollups over the accounts of each account manager, so that a page's cost does not grow with their
number.

They are rows of the rollups under an `account_id` of their own, updated with each account
(core.database.rollups.totals). `enter` hands them out only while they match the manager's grants; after a grant written
by hand, pages add up the accounts instead, until `update`.
"""

from sqlalchemy import Connection, text

from core.database import locks, schema
from core.database.rollups.totals import compact
from core.reporting.rollups import ROLLUPS, Rollup
from core.vocabulary import ROLES

_GRANTED = text("""
    select u.role, array_agg(g.account_id) as accounts
    from app_user as u
    inner join user_account as g on g.user_id = u.user_id
    where u.user_id = :user_id
    group by u.role
""")
_DIFFERING = text("""
    select u.user_id
    from app_user as u
    left join portfolio as p on p.user_id = u.user_id
    where
        u.role = any(:roles)
        and p.accounts is distinct from (
            select array_agg(g.account_id order by g.account_id) from user_account as g where g.user_id = u.user_id
        )
    order by u.user_id
""")


def update(connection: Connection, user_id: int) -> None:
    """Recompute a user's sums for its current grants. Call it in the transaction that grants or revokes.

    Unless nothing has changed, it waits for transactions that change sums, and they wait for its end.
    """
    if _summed(connection, user_id) == _granted(connection, user_id):
        return
    lock_all(connection)
    before, now = _summed(connection, user_id), _granted(connection, user_id)
    for total in ROLLUPS:
        _add(connection, total, user_id, now - before, "")
        _add(connection, total, user_id, before - now, "-")
        compact(connection, total, [-user_id])
    _note(connection, user_id, now)


def update_all(connection: Connection) -> None:
    """Recompute the sums of every user whose grants have changed."""
    roles = [role.code for role in ROLES.values() if role.has_portfolio]
    for user_id in connection.execute(_DIFFERING, {"roles": roles}).scalars().all():
        update(connection, user_id)


def lock_all(connection: Connection) -> None:
    """Lock all sums exclusively until the caller's transaction ends."""
    schema.refuse_other(connection)
    locks.hold_members(connection, alone=True)


def remove(connection: Connection, user_id: int) -> None:
    """Delete a user's sums. Call it in the transaction that removes the user, before that."""
    if not _summed(connection, user_id):
        return
    lock_all(connection)
    for total in ROLLUPS:
        connection.execute(text(f"delete from {total.name} where account_id = -:user_id"), {"user_id": user_id})
    _note(connection, user_id, set())


def _summed(connection: Connection, user_id: int) -> set[int]:
    """The accounts in the user's sums."""
    query = text("select unnest(accounts) from portfolio where user_id = :user_id")
    return set(connection.execute(query, {"user_id": user_id}).scalars())


def _granted(connection: Connection, user_id: int) -> set[int]:
    """The accounts that belong in the user's sums: none where there is nothing to add up."""
    row = connection.execute(_GRANTED, {"user_id": user_id}).one_or_none()
    return set(row.accounts) if row is not None and ROLES[row.role].has_portfolio and len(row.accounts) > 1 else set()


def _note(connection: Connection, user_id: int, accounts: set[int]) -> None:
    connection.execute(text("delete from portfolio where user_id = :id"), {"id": user_id})
    if accounts:
        query = text("insert into portfolio (user_id, accounts) values (:id, :accounts)")
        connection.execute(query, {"id": user_id, "accounts": sorted(accounts)})


def _add(connection: Connection, total: Rollup, user_id: int, accounts: set[int], sign: str) -> None:
    """Add the rollups of accounts to the user's sums, or subtract them."""
    if not accounts:
        return
    key, sums = ", ".join(total.key), ", ".join(total.sums)
    added = ", ".join(f"{sign}sum({name})" for name in total.sums)
    connection.execute(
        text(
            f"insert into {total.name} (account_id, batch, {key}, {sums})"
            f" select -:user_id, nextval('kept_batch'), {key}, {added}"
            f" from {total.name} where account_id = any(:accounts) group by {key} having {total.differs}"
        ),
        {"user_id": user_id, "accounts": list(accounts)},
    )
