"""Locks between processes that work on the same account, or on the sums over accounts, until their transactions end.

Each is a row of `work_lock`: only who may change a row can lock it, and readers can change none.
"""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, text

from core.reporting.rollups import EVERY_ACCOUNT, ROLLUPS

Work = Literal["sync", "detect"]

_OF_ACCOUNTS: tuple[Work, ...] = ("sync", "detect")
_MEMBERS = "members"
"""Which accounts are in which sums: held together by all that change sums, or by one that changes who is in them."""

_ADD = text("""
    insert into work_lock (locked_id, work)
    select locked_id, work
    from unnest(cast(:ids as int[])) as i (locked_id) cross join unnest(cast(:works as text[])) as w (work)
    on conflict do nothing
""")


def hold(connection: Connection, work: Work, accounts: Sequence[int]) -> None:
    """Keep others out of the same work on these accounts, in one order, so that two never wait for each other."""
    _lock(connection, work, sorted(set(accounts)), "for update")


def hold_members(connection: Connection, *, alone: bool) -> None:
    """Let the sums be over the same accounts as now: together with all that change sums, or alone."""
    _lock(connection, _MEMBERS, [EVERY_ACCOUNT], "for update" if alone else "for share")


def try_to_compact(connection: Connection, total: str) -> bool:
    """Whether nobody else makes one row of many in this total; then nobody does until the transaction ends."""
    query = text("select work from work_lock where locked_id = :id and work = :work for update skip locked")
    return connection.execute(query, {"id": EVERY_ACCOUNT, "work": total}).scalar() is not None


def prepare_account(connection: Connection, account_id: int) -> None:
    """Make the rows of a new account."""
    connection.execute(_ADD, {"ids": [account_id], "works": list(_OF_ACCOUNTS)})


def forget_account(connection: Connection, account_id: int) -> None:
    """Remove the rows of an account that is removed."""
    connection.execute(text("delete from work_lock where locked_id = :id"), {"id": account_id})


def prepare(connection: Connection) -> None:
    """Make the rows that a new total or an account that was written by hand has not yet."""
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
