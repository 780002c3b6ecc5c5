"""`status`: how fresh the data are."""

import json
from typing import Any

import click
from sqlalchemy import Connection, text

from core.database.engine import owner_engine
from core.errors import UnknownName
from loaders.accounts import account_with_code
from loaders.formats import FORMATS

HOLE_DAYS = 7
"""More days than these without a row, between the data of two files, are shown as a hole: a file may be missing. Of
reports that follow one another (settlements) a day without any is one.
"""

QUERY = """
    with spans as (
        select
            account_id,
            format,
            data_from,
            max(data_through) over (
                partition by account_id, format
                order by data_from, data_through rows between unbounded preceding and 1 preceding
            ) as through_before
        from sync_run
        where status = 'taken' and data_from is not null
    ),

    holes as (
        select
            account_id,
            format,
            array_agg(through_before + 1 || ' to ' || data_from - 1 order by data_from) as holes
        from spans
        where data_from > through_before + 1 + case when format = any(:documents) then 0 else :hole_days end
        group by account_id, format
    )

    select
        a.code as account,
        s.format,
        count(*) filter (where s.status = 'taken') as files,
        count(*) filter (where s.status = 'refused') as files_refused,
        coalesce(sum(s.rows) filter (where s.status = 'taken'), 0) as rows,
        coalesce(sum(s.refused) filter (where s.status = 'taken'), 0) as rows_refused,
        max(s.finished_at) filter (where s.status <> 'refused') as last_synced_at,
        min(s.data_from) as data_from,
        max(s.data_through) as data_through,
        coalesce(h.holes, '{}') as holes
    from account as a
    left join sync_run as s on s.account_id = a.account_id and (s.format is not null or s.status = 'refused')
    left join holes as h on h.account_id = s.account_id and h.format = s.format
    where cardinality(cast(:codes as text[])) = 0 or a.code = any(cast(:codes as text[]))
    group by a.code, s.format, h.holes
    order by a.code, s.format nulls last
"""


@click.command()
@click.option("--account", "codes", multiple=True, help="An account's code; may be repeated. Without it: all.")
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
def status(codes: tuple[str, ...], as_json: bool) -> None:
    """Say per account and report what was synced, when, and through which day its data go."""
    with owner_engine().connect() as connection:
        documents = [report.code for report in FORMATS if report.document]
        parameters = {"codes": _known(connection, codes), "hole_days": HOLE_DAYS, "documents": documents}
        rows = [dict(row) for row in connection.execute(text(QUERY), parameters).mappings()]
    if as_json:
        click.echo(json.dumps({"reports": rows}, default=str))
        return
    for row in rows:
        click.echo(_line(row))


def _known(connection: Connection, codes: tuple[str, ...]) -> list[str]:
    try:
        return [account_with_code(connection, code).code for code in codes]
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--account") from error


def _line(row: dict[str, Any]) -> str:
    if row["last_synced_at"] is None and not row["files_refused"]:
        return f"{row['account']}\tnothing synced yet"
    refused = f", {row['files_refused']} files and {row['rows_refused']} rows refused"
    through = f"data {row['data_from']} to {row['data_through']}" if row["data_through"] else "no data"
    synced = f"{row['last_synced_at']:%Y-%m-%d %H:%M}" if row["last_synced_at"] else "never"
    report = row["format"] or "unknown format"
    holes = f", nothing from {', '.join(row['holes'])}" if row["holes"] else ""
    return f"{row['account']}\t{report}\tlast synced {synced}, {through}{holes}, {row['files']} files{refused}"
