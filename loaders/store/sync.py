"""Syncs one report file in one transaction: sniff, stage, merge, register."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from core.database import locks, schema
from core.errors import AmbiguousFormat, FileRefused
from loaders.declare import records
from loaders.declare.columns import FileContext
from loaders.declare.dates import FormUnknown
from loaders.declare.decimals import Style, style_of
from loaders.declare.forms import forms_of
from loaders.declare.issues import printable
from loaders.declare.places import Account
from loaders.declare.report_format import ReportFormat
from loaders.formats import FORMATS
from loaders.read.archives import Report, unpacked
from loaders.read.lines import parts_of, rows_of
from loaders.read.rows import RowPlan, amounts_of
from loaders.read.sniff import PageWithoutRecords, Table, format_of, inspect
from loaders.store import documents, register
from loaders.store.attempt import FileResult, Options, Taking, nobody
from loaders.store.copying import Staged, copy_rows
from loaders.store.coverage import state_coverage
from loaders.store.merge import Constant, merge
from loaders.store.staging import check_days, check_signs, create_staging, place_in_time

_JAPANESE = ("cp932", "cp1252")


def sync_path(
    engine: Engine,
    account: Account,
    path: Path,
    options: Options,
    on_rows: Callable[[int], object] = nobody,
) -> Iterator[FileResult]:
    """Sync a file or the files packed in it, each as in `sync_file`."""
    try:
        with unpacked(path, _has_header) as reports:
            for report in reports:
                yield sync_file(engine, account, report, options, on_rows)
    except FileRefused as error:
        yield _refuse(engine, account, FileResult(file=path.name), error, options, datetime.now(UTC))


def sync_file(
    engine: Engine,
    account: Account,
    report: Report,
    options: Options,
    on_rows: Callable[[int], object] = nobody,
) -> FileResult:
    """Sync a file for an account, completely or not at all, and register the attempt under its display name.

    A refused file is a result, not an exception; raises only where the database can not be written.
    """
    result = FileResult(file=printable(report.name))
    started_at = datetime.now(UTC)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            schema.refuse_other(connection)
            taking = _recognise(connection, account, report, options, result, on_rows)
            if taking is not None:
                _take(taking)
            register.record_attempt(connection, account, result, started_at)
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
            schema.refuse_other(connection)
            register.record_attempt(connection, account, refused, started_at)
    return refused


def _recognise(
    connection: Connection,
    account: Account,
    file: Report,
    options: Options,
    result: FileResult,
    on_rows: Callable[[int], object],
) -> Taking | None:
    """Identify the file; None for a file without content. Sets the result's format for later errors. Raises
    FileRefused.
    """
    contents = inspect(file.path, _fallback_encodings(account), name=result.file)
    result.sha256 = contents.sha256
    try:
        report, read = format_of(contents, FORMATS)
    except PageWithoutRecords:
        result.status, result.message = "taken", "It holds no records."
        return None
    result.format = report.code
    if report.of_team and not options.by_team:
        raise FileRefused(f"is a file of the reimbursement team ({report.label}), which only the team takes in")
    note = read.note if isinstance(read, Table) else ""
    result.message = f"{file.note} {note}".strip()
    return Taking(connection, account, options, contents, report, read, result, on_rows, file.is_workbook)


def _has_header(path: Path) -> bool:
    """Whether a sheet of a workbook, written as text, has a report's header."""
    try:
        format_of(inspect(path), FORMATS)
    except AmbiguousFormat:
        return True  # it is refused with a reason
    except (FileRefused, PageWithoutRecords):
        return False
    return True


def _take(taking: Taking) -> None:
    # two runs on one account wait for each other here, before either has written a row
    locks.hold(taking.connection, "sync", [taking.account.account_id])
    if taking.report.edited_by_people or not register.was_taken_before(taking):
        _stage_and_merge(taking)
        taking.result.status = "taken"
    state_coverage(taking)


def _stage_and_merge(taking: Taking) -> None:
    connection, report, result = taking.connection, taking.report, taking.result
    decimals = _decimal_style(taking)
    plan, staged = _stage(taking, FileContext(decimals, taking.is_workbook))
    taking.contents.check_unchanged()
    result.rows, result.refused, result.issues = staged.rows, staged.refused, staged.issues
    place_in_time(connection, report, plan.staged)
    if report.dated_by:
        span = connection.execute(text(f"select min({report.dated_by}), max({report.dated_by}) from staging")).one()
        result.data_from, result.data_through = span
    document = documents.identify(plan, staged, decimals)
    file = register.insert_file(taking, plan, document)
    if document is not None:
        result.data_from, result.data_through = document.period_start, document.period_end
        counts, note = documents.replace_document(connection, report, plan.staged, file, document)
        result.message = " ".join(filter(None, [result.message, document.complaint, note]))
    elif report.whole_by:
        counts = records.replace_records(connection, report, plan.staged, file)
    else:
        counts = merge(connection, report, plan.staged, file, _constants(report, file.exported_on))
    result.new, result.changed, result.unchanged = counts
    if staged.refused:
        result.message = f"{result.message} {_refusals(staged)}".strip()


def _stage(taking: Taking, context: FileContext) -> tuple[RowPlan, Staged]:
    """Copy the file's rows, read in the usual forms of dates and counts, else in the forms inferred from all cells."""
    try:
        with taking.connection.begin_nested():
            return _copied(taking, context)
    except FormUnknown:
        forms = forms_of(taking.report, taking.read.header, rows_of(taking.contents, taking.read))
        return _copied(taking, replace(context, dates=forms.dates, counts=forms.counts))


def _copied(taking: Taking, context: FileContext) -> tuple[RowPlan, Staged]:
    connection, report = taking.connection, taking.report
    place = report.place.resolver(taking.account, taking.options.marketplace)
    plan = RowPlan(report, taking.read.header, context, place)
    if summary := documents.find_summary(plan, rows_of(taking.contents, taking.read)):
        plan.inherit(summary)
    create_staging(connection, report, plan.staged)
    staged = copy_rows(connection, plan, parts_of(taking.contents, taking.read), context.decimals, taking.on_rows)
    check_days(connection, report, plan.staged)
    check_signs(connection, report, context.signs)
    return plan, staged


def _constants(report: type[ReportFormat], exported_on: date | None) -> dict[str, Constant]:
    return {**dict(report.constants), **({report.exported_as: exported_on} if report.exported_as else {})}


def _decimal_style(taking: Taking) -> Style | None:
    if not any(column.sql_type == "numeric" for column in taking.report.columns):
        return Style.POINT
    rows = rows_of(taking.contents, taking.read)
    return style_of(amounts_of(taking.report, taking.read.header, rows))


def _fallback_encodings(account: Account) -> Sequence[str]:
    return _JAPANESE if any(entry.country == "JP" for entry in account.marketplaces) else ("cp1252",)


def _refusals(staged: Staged) -> str:
    first = staged.issues[0]
    return f"{staged.refused} of {staged.rows} rows were refused; the first is line {first.line}: {first.reason}"
