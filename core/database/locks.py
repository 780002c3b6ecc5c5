"""Locks on an account's work, or on the sums over accounts, held until the transaction ends.

Each lock is a row of `work_lock`: locking a row needs the right to change it, which readers lack.
"""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, text

from core.reporting.rollups import EVERY_ACCOUNT, ROLLUPS

Work = Literal["sync", "detect"]

_OF_ACCOUNTS: tuple[Work, ...] = ("sync", "detect")
_MEMBERS = "members"
"""Membership of accounts in sums: a shared lock for transactions that change sums, an exclusive one for changes of
membership.
"""

_ADD = text("""
    insert into work_lock (locked_id, work)
    select locked_id, work
    from unnest(cast(:ids as int[])) as i (locked_id) cross join unnest(cast(:works as text[])) as w (work)
    on conflict do nothing
""")


def hold(connection: Connection, work: Work, accounts: Sequence[int]) -> None:
    """Lock some accounts' work. Accounts are locked in a fixed order, so that two transactions never deadlock."""
    _lock(connection, work, sorted(set(accounts)), "for update")


def hold_members(connection: Connection, *, alone: bool) -> None:
    """Lock the membership of accounts in sums: shared by all that change sums, or exclusively."""
    _lock(connection, _MEMBERS, [EVERY_ACCOUNT], "for update" if alone else "for share")


def try_to_compact(connection: Connection, total: str) -> bool:
    """Try to take the compaction lock of a rollup, held until the transaction ends; returns whether it was free."""
    query = text("select work from work_lock where locked_id = :id and work = :work for update skip locked")
    return connection.execute(query, {"id": EVERY_ACCOUNT, "work": total}).scalar() is not None


def prepare_account(connection: Connection, account_id: int) -> None:
    """Create the lock rows of a new account."""
    connection.execute(_ADD, {"ids": [account_id], "works": list(_OF_ACCOUNTS)})


def forget_account(connection: Connection, account_id: int) -> None:
    """Delete the lock rows of a removed account."""
    connection.execute(text("delete from work_lock where locked_id = :id"), {"id": account_id})


def prepare(connection: Connection) -> None:
    """Create missing lock rows, of a new rollup or of an account inserted by hand."""
    accounts = list(connection.execute(text("select account_id from account")).scalars())
    connection.execute(_ADD, {"ids": accounts, "works": list(_OF_ACCOUNTS)})
    of_all = [_MEMBERS, *(total.name for total in ROLLUPS)]
    connection.execute(_ADD, {"ids": [EVERY_ACCOUNT], "works": of_all})


def _lock(connection: Connection, work: str, ids: list[int], how: str) -> None:
    query = text(
        f"select locked_id from work_lock where work = :work and locked_id = any(:ids) order by locked_id {how}"
    )
    values = {"work": work, "ids": ids}
    if len(connection.execute(query, values).all()) < len(ids):
        connection.execute(_ADD, {"ids": ids, "works": [work]})
        connection.execute(query, values)
