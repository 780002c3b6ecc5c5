"""Merges staged rows into their table: idempotent, and the same whatever the order in which files come.

A row is named by its format, its key and its occurrence among equal keys of its file. Occurrences are counted in the
order of what the columns hold, so that it does not matter how the file lays them out. Of two versions of a row the one
that the marketplace changed later wins, where the row says when; then the one of the newer export; between equally new
ones, the one with more of what the format prefers, then the greater source line. That choice depends on the versions
alone, never on which came first. Two exceptions: of files that people edit, the later taken wins; and the same bytes,
taken again as another marketplace's or with another date of export, replace what they gave before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from loaders.report_format import ReportFormat

WORK_MEMORY = "64MB"
"""What the server may use to sort one file's rows before it goes to disk."""

StagedColumns = tuple[tuple[str, str], ...]
Constant = str | date | None


class MergeCounts(NamedTuple):
    """What a merge did to the table, in rows."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class TakenFile:
    """A file as the database knows it."""

    account_id: int
    file_id: int
    sha256: str
    exported_on: date | None
    replaces_whole: bool = False


def create_staging(connection: Connection, staged: StagedColumns) -> None:
    """Make the temporary table that one file is copied into; it goes with the transaction."""
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type in staged)
    connection.execute(text(f"create temp table staging ({columns}) on commit drop"))
    connection.execute(text(f"set local work_mem = '{WORK_MEMORY}'"))


def place_in_time(connection: Connection, report: type[ReportFormat], staged: StagedColumns) -> None:
    """Give each staged moment its day, in the time zone of the row's marketplace."""
    names = [name for name, _ in staged]
    for column in report.columns:
        day = getattr(column, "day", "") or getattr(column, "refines", "")
        if day and column.name in names:
            connection.execute(
                text(
                    f"update staging as s set {day} = (s.{column.name} at time zone m.time_zone)::date"
                    f" from marketplace as m where m.marketplace = s.marketplace and s.{column.name} is not null"
                )
            )


def merge(
    connection: Connection,
    report: type[ReportFormat],
    staged: StagedColumns,
    file: TakenFile,
    constants: Mapping[str, Constant],
) -> MergeCounts:
    """Merge the staged rows of a file into its format's table and say what that did.

    `constants` are the database columns that have one value in all of the file.
    """
    row = connection.execute(
        text(_merge_sql(report, [name for name, _ in staged], constants)),
        {
            "account_id": file.account_id,
            "file_id": file.file_id,
            "sha256": file.sha256,
            "exported_on": file.exported_on,
            "always": report.edited_by_people or file.replaces_whole,
            "format": report.code,
            **{f"constant_{name}": value for name, value in constants.items()},
        },
    ).one()
    _drop_earlier_taking(connection, report, file)
    return MergeCounts(*row)


def _drop_earlier_taking(connection: Connection, report: type[ReportFormat], file: TakenFile) -> None:
    """Drop what the same bytes gave when they were taken before and do not give now: a return may be of another day in
    another marketplace's time zone, and so be another row.
    """
    parameters = {"account_id": file.account_id, "file_id": file.file_id, "sha256": file.sha256, "format": report.code}
    earlier = connection.execute(
        text(
            "select file_id from source_file where account_id = :account_id and sha256 = :sha256"
            " and format = :format and file_id <> :file_id"
        ),
        parameters,
    ).scalars()
    if earlier_ids := list(earlier):
        connection.execute(
            text(f"delete from {report.table} where account_id = :account_id and file_id = any(:earlier_ids)"),
            {"account_id": file.account_id, "earlier_ids": earlier_ids},
        )


def _merge_sql(report: type[ReportFormat], staged: list[str], constants: Mapping[str, Constant]) -> str:
    fixed = [
        f"cast(:constant_{name} as {'text' if isinstance(value, str) else 'date'}) as {name}"
        for name, value in constants.items()
    ]
    data = [name for name in staged if name not in ("line", "source_line")] + list(constants)
    key = ", ".join(f"coalesce(s.{name}::text, '')" for name in report.key)
    wins = [*report.prefers, "source_line"]
    order = [*(f"{name} desc nulls last" for name in report.prefers), *_contents(report), 'source_line collate "C"']
    differs = " or ".join(f"t.{name} is distinct from n.{name}" for name in data)
    stored = ["account_id", "row_id", "file_id", "line", "source_line", *data]
    values = [":account_id", "row_id", ":file_id", "line", "source_line", *data]
    renewed = [":file_id", *(f"n.{name}" for name in stored[3:])]
    updates = ", ".join(f"{name} = {value}" for name, value in zip(stored[2:], renewed, strict=True))
    as_of = "".join(f"coalesce({{side}}.{name}, '-infinity'), " for name in report.as_of)
    by_version = ", ".join(
        f"coalesce({{side}}.{name}, -1)" if name in report.prefers else f'{{side}}.{name} collate "C"' for name in wins
    )
    return f"""
        with complete as (
            select {", ".join(["staging.*", *fixed])} from staging
        ),
        keyed as (
            select s.*, md5(concat_ws(e'\\x1f', :format, {key}))::uuid as row_key from complete as s
        ),
        numbered as (
            select *, row_number() over (partition by row_key order by {", ".join(order)}, line) as occurrence
            from keyed
        ),
        named as (
            select
                *,
                case
                    when occurrence = 1 then row_key
                    else md5(row_key || e'\\x1f' || occurrence)::uuid
                end as row_id
            from numbered
        ),
        compared as (
            select
                n.*,
                t.row_id is null as is_new,
                t.row_id is not null and ({differs}) as differs,
                t.row_id is not null and (
                    :always
                    or f.sha256 = :sha256
                    or ({as_of.format(side="n")} coalesce(cast(:exported_on as date), '-infinity'),
                        {by_version.format(side="n")})
                    > ({as_of.format(side="t")} coalesce(f.exported_on, '-infinity'), {by_version.format(side="t")})
                ) as is_newer
            from named as n
            left join {report.table} as t on t.account_id = :account_id and t.row_id = n.row_id
            left join source_file as f on f.account_id = t.account_id and f.file_id = t.file_id
        ),
        added as (
            -- plain, not "on conflict": the account's lock keeps others out, and a speculative insert costs more
            insert into {report.table} ({", ".join(stored)})
            select {", ".join(values)} from compared where is_new
        ),
        renewed as (
            update {report.table} as t set {updates}
            from compared as n where n.is_newer and t.account_id = :account_id and t.row_id = n.row_id
        )
        select
            count(*) filter (where is_new),
            count(*) filter (where is_newer and differs),
            count(*) filter (where not is_new and not (is_newer and differs))
        from compared
    """


def _contents(report: type[ReportFormat]) -> list[str]:
    """What tells rows of one key apart, in an order that does not depend on a file's layout: columns that every layout
    has come first.
    """
    columns = sorted(report.columns, key=lambda column: column.optional)
    targets = [target for column in columns for target in column.targets() if target[0] not in report.key]
    return [f'{name} collate "C"' if sql_type == "text" else name for name, sql_type in targets]
