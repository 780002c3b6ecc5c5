"""Converts the rows of one file to COPY text, or to issues."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import repeat
from typing import TypeVar

from core.database.copy import NULL, escaped
from core.vocabulary import fold
from loaders.declare.columns import FileContext
from loaders.declare.issues import UNSTORABLE, RowIssue, Unreadable
from loaders.declare.places import Resolve
from loaders.declare.report_format import ReportFormat
from loaders.read.lines import Row, Run

SEPARATOR = "\x1f"
"""Separator of the values in a stored source line: ASCII's unit separator, which no report contains."""

Key = TypeVar("Key", bound=Hashable)


class _Remembering(dict[Key, str]):
    """A cached function: reports repeat most of their cells, and a look-up is cheap."""

    MOST = 20_000

    def __init__(self, function: Callable[[Key], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Key) -> str:
        answer = self._function(key)
        if len(self) < self.MOST:
            self[key] = answer
        return answer


class RowPlan:
    """Converts the rows of one file to rows of its table: built once per file from its format and header.

    `kept` are the header's columns that may be stored, `staged` the database columns of a COPY line with their types.
    """

    def __init__(self, report: type[ReportFormat], header: Sequence[str], context: FileContext, resolve: Resolve):
        self.report = report
        self.header = tuple(header)
        position = {fold(name): index for index, name in reversed(list(enumerate(header)))}
        self._position = position
        self._kept = tuple(index for index, name in enumerate(header) if report.may_store(name))
        self.kept = tuple(header[index] for index in self._kept)
        self._parsers: list[tuple[str, int, _Remembering[str]]] = []
        self._absent: list[str] = []
        present: list[tuple[str, str]] = []
        absent: list[tuple[str, str]] = []
        for column in report.columns:
            index = next((position[name] for name in column.folded_names() if name in position), None)
            if index is not None:
                self._parsers.append((header[index], index, _Remembering(column.parser(context))))
                present.extend(column.targets())
            else:
                absent.extend(column.targets())
                self._absent.extend("" if sql_type == "text" else NULL for _, sql_type in column.targets())
        self._read = [(index, parsed) for _, index, parsed in self._parsers]
        self._keeps_all = len(self._kept) == len(self.header)
        self.staged = (*present, *absent, ("marketplace", "text"), ("line", "int"), ("source_line", "text"))
        self._place = tuple(position.get(fold(name)) for name in report.place.headers)
        self._resolved = _Remembering[tuple[str, ...]](lambda cells: resolve(cells) or NULL)
        self._inherited: list[tuple[int, str]] = []

    def inherit(self, summary: Row) -> None:
        """From now on, fill empty cells from the document's summary, where the format declares it."""
        for header in self.report.document.inherited if self.report.document else ():
            index = self._position.get(fold(header))
            if index is not None:
                self._inherited.append((index, self.cell(summary, header)))

    def is_summary(self, row: Row) -> bool:
        """Whether a row is the document's summary, and not a row of its own."""
        document = self.report.document
        if document is None:
            return False
        header, word = document.marked_by
        is_marked = fold(self.cell(row, header)) == fold(word)
        return is_marked and bool(word or self.cell(row, document.total.stated).strip())

    def cell(self, row: Row, header: str) -> str:
        """A row's cell under a header, empty without one."""
        index = self._position.get(fold(header))
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def staged_line(self, row: Row) -> str:
        """The row as one line of COPY text. Raises Unreadable; `issues` then lists all errors."""
        cells = row.cells if len(row.cells) == len(self.header) else self._complete(row)
        values = self._filled(cells) if self._inherited else cells
        parts = [parsed[values[index]] for index, parsed in self._read]
        parts += self._absent
        parts.append(self._marketplace(values))
        parts.append(str(row.line))
        parts.append(_source_line(cells if self._keeps_all else [cells[index] for index in self._kept]))
        return "\t".join(parts) + "\n"

    def staged_lines(self, run: Run) -> str | None:
        """All rows of a run as lines of COPY text; None where any of them needs `staged_line`.

        Same result as `staged_line`, column by column: the look-ups and joins of many rows then take a few calls.
        """
        if set(map(len, run.cells)) != {len(self.header)}:
            return None
        columns = list(zip(*run.cells, strict=True))
        sources = run.cells if self._keeps_all else zip(*(columns[index] for index in self._kept), strict=True)
        source_lines = list(map(SEPARATOR.join, sources))
        if not _is_plain(source_lines, len(self._kept)):
            return None
        count = len(run.cells)
        places = zip(*(repeat("", count) if index is None else columns[index] for index in self._place), strict=True)
        parts = [
            *(map(parsed.__getitem__, columns[index]) for index, parsed in self._read),
            *(repeat(value, count) for value in self._absent),
            map(self._resolved.__getitem__, places if self._place else repeat((), count)),
            map(str, range(run.line, run.line + count)),
            source_lines,
        ]
        try:
            return "\n".join(map("\t".join, zip(*parts, strict=True))) + "\n"
        except Unreadable:
            return None

    def issues(self, row: Row) -> list[RowIssue]:
        """All errors of a row that could not be staged: never empty.

        A row with too few or too many cells shows no value if the report has personal columns: its cells can not be
        assigned.
        """
        is_shifted = len(row.cells) != len(self.header)
        found = self._issues(row)
        if is_shifted and len(self._kept) < len(self.header):
            return [replace(issue, value="") for issue in found]
        return found

    def _issues(self, row: Row) -> list[RowIssue]:
        try:
            cells = self._complete(row)
        except Unreadable as error:
            return [RowIssue.of(row.line, "", " ".join(row.cells[:3]), f"The row {error}.")]
        found = []
        values = self._filled(cells)
        for name, index, parsed in self._parsers:
            try:
                parsed[values[index]]
            except Unreadable as error:
                found.append(RowIssue.of(row.line, name, values[index], f"{name} {error}."))
        for index in self._kept:
            if SEPARATOR in cells[index] or UNSTORABLE.search(cells[index]):
                name = self.header[index]
                found.append(RowIssue.of(row.line, name, cells[index], f"{name} holds a control character."))
        try:
            self._marketplace(values)
        except Unreadable as error:
            name = " / ".join(self.report.place.headers)
            value = " / ".join(self._place_cells(values))
            found.append(RowIssue.of(row.line, name, value, f"{name} {error}."))
        return found or [RowIssue.of(row.line, "", "", "The row can not be read.")]

    def _complete(self, row: Row) -> list[str]:
        missing = len(self.header) - len(row.cells)
        if missing == 0:
            return row.cells
        if missing < 0 and any(cell.strip() for cell in row.cells[missing:]):
            raise Unreadable(f"has {len(row.cells)} values; the header names {len(self.header)}")
        if missing > 0 and row.is_cut_off:
            raise Unreadable("is cut off: the file ends in the middle of it")
        return row.cells[: len(self.header)] + [""] * max(missing, 0)

    def _filled(self, cells: list[str]) -> list[str]:
        filled = list(cells)
        for index, value in self._inherited:
            if not filled[index].strip():
                filled[index] = value
        return filled

    def _place_cells(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(["" if index is None else cells[index] for index in self._place])

    def _marketplace(self, cells: Sequence[str]) -> str:
        return self._resolved[self._place_cells(cells)]


def _source_line(cells: list[str]) -> str:
    """The cells as stored, as COPY text. Raises Unreadable for cells that can not be stored."""
    source_line = SEPARATOR.join(cells)
    together = "".join(cells)
    if together.isprintable() and "\\" not in together:  # like nearly every row
        return source_line
    if source_line.count(SEPARATOR) != len(cells) - 1 or UNSTORABLE.search(source_line):
        raise Unreadable("holds a control character")
    return escaped(source_line)


def _is_plain(source_lines: list[str], width: int) -> bool:
    """Whether these lines of so many cells each are COPY text without escaping."""
    joined = "".join(source_lines)
    return (
        joined.count(SEPARATOR) == len(source_lines) * (width - 1)
        and not any(character in joined for character in "\\\t\n\r\x00")
        and (joined.isascii() or not UNSTORABLE.search(joined))
    )


def amounts_of(report: type[ReportFormat], header: Sequence[str], rows: Iterable[Row]) -> Iterable[str]:
    """All amount cells of the file, to decide its decimal style."""
    wanted = {name for column in report.columns if column.sql_type == "numeric" for name in column.folded_names()}
    indexes = [index for index, name in enumerate(header) if fold(name) in wanted]
    for row in rows:
        for index in indexes:
            if index < len(row.cells):
                yield row.cells[index]
