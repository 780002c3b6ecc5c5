"""Finds the events of an account: fills the temporary tables of each step, and loads what settlement needs."""

from collections.abc import Callable, Container, Iterable
from functools import partial

from sqlalchemy import Connection, text

from core.detect.prepared_statements import PreparedStatements
from core.detect.steps import DETECTORS, PREPARED, candidates, query_of
from core.settle.facts import Facts
from core.settle.load import QUERIES, load_facts

TABLES = (*PREPARED, "candidate", "judged", "valued")
"""The temporary tables that a detection fills for each account, each by the query of its name."""

WORTH_STATISTICS = 1000
"""Row count from which a temporary table is analyzed before it is joined: without statistics the planner picks plans
that never end.
"""


def _as_it_is(query: str) -> str:
    return query


class Finding:
    """The steps of a detection, ready to run for one account, or one part of an account, after the other.

    `left_out` are steps without rows (core.detect.steps.skippable); `for_many`: the accounts are many and small; `read`
    rewrites each query to read the rows of a scope (core.detect.groups.scope).
    """

    def __init__(
        self,
        connection: Connection,
        left_out: Container[str],
        *,
        for_many: bool,
        read: Callable[[str], str] = _as_it_is,
    ) -> None:
        self._connection, self._for_many = connection, for_many
        for table in TABLES:
            empty = text(f"create temp table {table} on commit drop as {read(query_of(table))} with no data")
            connection.execute(empty, {"account_id": None})
        find = _find(left_out)
        self._find = tuple(find)
        statements = {name: read(query) for name, query in {**find, **QUERIES}.items()}
        self._prepared = PreparedStatements(connection, {"clear": _clear(TABLES), **statements}, for_many=for_many)

    def facts(self, account_id: int) -> Facts:
        """Find the account's events; returns them with all that may settle them."""
        if self._for_many:
            self._prepared.run("clear", *self._find, account_id=account_id)
        else:
            self._prepared.run("clear", account_id=account_id)
            self._find_with_statistics(account_id)
        return load_facts(account_id, partial(self._prepared.run, account_id=account_id))

    def close(self) -> None:
        """Drop the tables and prepared statements."""
        self._prepared.deallocate()
        self._connection.execute(text(f"drop table {', '.join(TABLES)}"))

    def _find_with_statistics(self, account_id: int) -> None:
        """Run the steps of a large account, analyzing each table so that the next step is planned with its row
        count.
        """
        for statement in self._find:
            if self._prepared.run(statement, account_id=account_id).rowcount > WORTH_STATISTICS:
                self._connection.execute(text(f"analyze {statement.removeprefix('find_')}"))


def _find(left_out: Container[str]) -> dict[str, str]:
    """The statements that fill the table of each step, in order, without the skipped steps."""
    detectors = [detector for detector in DETECTORS if detector not in left_out]
    queries = {table: query_of(table) for table in TABLES if table not in left_out}
    queries["candidate"] = candidates(detectors)
    return {f"find_{table}": f"insert into {table} {query}" for table, query in queries.items()}


def _clear(tables: Iterable[str]) -> str:
    """The statement that empties tables: truncating small tables takes much longer."""
    deletes = ", ".join(f"empty_{table} as (delete from {table})" for table in tables)
    return f"with {deletes} select"
