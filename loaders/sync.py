"""Takes one report file in: sniffed, staged, merged and recorded, in one transaction."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from core.errors import FileRefused
from core.vocabulary import Marketplace
from loaders import documents, records
from loaders.columns import FileContext
from loaders.copying import Staged, copy_rows
from loaders.dates import latest_in_name
from loaders.decimals import Style, style_of
from loaders.formats import FORMATS
from loaders.issues import RowIssue, printable
from loaders.merge import TakenFile, create_staging, merge, place_in_time
from loaders.packed import unpacked
from loaders.places import Account
from loaders.reading import rows_of
from loaders.report_format import ReportFormat
from loaders.rows import RowPlan, amounts_of
from loaders.sniff import Contents, Records, Table, format_of, inspect

LOCK = 0x5243  # the letters "RC": the class of the advisory locks, one an account
_JAPANESE = ("cp932", "cp1252")


@dataclass(frozen=True)
class Options:
    """How files are taken in: the marketplace and the export date where the files do not tell, and whether to try
    only.
    """

    marketplace: Marketplace | None = None
    exported_on: date | None = None
    dry_run: bool = False


@dataclass
class FileResult:
    """What became of one file; `status` is taken, already_taken or refused."""

    file: str
    format: str | None = None
    sha256: str | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    status: str = "refused"
    message: str = ""
    issues: list[RowIssue] = field(default_factory=list, repr=False)
    data_from: date | None = None
    data_through: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The object that `sync --json` prints for a file."""
        names = ["file", "format", "sha256", "rows", "new", "changed", "unchanged", "refused", "status", "message"]
        return {name: getattr(self, name) for name in names}


def sync_path(
    engine: Engine,
    account: Account,
    path: Path,
    options: Options,
    on_rows: Callable[[int], object] = abs,
) -> Iterator[FileResult]:
    """Take in what a file is or what is packed in it, each report as `sync_file` does it."""
    try:
        with unpacked(path) as reports:
            for report in reports:
                yield sync_file(engine, account, report.path, options, on_rows, name=report.name)
    except FileRefused as error:
        yield _refuse(engine, account, FileResult(file=path.name), error, options, datetime.now(UTC))


def sync_file(
    engine: Engine,
    account: Account,
    path: Path,
    options: Options,
    on_rows: Callable[[int], object] = abs,
    *,
    name: str = "",
) -> FileResult:
    """Take a file in for an account, whole or not at all, and record the attempt under a `name`, by default its own.

    A file that is refused is a result, not an exception; raises only where the database can not be written.
    """
    result = FileResult(file=printable(name or path.name))
    started_at = datetime.now(UTC)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            _take(connection, account, path, options, result, on_rows)
            _record(connection, account, result, started_at)
            if options.dry_run:
                transaction.rollback()
    except FileRefused as error:
        return _refuse(engine, account, result, error, options, started_at)
    return result


def _refuse(
    engine: Engine, account: Account, result: FileResult, error: FileRefused, options: Options, started_at: datetime
) -> FileResult:
    name = printable(result.file)
    refused = FileResult(name, result.format, result.sha256, message=printable(f"{name} {error}."))
    if not options.dry_run:
        with engine.begin() as connection:
            _record(connection, account, refused, started_at)
    return refused


def _take(
    connection: Connection,
    account: Account,
    path: Path,
    options: Options,
    result: FileResult,
    on_rows: Callable[[int], object],
) -> None:
    contents = inspect(path, _fallback_encodings(account), name=result.file)
    result.sha256 = contents.sha256
    report, read = format_of(contents, FORMATS)
    result.format = report.code
    # two runs at once on one account wait for each other here, before either has written a row
    connection.execute(
        text("select pg_advisory_xact_lock(:lock, :account)"), {"lock": LOCK, "account": account.account_id}
    )
    if not report.edited_by_people and _was_taken_before(connection, account, contents, options, result):
        return
    _stage_and_merge(connection, account, contents, report, read, options, result, on_rows)
    result.status = "taken"


def _stage_and_merge(
    connection: Connection,
    account: Account,
    contents: Contents,
    report: type[ReportFormat],
    read: Table | Records,
    options: Options,
    result: FileResult,
    on_rows: Callable[[int], object],
) -> None:
    decimals = _decimal_style(contents, report, read)
    plan = RowPlan(report, read.header, FileContext(decimals), report.place.resolver(account, options.marketplace))
    if summary := documents.find_summary(plan, rows_of(contents, read)):
        plan.inherit(summary)
    create_staging(connection, plan.staged)
    staged = copy_rows(connection, plan, rows_of(contents, read), decimals, on_rows)
    contents.check_unchanged()
    result.rows, result.refused, result.issues = staged.rows, staged.refused, staged.issues
    place_in_time(connection, report, plan.staged)
    if report.dated_by:
        span = connection.execute(text(f"select min({report.dated_by}), max({report.dated_by}) from staging")).one()
        result.data_from, result.data_through = span
    exported_on = _exported_on(connection, account, contents, options, result)
    document = documents.identify(plan, staged, decimals)
    options_key = _options_key(account, contents, options)
    file = _insert_file(connection, account, contents, plan, options_key, result, exported_on, document)
    if document is not None:
        counts, note = documents.replace_document(connection, report, plan.staged, file, document)
        result.message = f"{document.complaint} {note}".strip()
    elif report.whole_by:
        counts = records.replace_records(connection, report, plan.staged, file)
    else:
        counts = merge(connection, report, plan.staged, file, dict(report.constants))
    result.new, result.changed, result.unchanged = counts
    if staged.refused:
        result.message = f"{result.message} {_refusals(staged)}".strip()


