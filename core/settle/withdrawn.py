"""Stores the items whose event is gone, with the reason, so that no item vanishes silently."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, text

from core.database.merge import RowCounts

NO_ROW = "A corrected report no longer has its row."
NOTHING_OWED = "Later reports show that nothing is owed."

_GONE = """
    select t.account_id, t.item_id
    from item as t
    where
        t.account_id = any(:accounts)
        and t.origin = 'event'
        and {within}
        and not exists (select 1 from wanted_item as w where w.account_id = t.account_id and w.item_id = t.item_id)
"""

_BACK = text("""
    with back as (
        delete from withdrawn_item as t
        where
            t.account_id = any(:accounts)
            and exists (select 1 from wanted_item as w where w.account_id = t.account_id and w.item_id = t.item_id)
        returning t.account_id
    )

    select account_id, count(*) as rows from back group by account_id
""")

_WITHDRAWN = text((Path(__file__).parent / "withdrawn.sql").read_text())


def withdraw(connection: Connection, accounts: Sequence[int], within: str = "true") -> Mapping[int, RowCounts]:
    """Withdraw the accounts' items that the temporary table `wanted_item` lacks, before they are deleted; restore those
    that are back. Returns the row counts of `withdrawn_item` by account. `within`: see StagedRows.

    A payment item that has found its event is merged with it, not withdrawn.
    """
    gone: dict[int, list[UUID]] = {account_id: [] for account_id in accounts}
    for account_id, item_id in connection.execute(text(_GONE.format(within=within)), {"accounts": list(accounts)}):
        gone[account_id].append(item_id)
    for account_id, items in gone.items():
        if items:
            reasons = {"no_row": NO_ROW, "nothing_owed": NOTHING_OWED}
            connection.execute(_WITHDRAWN, {"account_id": account_id, **reasons, "gone": items})
    back = {row.account_id: row.rows for row in connection.execute(_BACK, {"accounts": list(accounts)})}
    return {account_id: RowCounts(len(items), 0, 0, back.get(account_id, 0)) for account_id, items in gone.items()}
