"""Documents: reports with an identity of their own (a settlement period), which a corrected one replaces as a whole.

Which of two files of a document wins depends only on the files, never on their order: one that adds up to its stated
total before one that does not (it may be truncated), then the later export, then the one with more rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, text

from core.errors import FileRefused
from loaders.declare.dates import parse_day
from loaders.declare.decimals import Style, parse_decimal
from loaders.declare.issues import Unreadable
from loaders.declare.report_format import ReportFormat
from loaders.read.lines import Row
from loaders.read.rows import RowPlan
from loaders.store import changes
from loaders.store.copying import Staged
from loaders.store.merge import Constant, MergeCounts, TakenFile, merge
from loaders.store.staging import StagedColumns


@dataclass(frozen=True)
class IdentifiedDocument:
    """A document's identity: name, period, and whether its rows add up (None: it states no total)."""

    name: str
    period_start: date
    period_end: date
    adds_up: bool | None
    complaint: str


def identify(plan: RowPlan, staged: Staged, decimals: Style | None) -> IdentifiedDocument | None:
    """The document in a file, or None for other reports.

    Raises FileRefused for a document without its period: it would have no identity.
    """
    document = plan.report.document
    if document is None:
        return None
    try:
        if staged.summary is None:
            raise Unreadable("is missing")
        start, end = (parse_day(plan.cell(staged.summary, header)) for header in document.period)
        name = plan.cell(staged.summary, document.named_by).strip() if document.named_by else f"{start}/{end}"
        if not name:
            raise Unreadable("is empty")
    except Unreadable as error:
        named = " and ".join((*document.period, *filter(None, [document.named_by])))
        row = document.marked_by[1] or "that states the total"
        raise FileRefused(f"does not name its period ({named}, in the row {row}); export the whole report") from error
    stated = _amount(plan.cell(staged.summary, document.total.stated), decimals)
    adds_up = None if stated is None else stated == staged.total
    complaint = "" if adds_up is not False else f"Its rows add up to {staged.total}, it states {stated}."
    return IdentifiedDocument(name, start, end, adds_up, complaint)


def find_summary(plan: RowPlan, rows: Iterable[Row]) -> Row | None:
    """The row from which a document's other rows inherit, or None without inheritance. Nearly always it is the first
    one, but not in a sorted file.
    """
    if plan.report.document is None or not plan.report.document.inherited:
        return None
    return next((row for row in rows if plan.is_summary(row)), None)


def replace_document(
    connection: Connection,
    report: type[ReportFormat],
    staged: StagedColumns,
    file: TakenFile,
    document: IdentifiedDocument,
) -> tuple[MergeCounts, str]:
    """Replace the document's earlier rows by the staged ones, unless the earlier ones win.

    Returns the counts and a note for the user. Rows missing in the new file are deleted and count as changed.
    """
    constants: dict[str, Constant] = {
        **dict(report.constants),
        "document": document.name,
        "period_start": document.period_start,
        "period_end": document.period_end,
    }
    if not _stands_first(connection, report, file, document):
        counts = merge(connection, report, staged, replace(file, is_late=True), constants)
        return counts, "A file of the same period that takes precedence was taken before; its rows stay."
    counts = merge(connection, report, staged, replace(file, replaces_whole=True), constants)
    of_document = "t.account_id = :account_id and t.document = :document and t.file_id <> :file_id"
    values = {"account_id": file.account_id, "document": document.name, "file_id": file.file_id}
    gone = changes.delete(connection, report.table, of_document, values)
    return counts._replace(changed=counts.changed + gone), ""


def _stands_first(
    connection: Connection, report: type[ReportFormat], file: TakenFile, document: IdentifiedDocument
) -> bool:
    first: int = connection.execute(
        text(
            """
            select file_id from source_file
            where account_id = :account_id and format = :format and document = :document
            order by
                coalesce(control_total_holds, true) desc, exported_on desc nulls last, rows - refused desc,
                sha256 desc, file_id
            limit 1
            """
        ),
        {"account_id": file.account_id, "format": report.code, "document": document.name},
    ).scalar_one()
    return first == file.file_id


def _amount(cell: str, decimals: Style | None) -> Decimal | None:
    try:
        return parse_decimal(cell, decimals) if cell.strip() else None
    except Unreadable:
        return None