def _exported_on(
    connection: Connection, account: Account, contents: Contents, options: Options, result: FileResult
) -> date | None:
    """When the file was exported: a copy of it under another name is as new as the newest of them."""
    named = latest_in_name(contents.name) or options.exported_on or result.data_through
    before: date | None = connection.execute(
        text(
            "select max(exported_on) from source_file"
            " where account_id = :account_id and sha256 = :sha256 and format = :format"
        ),
        {"account_id": account.account_id, "sha256": contents.sha256, "format": result.format},
    ).scalar_one()
    return max((day for day in (named, before) if day), default=None)


def _decimal_style(contents: Contents, report: type[ReportFormat], read: Table | Records) -> Style | None:
    if not any(column.sql_type == "numeric" for column in report.columns):
        return Style.POINT
    return style_of(amounts_of(report, read.header, rows_of(contents, read)))


def _fallback_encodings(account: Account) -> Sequence[str]:
    return _JAPANESE if any(entry.country == "JP" for entry in account.marketplaces) else ("cp1252",)


def _was_taken_before(
    connection: Connection, account: Account, contents: Contents, options: Options, result: FileResult
) -> bool:
    """Whether the same bytes were taken before under the same options: if so, the result says what they gave then."""
    found = connection.execute(
        text(
            "select rows, refused from source_file where account_id = :account_id and sha256 = :sha256"
            " and format = :format and options = :options order by file_id limit 1"
        ),
        {
            "account_id": account.account_id,
            "sha256": contents.sha256,
            "format": result.format,
            "options": _options_key(account, contents, options),
        },
    ).one_or_none()
    if found is None:
        return False
    result.rows, result.refused = found
    result.unchanged = result.rows - result.refused
    result.status, result.message = "already_taken", "This file was taken before."
    return True


def _options_key(account: Account, contents: Contents, options: Options) -> str:
    """All besides the bytes that a file's rows depend on: taken again under other circumstances, it is merged again."""
    parts = (
        options.marketplace.code if options.marketplace else "",
        str(latest_in_name(contents.name) or options.exported_on or ""),
        *(entry.code for entry in account.marketplaces),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _insert_file(
    connection: Connection,
    account: Account,
    contents: Contents,
    plan: RowPlan,
    options_key: str,
    result: FileResult,
    exported_on: date | None,
    document: documents.IdentifiedDocument | None,
) -> TakenFile:
    file_id: int = connection.execute(
        text(
            """
            insert into source_file (account_id, format, file, sha256, options, columns, exported_on, document,
                control_total_holds, rows, refused)
            values (:account_id, :format, :file, :sha256, :options, :columns, :exported_on, :document,
                :control_total_holds, :rows, :refused)
            returning file_id
            """
        ),
        {
            "account_id": account.account_id,
            "format": plan.report.code,
            "file": result.file,
            "sha256": contents.sha256,
            "options": options_key,
            "columns": list(plan.kept),
            "exported_on": exported_on,
            "document": document.name if document else None,
            "control_total_holds": document.adds_up if document else None,
            "rows": result.rows,
            "refused": result.refused,
        },
    ).scalar_one()
    return TakenFile(account.account_id, file_id, contents.sha256, exported_on)


def _record(connection: Connection, account: Account, result: FileResult, started_at: datetime) -> None:
    """Keep the attempt and its refused rows."""
    run_id = connection.execute(
        text(
            """
            insert into sync_run (account_id, format, file, sha256, started_at, finished_at, status, message, rows, new,
                changed, unchanged, refused, data_from, data_through)
            values (:account_id, :format, :file, :sha256, :started_at, :finished_at, :status, :message, :rows, :new,
                :changed, :unchanged, :refused, :data_from, :data_through)
            returning run_id
            """
        ),
        {
            "account_id": account.account_id,
            "started_at": started_at,
            "finished_at": datetime.now(UTC),
            "data_from": result.data_from,
            "data_through": result.data_through,
            **result.as_json(),
        },
    ).scalar_one()
    if result.issues:
        connection.execute(
            text(
                "insert into row_issue (account_id, run_id, line, column_name, value, reason)"
                " values (:account_id, :run_id, :line, :column, :value, :reason) on conflict do nothing"
            ),
            [{"account_id": account.account_id, "run_id": run_id, **vars(issue)} for issue in result.issues],
        )


def _refusals(staged: Staged) -> str:
    first = staged.issues[0]
    return f"{staged.refused} of {staged.rows} rows were refused; the first is line {first.line}: {first.reason}"
