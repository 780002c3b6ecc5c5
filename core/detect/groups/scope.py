"""Restricts a detection's queries to some groups of an account.

The groups' report rows are copied to temporary tables with the names of the report tables, and the views that a
detection reads are created over these: PostgreSQL looks for a relation among the temporary ones first, so every query
of a detection then sees these rows and no others.
"""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from core.database.copy import copy_rows
from core.detect.finding import WORTH_STATISTICS, Finding
from core.detect.groups.members import Part
from core.detect.steps import skippable
from core.reporting import FOLDER
from core.reporting.report_rows import REPORT_ROWS

VIEWS = (
    *("replaced_order", "adjustment", "amazon_payment", "walmart_payment", "payment", "order_amount", "sale_line"),
    *("refund", "return_fault", "sent_again", "unit_back", "cash_movement", "unmatched_cash", "cash_difference"),
)
"""The views over report rows, in dependency order."""

_OF_ROWS = re.compile(rf"\bderived\.({'|'.join(VIEWS)})\b")
_TABLES = (*REPORT_ROWS, "cash_difference")


def scoped(query: str) -> str:
    """A query of a detection, reading the scope's rows. Report tables need no change: see above."""
    return _OF_ROWS.sub(r"scope_\1", query)


def part_by_part(connection: Connection, account_id: int, parts: Sequence[Part]) -> Iterator[Finding]:
    """Put the rows of each part into the scope, in turn, and yield what finds its events. Without parts nothing is
    created; after the last one, queries read every row again.
    """
    if not parts:
        return
    left_out = skippable(connection, [account_id])
    _open(connection)
    finding = Finding(connection, left_out, for_many=False, read=scoped)
    for part in parts:
        _fill(connection, account_id, part.names)
        yield finding
    finding.close()
    _close(connection)


def _open(connection: Connection) -> None:
    """Create the tables and views, empty. They are the connection's own."""
    connection.execute(text("create temp table scope_name (name text primary key) on commit drop"))
    for table in _TABLES:
        connection.execute(text(f"create temp table {table} (like public.{table}) on commit drop"))
    for view in VIEWS:
        _, create, query = (FOLDER / f"{view}.sql").read_text().partition(f"create view derived.{view} ")
        if not create:
            raise ValueError(f"{view}.sql has no view of its name")
        made = f"create temp view scope_{view} {scoped(query)}"
        connection.exec_driver_sql(made, execution_options={"no_parameters": True})


def _fill(connection: Connection, account_id: int, names: Sequence[str]) -> None:
    """Replace the rows by those of the groups with these names, which must be whole."""
    connection.execute(text(f"truncate scope_name, {', '.join(f'pg_temp.{table}' for table in _TABLES)}"))
    copy_rows(connection, "scope_name", ("name",), ("name",), ((name,) for name in names))
    connection.execute(text("analyze scope_name"))
    for table, rows in REPORT_ROWS.items():
        # the older version of a settlement is ignored where the newer one is there, whichever groups it touches
        also = _NOT_OF_BOTH if table == "settlement_v1_row" else ""
        query = (
            f"insert into {table} select t.* from public.{table} as t"
            f" where t.account_id = :account_id and {rows.link('t')} in (select name from scope_name){also}"
        )
        if connection.execute(text(query), {"account_id": account_id}).rowcount > WORTH_STATISTICS:
            connection.execute(text(f"analyze {table}"))


def _close(connection: Connection) -> None:
    """Drop the tables and views."""
    views = ", ".join(f"scope_{view}" for view in reversed(VIEWS))
    connection.execute(text(f"drop view {views}"))
    connection.execute(text(f"drop table scope_name, {', '.join(f'pg_temp.{table}' for table in _TABLES)}"))


_NOT_OF_BOTH = """
    and not exists (
        select 1 from public.settlement_line as n
        where n.account_id = t.account_id and n.channel = 'amazon' and n.document = t.document
    )
"""
