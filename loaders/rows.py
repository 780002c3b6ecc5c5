"""Turns the rows of one file into what PostgreSQL's COPY reads, or into issues."""

from collections.abc import Iterable, Sequence

from core.database.copy import NULL, escaped
from loaders.columns import FileContext, OneOf, Parse, Text, folded_header
from loaders.issues import RowIssue, Unreadable
from loaders.places import Resolve
from loaders.reading import Row
from loaders.report_format import ReportFormat

SEPARATOR = "\x1f"
"""Stands between the values of a stored source line: ASCII's unit separator, which no report contains."""

_UNSTORABLE = ("\x00", SEPARATOR)


class RowPlan:
    """How the rows of one file become rows of its table: made once a file from its format and header.

    `kept` are the header's columns that may be stored, `staged` the database columns of a COPY line with their types.
    """

    def __init__(self, report: type[ReportFormat], header: Sequence[str], context: FileContext, resolve: Resolve):
        self.report = report
        self.header = tuple(header)
        position = {folded_header(name): index for index, name in reversed(list(enumerate(header)))}
        self._position = position
        personal = {folded_header(name) for name in report.personal}
        self._kept = tuple(index for index, name in enumerate(header) if folded_header(name) not in personal)
        self.kept = tuple(header[index] for index in self._kept)
        self._parsers: list[tuple[str, int, Parse]] = []
        self._absent: list[str] = []
        present: list[tuple[str, str]] = []
        absent: list[tuple[str, str]] = []
        for column in report.columns:
            index = position.get(folded_header(column.header))
            if index is not None:
                self._parsers.append((column.header, index, column.parser(context)))
                present.extend(column.targets())
            else:
                absent.extend(column.targets())
                self._absent.extend("" if isinstance(column, Text | OneOf) else NULL for _ in column.targets())
        self.staged = (*present, *absent, ("marketplace", "text"), ("line", "int"), ("source_line", "text"))
        self._place = tuple(position.get(folded_header(name)) for name in report.place.headers)
        self._resolve = resolve
        self._resolved: dict[tuple[str, ...], str] = {}

    def is_summary(self, row: Row) -> bool:
        """Whether a row states something of the whole document, and is no row of its own."""
        document = self.report.document
        if document is None:
            return False
        header, word = document.marked_by
        return folded_header(self.cell(row, header)) == folded_header(word)

    def cell(self, row: Row, header: str) -> str:
        """A row's cell under a header, empty where there is none."""
        index = self._position.get(folded_header(header))
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def staged_line(self, row: Row) -> str:
        """The row as one line of COPY text. Raises Unreadable; `issues` then says all that is wrong."""
        cells = self._complete(row)
        parts = [parse(cells[index]) for _, index, parse in self._parsers]
        source_line = SEPARATOR.join([cells[index] for index in self._kept])
        if source_line.count(SEPARATOR) != len(self._kept) - 1 or "\x00" in source_line:
            raise Unreadable("holds a control character")
        parts += self._absent
        parts.append(self._marketplace(cells) or NULL)
        parts.append(str(row.line))
        parts.append(escaped(source_line))
        return "\t".join(parts) + "\n"

    def issues(self, row: Row) -> list[RowIssue]:
        """All that is wrong with a row that could not be staged: never empty."""
        try:
            cells = self._complete(row)
        except Unreadable as error:
            return [RowIssue.of(row.line, "", SEPARATOR.join(row.cells[:3]), f"The row {error}.")]
        found = []
        for name, index, parse in self._parsers:
            try:
                parse(cells[index])
            except Unreadable as error:
                found.append(RowIssue.of(row.line, name, cells[index], f"{name} {error}."))
        for index in self._kept:
            if any(character in cells[index] for character in _UNSTORABLE):
                name = self.header[index]
                found.append(RowIssue.of(row.line, name, cells[index], f"{name} holds a control character."))
        try:
            self._marketplace(cells)
        except Unreadable as error:
            name = " / ".join(self.report.place.headers)
            value = " / ".join(self._place_cells(cells))
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

    def _place_cells(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple("" if index is None else cells[index] for index in self._place)

    def _marketplace(self, cells: Sequence[str]) -> str:
        named = self._place_cells(cells)
        known = self._resolved.get(named)
        if known is None:
            known = self._resolve(named)
            if len(self._resolved) < 10_000:
                self._resolved[named] = known
        return known


def amounts_of(report: type[ReportFormat], header: Sequence[str], rows: Iterable[Row]) -> Iterable[str]:
    """All cells of the file that hold amounts, for deciding how it writes decimals."""
    wanted = {folded_header(column.header) for column in report.columns if column.sql_type == "numeric"}
    indexes = [index for index, name in enumerate(header) if folded_header(name) in wanted]
    for row in rows:
        for index in indexes:
            if index < len(row.cells):
                yield row.cells[index]
