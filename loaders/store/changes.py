"""Notes what a statement changes in report rows: the names that it touches, for the next detection, and the number of
rows of each file by day (core.reporting.report_rows).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from core.reporting.report_rows import DAY_KEY, EVERYTHING, REPORT_ROWS

_KEY = ", ".join(DAY_KEY)


def columns(table: str, alias: str) -> str:
    """The SQL of what is noted of a row: `row_id`, `names`, and the columns of `report_row_day`."""
    rows = REPORT_ROWS.get(table)
    parts = [f"{alias}.row_id"]
    if rows is not None:
        parts += [f"{rows.names_of(alias)} as names"] + ([rows.day_of(alias)] if rows.day else [])
        if rows.judged:
            judged = rows.judged.format(t=alias)
            parts += [f"{judged} as is_judged", f"{rows.link(alias)} as link", f"{rows.alike_of(alias)} as alike"]
    return ", ".join(parts)


def names_of_new(table: str, added: str) -> str:
    """The query for the names that new rows touch; `added` is the table expression of their `columns`. Reads the table
    as it was before the statement.
    """
    rows = REPORT_ROWS.get(table)
    if rows is None or not rows.judged:
        return f"select names from {added}"
    return f"""
        select names from {added} where is_judged
        union all
        select n.names
        from (select distinct names, link, alike from {added} where not is_judged) as n
        where not exists (
            select from {table} as t
            where t.account_id = :account_id and {rows.link("t")} = n.link and {rows.alike_of("t")} = n.alike
        )
    """


def noted(table: str, *, added: str, removed: str, touched: str) -> str:
    """The common table expressions that note a statement's changes.

    `added` and `removed` are queries for `columns`: of rows as they are now, and as they were. `touched` is a query for
    the `names` of rows whose content has changed.
    """
    rows = REPORT_ROWS.get(table)
    if rows is None:
        return ""
    names = f"""
        touched as (
            insert into touched_row (account_id, names)
            select distinct cast(:account_id as int), names from ({touched}) as changed
        )"""
    if not rows.day:
        return f",{names}"
    return f""",{names},
        counted as (
            insert into report_row_day as d (account_id, {_KEY}, rows)
            select cast(:account_id as int), {_KEY}, sum(rows)
            from (
                select {_KEY}, 1 as rows from ({added}) as added
                union all
                select {_KEY}, -1 from ({removed}) as removed
            ) as moved
            where day is not null
            group by {_KEY}
            having sum(rows) <> 0
            on conflict (account_id, {_KEY}) do update set rows = d.rows + excluded.rows
        )"""


def note_first(connection: Connection, account_id: int) -> None:
    """Note an account's first rows in a table: everything is detected, and the rows are counted then."""
    connection.execute(
        text("insert into touched_row (account_id, names) values (:account_id, :names)"),
        {"account_id": account_id, "names": [EVERYTHING]},
    )


def delete(connection: Connection, table: str, where: str, values: Mapping[str, Any], using: str = "") -> int:
    """Delete the rows of a table, `t`, that meet a condition; returns their number. `values` has the account_id."""
    changed = noted(table, added="select * from gone where false", removed="table gone", touched="table gone")
    statement = f"""
        with gone as (delete from {table} as t {using} where {where} returning {columns(table, "t")}){changed}
        select count(*) from gone
    """
    counted: int = connection.execute(text(statement), values).scalar_one()
    return counted
