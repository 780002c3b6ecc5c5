"""`status`: print the freshness of the data."""

import json
from typing import Any

import click
from sqlalchemy import Connection, text

from core.database import detections
from core.database.engine import owner_engine
from core.errors import UnknownName
from loaders.accounts import account_with_code

QUERY = """
    select
        a.code as account,
        s.format,
        coalesce(s.files, 0) as files,
        coalesce(s.files_refused, 0) as files_refused,
        coalesce(s.rows, 0) as rows,
        coalesce(s.rows_refused, 0) as rows_refused,
        s.last_synced_at,
        s.data_from,
        s.data_through,
        coalesce(s.holes, '{}') as holes,
        s.next_expected_on,
        case
            when d.taken > d.detected then 'not detected yet'
            when d.taken > 0 and d.judged_by is distinct from :rules then 'judged by earlier rules'
            else 'detected'
        end as detection
    from account as a
    left join account_state as d on d.account_id = a.account_id
    left join derived.synced_report as s on s.account_id = a.account_id
    where cardinality(cast(:codes as text[])) = 0 or a.code = any(cast(:codes as text[]))
    order by a.code, s.format nulls last
"""


@click.command()
@click.option("--account", "codes", multiple=True, help="An account's code; may be repeated. Without it: all.")
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
def status(codes: tuple[str, ...], as_json: bool) -> None:
    """Print what was synced per account and report, when, and the days of the data."""
    with owner_engine().connect() as connection:
        found = connection.execute(text(QUERY), {"codes": _known(connection, codes), "rules": detections.rules()})
        rows = [dict(row) for row in found.mappings()]
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
    waits = "" if row["detection"] == "detected" else f", {row['detection']}"
    return f"{row['account']}\t{report}\tlast synced {synced}, {through}{holes}, {row['files']} files{refused}{waits}"
