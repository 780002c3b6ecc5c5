"""The rows of a file with their line numbers: in runs of plain rows, which are read fast, or one by one."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain
from typing import NamedTuple, TextIO

from core.errors import FileRefused
from loaders.read.file_errors import refusing_unreadable
from loaders.read.json_records import Records
from loaders.read.sniff import LONGEST_LINE, Contents, Table

BLOCK = 1 << 14
"""Characters per block: few enough for their rows to stay in a processor's cache, and for the server to store them
while the next are parsed.
"""


MOST_CELLS = 10_000
"""Maximum characters of a line: a hundred times any report's."""


class Row(NamedTuple):
    """One row. `is_cut_off`: it is the file's last and its line has no end, so the file may be truncated there."""

    line: int
    cells: list[str]
    is_cut_off: bool = False


class Run(NamedTuple):
    """Rows on consecutive lines, one line each, the first on `line`."""

    line: int
    cells: list[list[str]]

    def rows(self) -> Iterator[Row]:
        """The rows, one at a time."""
        return (Row(line, cells) for line, cells in enumerate(self.cells, self.line))


def rows_of(contents: Contents, read: Table | Records) -> Iterator[Row]:
    """The file's rows after its header; empty lines are skipped. A JSON record's line is its ordinal.

    Raises FileRefused for an oversized line, and for quotes that never close.
    """
    for part in parts_of(contents, read):
        if isinstance(part, Row):
            yield part
        else:
            yield from part.rows()


def parts_of(contents: Contents, read: Table | Records) -> Iterator[Run | Row]:
    """The same rows, in runs where they are plain: no row of a run is empty, cut off, or spans several lines."""
    if isinstance(read, Records):
        return (Row(ordinal, cells) for ordinal, cells in enumerate(read.rows(), 1))
    return _tabular(contents, read)


def _tabular(contents: Contents, table: Table) -> Iterator[Run | Row]:
    with refusing_unreadable(), contents.path.open(encoding=contents.encoding, newline="") as handle:
        lines = _Lines(handle)
        for _ in range(table.header_line):
            next(lines)
        while block := lines.block():
            if plain := _plain(table, block):
                yield Run(lines.number + 1, plain)
                lines.number += len(plain)
            else:
                lines.give_back(block)
                yield from _one_at_a_time(table, lines)


def _plain(table: Table, block: str) -> list[list[str]] | None:
    """The cells of a block of whole lines that are one row each; None where that needs a closer look."""
    if not block.endswith(("\n", "\r")) or len(block) >= LONGEST_LINE:
        return None
    lines = list(StringIO(block, newline=""))
    try:
        rows = _told_apart(table, block, lines) if table.is_quoted else list(table.reader(lines))
    except csv.Error:
        return None
    if rows is None or len(block) > MOST_CELLS + BLOCK:
        return None
    # an open quote at the end of the block leaves a line break in the last cell
    is_plain = len(rows) == len(lines) and all(rows) and not rows[-1][-1].endswith(("\n", "\r"))
    return rows if is_plain and all(map(str.strip, map("".join, rows))) else None


def _one_at_a_time(table: Table, lines: "_Lines") -> Iterator[Row]:
    """The rows that begin in the returned lines."""
    reader = table.reader(lines)
    while lines.has_given_back:
        begins = lines.number + 1
        try:
            cells = _next_quoted(table, lines) if table.is_quoted else next(reader)
        except csv.Error as error:
            raise FileRefused(f"can not be read at line {begins}: {error}") from error
        if len(cells) > MOST_CELLS:
            raise FileRefused(f"has a line of {len(cells):,} values, line {begins}; no report has so many")
        if lines.ended:  # the reader needs another line, so it is within quotes
            if lines.number > begins:
                raise FileRefused(f"has a quote at line {begins} that never closes")
            cells.pop()
        if lines.ended or "".join(cells).strip():
            yield Row(begins, cells, lines.ended or lines.last_does_not_end)


def _told_apart(table: Table, block: str, lines: list[str]) -> list[list[str]] | None:
    """The cells of lines that are one row each, in a table with quoted cells; None where a line is not."""
    width = len(table.header)
    if not table.is_all_quoted or block.count('"') == 2 * width * len(lines):
        rows = list(table.reader(lines))
        if '"' not in block or (len(rows) == len(lines) and all(len(row) == width for row in rows)):
            return rows
    found = [cells_of_quoted(line, table.delimiter, width) for line in lines]
    return [cells for cells in found if cells] if all(found) else None


def cells_of_quoted(line: str, delimiter: str, width: int) -> list[str] | None:
    """The cells of one line with quoted cells; None where they are ambiguous.

    Amazon does not double the quotes within a title. A cell ends at a quote, delimiter and quote, if that splits the
    line into as many cells as the header has.
    """
    bare = line.rstrip("\r\n")
    try:
        cells = next(csv.reader([bare], delimiter=delimiter, strict=True))
    except csv.Error:
        cells = []
    if len(cells) == width:
        return cells
    is_quoted = len(bare) > 1 and bare.startswith('"') and bare.endswith('"')
    parts = bare[1:-1].split(f'"{delimiter}"') if is_quoted else []
    return parts if len(parts) == width else None


def _next_quoted(table: Table, lines: "_Lines") -> list[str]:
    """The cells of the next row of a table with quoted cells. A line with enough quotes is a row by itself: an
    ambiguous line affects no other.
    """
    line = next(lines)
    if cells := cells_of_quoted(line, table.delimiter, len(table.header)):
        return cells
    is_whole = line.count('"') % 2 == 0
    return next(table.reader([line] if is_whole else chain([line], lines)), [])


class _Lines:
    """The lines of a text file, each bounded; whether the last one has an end, and whether one after it was requested.

    `block` reads many lines at once, uncounted; `give_back` returns those to be read one by one after all.
    """

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self._given_back = StringIO()
        self._left = 0
        self.number = 0
        self.last_does_not_end = False
        self.ended = False

    def block(self) -> str:
        """Some whole lines; the last may lack its end if it is too long, or the file's last. Empty at the end."""
        return self._handle.read(BLOCK) + self._handle.readline(LONGEST_LINE)

    def give_back(self, block: str) -> None:
        """Return lines, to be read next."""
        self._given_back, self._left = StringIO(block, newline=""), len(block)

    @property
    def has_given_back(self) -> bool:
        """Whether returned lines are still to be read."""
        return self._left > 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._given_back.readline(LONGEST_LINE) or self._handle.readline(LONGEST_LINE)
        self._left -= len(line)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.last_does_not_end = not line.endswith(("\n", "\r"))
        if self.last_does_not_end and len(line) >= LONGEST_LINE:
            raise FileRefused(f"has a line of more than {LONGEST_LINE >> 20} MiB, line {self.number}")
        return line
