"""Runs the detectors for an account, settles what they found, and writes the account's items."""

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
"""What a detection fills for one account after another: temporary tables, each by the query of its name."""

WORTH_STATISTICS = 1000
"""From so many rows on, a temporary table is looked at before it is joined: guessed sizes make plans that never end."""


@dataclass
class Detected:
    """What a detection did to the items of one account or of several."""

    items: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Detected") -> "Detected":
        return Detected(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def detect(connection: Connection, account_id: int) -> Detected:
    """Detect and settle one account from all of its rows, in the caller's transaction. Doing it again changes
    nothing.
    """
    return detect_all(connection, [account_id])[account_id]


def detect_all(connection: Connection, accounts: Sequence[int]) -> dict[int, Detected]:
    """What `detect` does, for accounts together: many small ones take a fraction of the time that each would alone."""
    detected = {}
    for account_id, written in detect_and_write(connection, accounts).items():
        new, changed, unchanged, _ = written["item"]
        detected[account_id] = Detected(
            new + changed + unchanged, new, changed, unchanged, written["withdrawn_item"].new
        )
    return detected


def detect_and_write(connection: Connection, accounts: Sequence[int]) -> Mapping[int, Mapping[str, RowCounts]]:
    """What `detect_all` does, and what that did to each account's rows of each of the tables that it writes."""
    schema.refuse_other(connection)
    locks.hold(connection, "detect", accounts)
    kept = refresh_derived_rows(connection, accounts)
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
    written = outcomes.write(kept)
    detections.note(connection, seen)
    return written


def _find(left_out: Container[str]) -> dict[str, str]:
    """The statement that fills the table of each step, in order, less those that are left out."""
    detectors = [detector for detector in DETECTORS if detector not in left_out]
    queries = {table: query_of(table) for table in TABLES if table not in left_out}
    queries["candidate"] = candidates(detectors)
    return {f"find_{table}": f"insert into {table} {query}" for table, query in queries.items()}


def _find_with_statistics(
    connection: Connection, prepared: PreparedStatements, find: Iterable[str], account_id: int
) -> None:
    """Fill the tables of a large account, so that the plan of each step knows what the steps before it found."""
    for statement in find:
        if prepared.run(statement, account_id=account_id).rowcount > WORTH_STATISTICS:
            connection.execute(text(f"analyze {statement.removeprefix('find_')}"))


def _clear(tables: Iterable[str]) -> str:
    """The statement that empties tables: to truncate small ones takes much longer."""
    deletes = ", ".join(f"empty_{table} as (delete from {table})" for table in tables)
    return f"with {deletes} select"
