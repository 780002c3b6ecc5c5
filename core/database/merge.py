"""Merges staged rows into tables, for several accounts at once: inserts, updates and deletes only the differences, so
unchanged rows and their ids stay.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core.database.copy import copy_rows

Row = tuple[Any, ...]


class RowCounts(NamedTuple):
    """Rows of a table that a merge added, changed, left unchanged and removed."""

    new: int
    changed: int
    unchanged: int
    gone: int


@dataclass(frozen=True)
class Table:
    """A table with rows per account: the columns of the key, then those of `data`. `texts` are the text columns that
    are never null.
    """

    name: str
    key: tuple[str, ...]
    data: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order of the rows."""
        return ("account_id", *self.key, *self.data)

    @property
    def wanted(self) -> str:
        """The staging table."""
        return f"wanted_{self.name}"


class StagedRows:
    """The complete rows of a table for some accounts, staged for the merge.

    Where none of the accounts has any row yet (`is_first`), they are copied straight into the table. `within`: the
    condition, on `t`, of the stored rows that the staged ones are all of; by default those of the accounts.
    """

    def __init__(
        self, connection: Connection, table: Table, accounts: Sequence[int], *, is_first: bool, within: str = "true"
    ) -> None:
        self.table, self._within = table, within
        self._connection, self._accounts, self._is_first = connection, list(accounts), is_first
        self._rows: list[Row] = []
        self._count: Counter[int] = Counter()
        if not is_first:
            # one staging table per transaction: each new table would hold locks to the end
            columns = f"like {table.name} including defaults"
            connection.execute(text(f"create temp table if not exists {table.wanted} ({columns}) on commit drop"))

    def add(self, account_id: int, rows: Iterable[Row]) -> None:
        """Add rows of an account, each without the account's id."""
        before = len(self._rows)
        self._rows.extend((account_id, *row) for row in rows)
        self._count[account_id] += len(self._rows) - before

    def fill(self, query: str) -> None:
        """Add the rows of a query with the table's columns; `:accounts` are the accounts."""
        columns, into = ", ".join(self.table.columns), self.table.wanted
        self._count.update(self._by_account(f"insert into {into} ({columns}) {query} returning account_id"))

    @property
    def in_memory(self) -> int:
        """The number of buffered rows."""
        return len(self._rows)

    def copy(self) -> None:
        """Copy the buffered rows to the database."""
        if self._rows:
            table, target = self.table, self.table.name if self._is_first else self.table.wanted
            copy_rows(self._connection, target, table.columns, table.texts, self._rows)
            self._rows = []

    def merge(self) -> Mapping[int, RowCounts]:
        """Make the accounts' rows equal to the staged rows; returns the row counts by account."""
        self.copy()
        if self._is_first:
            return {account_id: RowCounts(self._count[account_id], 0, 0, 0) for account_id in self._accounts}
        gone, changed, new = (self._by_account(change) for change in (self._remove(), self._change(), self._add()))
        self._connection.execute(text(f"truncate {self.table.wanted}"))
        return {
            account_id: RowCounts(
                new[account_id],
                changed[account_id],
                self._count[account_id] - new[account_id] - changed[account_id],
                gone[account_id],
            )
            for account_id in self._accounts
        }

    def _by_account(self, change: str) -> Mapping[int, int]:
        """Run a statement that returns the account of each changed row; returns the counts by account."""
        query = text(f"with done as ({change}) select account_id, count(*) as rows from done group by account_id")
        done = self._connection.execute(query, {"accounts": self._accounts})
        return Counter({row.account_id: row.rows for row in done})

    def _remove(self) -> str:
        return (
            f"delete from {self.table.name} as t where t.account_id = any(:accounts) and {self._within} and not exists"
            f" (select 1 from {self.table.wanted} as w where {self._is_same}) returning t.account_id"
        )

    def _change(self) -> str:
        updates = ", ".join(f"{name} = w.{name}" for name in self.table.data)
        differs = " or ".join(f"t.{name} is distinct from w.{name}" for name in self.table.data)
        return (
            f"update {self.table.name} as t set {updates} from {self.table.wanted} as w"
            f" where t.account_id = any(:accounts) and {self._is_same} and ({differs}) returning t.account_id"
        )

    def _add(self) -> str:
        columns = ", ".join(self.table.columns)
        return (
            f"insert into {self.table.name} ({columns}) select {columns} from {self.table.wanted} as w where not exists"
            f" (select 1 from {self.table.name} as t where t.account_id = any(:accounts) and {self._is_same})"
            " returning account_id"
        )

    @property
    def _is_same(self) -> str:
        return " and ".join(f"w.{name} = t.{name}" for name in ("account_id", *self.table.key))
