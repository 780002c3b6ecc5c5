"""Batches of accounts for detection: many small ones in one transaction, a large one by itself."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

ROWS = 500_000
"""Maximum report rows of a batch: its results are in memory at once."""

ACCOUNTS = 100
"""Maximum accounts of a batch: a sync of any of them waits for the whole batch."""

_SIZES = text(
    "select account_id, sum(rows) as rows from source_file where account_id = any(:accounts) group by account_id"
)


def rows_of(connection: Connection, accounts: Sequence[int]) -> dict[int, int]:
    """About how many report rows each account has: those of all its files."""
    found = connection.execute(_SIZES, {"accounts": list(accounts)})
    return dict.fromkeys(accounts, 0) | {row.account_id: int(row.rows) for row in found}


def batches(connection: Connection, accounts: Sequence[int]) -> Iterator[list[int]]:
    """The accounts in batches, the largest first: the small ones then fill the remaining time on several processors."""
    sizes = rows_of(connection, accounts)
    group: list[int] = []
    rows = 0
    for account_id in sorted(accounts, key=lambda account_id: -sizes[account_id]):
        if group and (rows + sizes[account_id] > ROWS or len(group) == ACCOUNTS):
            yield group
            group, rows = [], 0
        group.append(account_id)
        rows += sizes[account_id]
    if group:
        yield group
