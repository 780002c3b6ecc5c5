"""Streams rows into the staging table by COPY, and refused rows into issues, with constant memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection

from core.database.copy import copy_lines
from core.errors import FileRefused
from loaders.declare.dates import FormUnknown
from loaders.declare.decimals import Style, parse_decimal
from loaders.declare.issues import RowIssue, Unreadable
from loaders.read.lines import Row, Run
from loaders.read.rows import RowPlan

STEP = 5_000
MOST_ISSUES = 1_000
"""Refused rows of a file that are stored with their reasons; all are counted."""


@dataclass
class Staged:
    """The staged file: counts of rows and refused rows, issues, and the report's own statements."""

    rows: int = 0
    refused: int = 0
    issues: list[RowIssue] = field(default_factory=list)
    summary: Row | None = None
    total: Decimal = Decimal(0)


def copy_rows(
    connection: Connection,
    plan: RowPlan,
    parts: Iterable[Run | Row],
    decimals: Style | None,
    on_rows: Callable[[int], object],
) -> Staged:
    """Copy the rows into the staging table. `on_rows` receives the rows read about every STEP rows, for a progress bar.

    Raises the reader's exceptions, after which the transaction is void.
    """
    staged = Staged()
    copy_lines(
        connection, "staging", [name for name, _ in plan.staged], _staged_lines(plan, parts, decimals, staged, on_rows)
    )
    return staged


def _staged_lines(
    plan: RowPlan, parts: Iterable[Run | Row], decimals: Style | None, staged: Staged, on_rows: Callable[[int], object]
) -> Iterator[str]:
    reported = 0
    for part in parts:
        run = part if isinstance(part, Run) and not plan.report.document else None
        if run and (lines := plan.staged_lines(run)):
            staged.rows += len(run.cells)
            yield lines
        else:
            rows = part.rows() if isinstance(part, Run) else (part,)
            yield from (_staged_line(plan, row, decimals, staged) for row in rows)
        if staged.rows - reported >= STEP:
            on_rows(staged.rows - reported)
            reported = staged.rows
    on_rows(staged.rows - reported)


def _staged_line(plan: RowPlan, row: Row, decimals: Style | None, staged: Staged) -> str:
    """One row as a line of COPY text, or nothing for a refused row and for a summary."""
    document = plan.report.document
    if document and plan.is_summary(row):
        staged.summary = staged.summary or row
        _check_same_document(plan, staged.summary, row)
        return ""
    staged.rows += 1
    try:
        line = plan.staged_line(row)
    except FormUnknown:
        raise
    except Unreadable:
        staged.refused += 1
        if (room := MOST_ISSUES - len(staged.issues)) > 0:
            staged.issues.extend(plan.issues(row)[:room])
        return ""
    for header in document.total.adds_up if document else ():
        if (amount := plan.cell(row, header)).strip():
            staged.total += parse_decimal(amount, decimals)
    return line


def _check_same_document(plan: RowPlan, first: Row, other: Row) -> None:
    """Raises FileRefused for a second summary of another document: its rows would be ambiguous."""
    document = plan.report.document
    if document is None or other is first:
        return
    for header in (document.named_by, *document.period):
        named = plan.cell(other, header).strip() if header else ""
        if named and named != plan.cell(first, header).strip():
            raise FileRefused(f"holds two reports; the second begins at line {other.line}. Take each in as a file")
