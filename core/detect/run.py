"""Runs the detectors for an account, settles the candidates, and writes the account's items."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, text

from core.database import detections, locks, schema
from core.database.merge import RowCounts
from core.database.rollups.totals import refresh_derived_rows
from core.detect.prepared_statements import PreparedStatements
from core.detect.steps import DETECTORS, PREPARED, candidates, query_of, skippable
from core.settle.cases import cases_of
from core.settle.load import QUERIES, load_facts
from core.settle.replay import replay
from core.settle.write import Outcomes

TABLES = (*PREPARED, "candidate", "judged", "valued")
"""The temporary tables that a detection fills for each account, each by the query of its name."""

WORTH_STATISTICS = 1000
"""Row count from which a temporary table is analyzed before it is joined: without statistics the planner picks plans
that never end.
"""


@dataclass
class Detected:
    """Counts of a detection, of one account or of several."""

    items: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Detected") -> "Detected":
        return Detected(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def detect(connection: Connection, account_id: int) -> Detected:
    """Detect and settle one account from all of its rows, in the caller's transaction. Idempotent."""
    return detect_all(connection, [account_id])[account_id]


def detect_all(connection: Connection, accounts: Sequence[int]) -> dict[int, Detected]:
    """Detect and settle several accounts at once: many small ones take a fraction of the time of separate runs."""
    detected = {}
    for account_id, written in detect_and_write(connection, accounts).items():
        new, changed, unchanged, _ = written["item"]
        detected[account_id] = Detected(
            new + changed + unchanged, new, changed, unchanged, written["withdrawn_item"].new
        )
    return detected


def detect_and_write(connection: Connection, accounts: Sequence[int]) -> Mapping[int, Mapping[str, RowCounts]]:
    """Detect and settle several accounts; returns the row counts of each written table by account."""
    schema.refuse_other(connection)
    locks.hold(connection, "detect", accounts)
    refreshed = refresh_derived_rows(connection, accounts)
    seen = detections.taken(connection, accounts)
    for table in TABLES:
        empty = text(f"create temp table {table} on commit drop as {query_of(table)} with no data")
        connection.execute(empty, {"account_id": None})
    find = _find(skippable(connection, accounts))
    prepared = PreparedStatements(connection, {"clear": _clear(TABLES), **find, **QUERIES}, for_many=len(accounts) > 1)
    outcomes = Outcomes(connection, accounts)
    for account_id in accounts:
        if len(accounts) > 1:
            prepared.run("clear", *find, account_id=account_id)
        else:
            _find_with_statistics(connection, prepared, find, account_id)
        facts = load_facts(account_id, partial(prepared.run, account_id=account_id))
        outcome = replay(facts)
        outcomes.add(account_id, outcome, cases_of(facts, outcome))
    prepared.deallocate()
    connection.execute(text(f"drop table {', '.join(TABLES)}"))
    written = outcomes.write(refreshed)
    detections.note(connection, seen)
    return written


def _find(left_out: Container[str]) -> dict[str, str]:
    """The statements that fill the table of each step, in order, without the skipped steps."""
    detectors = [detector for detector in DETECTORS if detector not in left_out]
    queries = {table: query_of(table) for table in TABLES if table not in left_out}
    queries["candidate"] = candidates(detectors)
    return {f"find_{table}": f"insert into {table} {query}" for table, query in queries.items()}


def _find_with_statistics(
    connection: Connection, prepared: PreparedStatements, find: Iterable[str], account_id: int
) -> None:
    """Fill the tables of a large account, analyzing each so that the next step is planned with its row count."""
    for statement in find:
        if prepared.run(statement, account_id=account_id).rowcount > WORTH_STATISTICS:
            connection.execute(text(f"analyze {statement.removeprefix('find_')}"))


def _clear(tables: Iterable[str]) -> str:
    """The statement that empties tables: truncating small tables takes much longer."""
    deletes = ", ".join(f"empty_{table} as (delete from {table})" for table in tables)
    return f"with {deletes} select"
