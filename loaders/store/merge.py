"""Merges staged rows into their table: idempotent, and independent of the order of files.

A row's name is a hash of its format and key, and its occurrence among equal keys of its file. Occurrences are counted
in the order of the columns' values, so the file's own order does not matter. Of two versions of a row the one with the
marketplace's later change wins, if the row has one; then the newer export's; between equally new ones, the one with
more of the format's preferred values, then the greater source line. That choice depends only on the versions, never on
which came first. Two exceptions: of files that people edit, the one synced later wins; and the same file, synced again
with another marketplace or export date, replaces its earlier rows.

The marketplace is independent of all this: where one version has it and the other does not, it is used, whichever wins.
So a row's name must not depend on its marketplace's time zone, and its key has a moment instead of its day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from core.vocabulary import UNASSIGNED
from loaders.declare.report_format import ReportFormat
from loaders.store import changes
from loaders.store.staging import KEY_DIGITS, StagedColumns
from loaders.store.versions import Place, order_within_file, version_of

Constant = str | date | None


class MergeCounts(NamedTuple):
    """Row counts of a merge."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class TakenFile:
    """A registered file with `rows` staged rows. `is_late`: a version that wins over it was synced already, so it adds
    only unknown marketplaces.
    """

    account_id: int
    file_id: int
    sha256: str
    exported_on: date | None
    rows: int
    replaces_whole: bool = False
    is_late: bool = False


def merge(
    connection: Connection,
    report: type[ReportFormat],
    staged: StagedColumns,
    file: TakenFile,
    constants: Mapping[str, Constant],
) -> MergeCounts:
    """Merge the staged rows of a file into its format's table; returns the counts.

    `constants` are the database columns with one value for the whole file.
    """
    names = [name for name, _ in staged]
    named = _named_sql(report, constants)
    parameters = {
        "account_id": file.account_id,
        "file_id": file.file_id,
        "sha256": file.sha256,
        "exported_on": file.exported_on,
        "always": report.edited_by_people or file.replaces_whole,
        "is_late": file.is_late,
        "unassigned": UNASSIGNED[report.channel].code if report.channel else "",
        "key_of_file": _key_of_file(report, constants),
        **{f"constant_{name}": value for name, value in constants.items()},
    }
    stored = ["account_id", "row_id", "file_id", "line", *(name for name in names if name != "line"), *constants]
    of_account = f"select exists (select from {report.table} where account_id = :account_id)"
    if connection.execute(text(of_account), parameters).scalar_one():
        new, changed = connection.execute(text(named + _compare_sql(report, stored)), parameters).one()
    else:
        new, changed = connection.execute(text(named + _add_sql(report, stored)), parameters).rowcount, 0
        changes.note_first(connection, file.account_id)
    _drop_earlier_taking(connection, report, file)
    return MergeCounts(new, changed, file.rows - new - changed)


