"""The rows of a file, one at a time, with the line on which each begins."""

import csv
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from core.errors import FileRefused
from loaders.sniff import LONGEST_LINE, Contents, Records, Table


class Row(NamedTuple):
    """One row as it came. `is_cut_off`: it is the file's last and its line does not end, so the file may have been
    cut there.
    """

    line: int
    cells: list[str]
    is_cut_off: bool = False


def rows_of(contents: Contents, read: Table | Records) -> Iterator[Row]:
    """The file's rows behind its header; empty lines are passed over. A JSON record's line is its ordinal.

    Raises FileRefused for a line that is longer than any report's, and for quotes that never close.
    """
    if isinstance(read, Records):
        return (Row(ordinal, list(cells)) for ordinal, cells in enumerate(read.rows, 1))
    return _tabular(contents, read)


def _tabular(contents: Contents, table: Table) -> Iterator[Row]:
    with contents.path.open(encoding=contents.encoding, newline="") as handle:
        lines = _Lines(handle)
        reader = table.reader(lines)
        for _ in range(table.header_line):
            next(lines)
        while True:
            begins = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise FileRefused(f"can not be read at line {begins}: {error}") from error
            if lines.ended:  # the reader asked for more, so it is within quotes
                if lines.number > begins:
                    raise FileRefused(f"has a quote at line {begins} that never closes")
                cells.pop()
            if lines.ended or "".join(cells).strip():
                yield Row(begins, cells, lines.ended or lines.last_does_not_end)


class _Lines:
    """The lines of a text file, each bounded; whether the last one ends, and whether one behind it was asked for."""

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self.number = 0
        self.last_does_not_end = False
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._handle.readline(LONGEST_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.last_does_not_end = not line.endswith(("\n", "\r"))
        if self.last_does_not_end and len(line) >= LONGEST_LINE:
            raise FileRefused(f"has a line of more than {LONGEST_LINE >> 20} MiB, line {self.number}")
        return line