def _drop_earlier_taking(connection: Connection, report: type[ReportFormat], file: TakenFile) -> None:
    """Delete rows of an earlier sync of the same file that it does not give now: in another marketplace's time zone a
    return may have another day, and so be another row.
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
        of_file = "t.account_id = :account_id and t.file_id = any(:earlier_ids)"
        values = {"account_id": file.account_id, "earlier_ids": earlier_ids}
        changes.delete(connection, report.table, of_file, values)


def _key_of_file(report: type[ReportFormat], constants: Mapping[str, Constant]) -> str:
    return "".join(f"{constants[name]}\x1f" for name in report.key if name in constants)


def _named_sql(report: type[ReportFormat], constants: Mapping[str, Constant]) -> str:
    fixed = [
        f", cast(:constant_{name} as {'text' if isinstance(value, str) else 'date'}) as {name}"
        for name, value in constants.items()
    ]
    key = f"left(md5(:key_of_file || key_hash), {KEY_DIGITS})" if _key_of_file(report, constants) else "key_hash"
    occurrence = "1" if report.is_unique else "occurrence"
    return f"""
        with keyed as (
            select staging.*{"".join(fixed)}, {key} as row_key from staging
        ),
        numbered as (
            select *, row_number() over (partition by row_key order by {order_within_file(report)}, line) as occurrence
            from keyed
        ),
        named as (
            -- rows come in the order of their names, and fill the index from left to right
            select *, (row_key || lpad(to_hex({occurrence}), 8, '0'))::uuid as row_id from numbered
            offset 0  -- without it, the name is made anew wherever it is used
        )
    """


def _add_sql(report: type[ReportFormat], stored: Sequence[str], which: str = "") -> str:
    """The statement that inserts the rows of `which`; without it all rows, which then go straight from the sort into
    the table.

    No "on conflict": the account's lock excludes others, and a speculative insert costs more.
    """
    of_file = {"account_id": ":account_id", "file_id": ":file_id"}
    return f"""
        insert into {report.table} ({", ".join(stored)})
        select {", ".join(of_file.get(name, name) for name in stored)}
        from {which or f"named where {_counts(report)}"}
    """


def _compare_sql(report: type[ReportFormat], stored: Sequence[str]) -> str:
    """The statement that inserts new rows and updates the others, and counts both."""
    place = Place.of(report)
    compared = [name for name in stored if name not in ("account_id", "row_id", "file_id", "line", "source_line")]
    differs = " or ".join(f"t.{name} is distinct from {place.known.get(name, f'n.{name}')}" for name in compared)
    updates = ", ".join(f"{name} = {place.renewed(name)}" for name in stored[2:])
    staged_version = version_of(report, "n", "cast(:exported_on as date)")
    stored_version = version_of(report, "t", "f.exported_on")
    return f""",
        compared as (
            select
                n.*{"".join(f", {value} as known_{name}" for name, value in place.known.items())},
                t.row_id is null and {_counts(report)} as is_new,
                coalesce(t.row_id is not null and {_counts(report)} and (
                    :always or f.sha256 = :sha256 or {staged_version} > {stored_version}
                ), false) as is_newer,
                coalesce({place.is_told} and {_is_first(report)}, false) as tells_place
            from named as n
            left join {report.table} as t on t.account_id = :account_id and t.row_id = n.row_id
            left join source_file as f on f.account_id = t.account_id and f.file_id = t.file_id
        ),
        better as (
            select * from compared where is_new or is_newer or tells_place
        ),
        added as (
            {_add_sql(report, stored, "better where is_new")} returning {changes.columns(report.table, report.table)}
        ),
        before as (
            select {changes.columns(report.table, "t")}
            from better as n
            inner join {report.table} as t on t.account_id = :account_id and t.row_id = n.row_id
            where not n.is_new
        ),
        renewed as (
            update {report.table} as t set {updates}
            from better as n where not n.is_new and t.account_id = :account_id and t.row_id = n.row_id
            returning {changes.columns(report.table, "t")}
        ),
        changed as (
            select t.row_id
            from better as n
            inner join {report.table} as t on t.account_id = :account_id and t.row_id = n.row_id
            where not n.is_new and (not n.is_newer or {differs})
        )
        {_noted(report)}
        select (select count(*) from better where is_new), (select count(*) from changed)
    """


def _noted(report: type[ReportFormat]) -> str:
    return changes.noted(
        report.table,
        added="table added union all table renewed",
        removed="table before",
        touched=f"""
            {changes.names_of_new(report.table, "added")}
            union all
            select names from before where row_id in (table changed)
            union all
            select names from renewed where row_id in (table changed)
        """,
    )


def _is_first(report: type[ReportFormat]) -> str:
    return "occurrence = 1" if report.is_unique else "true"


def _counts(report: type[ReportFormat]) -> str:
    return f"{_is_first(report)} and not {'is_late' if report.whole_by else ':is_late'}"
