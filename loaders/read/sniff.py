"""Identifies a file before reading its rows: hash, encoding, delimiter, header, and the format with this header.

Memory is bounded for any file: it is read in blocks, and lines and JSON records have a maximum length.
"""

import codecs
import csv
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from core.errors import AmbiguousFormat, FileRefused, UnknownFormat
from core.vocabulary import fold
from loaders.declare.issues import UNSTORABLE
from loaders.declare.report_format import ReportFormat
from loaders.read.archives import PACKED
from loaders.read.file_errors import CHANGED, refusing_unreadable
from loaders.read.json_records import Records, is_without_records, outlined, records_of
from loaders.read.json_text import LARGEST_PART, PartTooLarge
from loaders.read.unknown_files import refuse_known_others, refuse_other_kinds, unknown_records, unknown_table

BLOCK = 1 << 20
LONGEST_LINE = 1 << 22
LONGEST_HEADER = 1 << 16
csv.field_size_limit(LONGEST_LINE)
MOST_ABOVE = 20
"""Maximum lines above a header: a title, a date, an author."""

MOST_TABS = 10_000
"""Maximum characters of a line above the data: a hundred times any report's."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ("\t", ",", ";")


@dataclass(frozen=True)
class Contents:
    """A file's content: its hash (`sha256`, hex), size, encoding and name.

    `written_at` is its modification time (nanoseconds of the file system's clock).
    """

    path: Path
    sha256: str
    size: int
    written_at: int
    encoding: str
    name: str = ""

    def check_unchanged(self) -> None:
        """Raises FileRefused where the file was written since: its rows no longer match its hash."""
        with refusing_unreadable():
            now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (self.size, self.written_at):
            raise FileRefused(CHANGED)


@dataclass(frozen=True)
class Table:
    """A tabular file: the line of its header, and its delimiter and quoting. `is_all_quoted`: all header names are
    quoted, so all cells should be. `note` lists skipped parts of the file.
    """

    header: tuple[str, ...]
    header_line: int
    delimiter: str
    is_quoted: bool
    is_all_quoted: bool = False
    note: str = ""

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The cells of each row. In a table without quoting, a quote is an ordinary character (12" of something)."""
        if self.is_quoted:
            return csv.reader(lines, delimiter=self.delimiter)
        return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)


class PageWithoutRecords(Exception):
    """A JSON page without records that could be of several formats."""


Read = TypeVar("Read", Table, Records)

_SEP = re.compile(r'"?sep=(?P<delimiter>[,;\t|]|\\t)"?', re.IGNORECASE)


def inspect(path: Path, fallbacks: Sequence[str] = ("cp1252",), *, name: str = "") -> Contents:
    """Read the whole file once, in blocks, for its hash and encoding.

    UTF-8 if every byte of it fits, UTF-16 with its mark or if its first character has a zero byte, else the first of
    `fallbacks` that fits. Raises FileRefused for what is no readable regular file, is empty, or is no text.
    """
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", *fallbacks)}
    size, marked = 0, ""
    with refusing_unreadable(), _opened(path) as handle:
        written_at = os.fstat(handle.fileno()).st_mtime_ns
        while block := handle.read(BLOCK):
            if not size:
                if block.startswith(PACKED):  # a file packed once arrives here unpacked
                    raise FileRefused("is packed twice; unpack it once and take it in again")
                refuse_other_kinds(block)
                marked = _told_by_first_bytes(block)
                if marked:
                    decoders = {marked: codecs.getincrementaldecoder(marked)("strict")}
            size += len(block)
            digest.update(block)
            if not marked and b"\x00" in block:
                raise FileRefused("is not a text file: it holds zero bytes")
            decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, block)}
    if not size:
        raise FileRefused("is empty")
    fitting = next((name for name, decoder in decoders.items() if _decodes(decoder, b"", final=True)), None)
    if fitting is None:
        raise FileRefused(f"is in no encoding that the marketplaces use (UTF-8, UTF-16, {', '.join(fallbacks)})")
    return Contents(path, digest.hexdigest(), size, written_at, fitting, name or path.name)


def format_of(contents: Contents, formats: Sequence[type[ReportFormat]]) -> tuple[type[ReportFormat], Table | Records]:
    """The one format with the file's header, and its reader.

    Raises UnknownFormat, which lists the header's names that reports have, or AmbiguousFormat: two formats for one
    header are an error, never a guess. Raises PageWithoutRecords for an empty page of several possible formats.
    """
    lines = _first_lines(contents)
    if lines[0][1].lstrip()[:1] in ("{", "["):
        try:
            return _json_format(contents, formats)
        except PartTooLarge as error:
            mib = LARGEST_PART >> 20
            raise FileRefused(f"has a JSON record, or a value beside its records, of more than {mib} MiB") from error
    return tabular_format(lines, formats)


def tabular_format(
    lines: Sequence[tuple[int, str]], formats: Sequence[type[ReportFormat]]
) -> tuple[type[ReportFormat], Table]:
    """The one format with a header among a table's first lines, which are numbered, and its reader.

    The header is the first line that matches. A spreadsheet's `sep=` and titles may precede it, but no rows.
    """
    delimiters, lines = _declared_delimiter(lines)
    for number, (line, text) in enumerate(lines):
        tables = [_table(line, text, delimiter) for delimiter in delimiters if len(text) <= LONGEST_HEADER]
        fitting = [(each, table) for table in tables for each in formats if not each.lacking(table.header)]
        if fitting:
            report, table = _the_one(fitting)
            _check_titles(lines[:number], table)
            return report, replace(table, note=_passed_over(lines[:number], is_declared=len(delimiters) == 1))
    if len(lines[0][1]) > LONGEST_HEADER:
        raise UnknownFormat(f"is of no known format. Its first line has more than {LONGEST_HEADER:,} characters")
    refuse_known_others([text for _, text in lines])
    headers = [_table(*line, delimiter).header for line in lines for delimiter in delimiters]
    raise unknown_table(headers, formats)


def _declared_delimiter(lines: Sequence[tuple[int, str]]) -> tuple[Sequence[str], Sequence[tuple[int, str]]]:
    """The possible delimiters of a header: the one in a spreadsheet's line `sep=;`, else all."""
    declared = _SEP.fullmatch(lines[0][1].strip())
    if declared is None or len(lines) == 1:
        return _DELIMITERS, lines
    return (declared["delimiter"].replace("\\t", "\t"),), lines[1:]


def _check_titles(above: Sequence[tuple[int, str]], table: Table) -> None:
    """Raises FileRefused where a line above the header has as many cells as a row, so is no title."""
    for line, text in above:
        cells = next(replace(table, is_all_quoted=False).reader([text]), [])
        if 2 * sum(bool(cell.strip()) for cell in cells) > len(table.header):
            raise FileRefused(f"has its header in line {table.header_line}, and a row above it in line {line}")


def _passed_over(above: Sequence[tuple[int, str]], *, is_declared: bool) -> str:
    """The note about skipped lines above a header."""
    notes = ["The line sep= of a spreadsheet was passed over."] if is_declared else []
    if above:
        first, last = above[0][0], above[-1][0]
        which = f"line {first}" if first == last else f"lines {first} to {last}"
        notes.append(f"A title above the header was passed over ({which}).")
    return " ".join(notes)


def _table(line: int, text: str, delimiter: str) -> Table:
    is_quoted = delimiter != "\t" or text.startswith('"')
    table = Table((), line, delimiter, is_quoted)
    cells = next(table.reader([text]), [])
    is_all_quoted = is_quoted and text.count('"') == 2 * len(cells)
    return replace(table, header=tuple(cell.strip() for cell in cells), is_all_quoted=is_all_quoted)


def _json_format(contents: Contents, formats: Sequence[type[ReportFormat]]) -> tuple[type[ReportFormat], Records]:
    found: list[tuple[type[ReportFormat], Records]] = []
    fitting: list[tuple[type[ReportFormat], Records]] = []
    is_too_large = False
    document = outlined(contents.path, contents.encoding)
    for candidate in (candidate for candidate in formats if candidate.is_json()):
        try:
            found.append((candidate, records_of(document, candidate)))
        except PartTooLarge:
            is_too_large = True
            continue
        if not candidate.lacking_in_records(found[-1][1].header) or is_without_records(document, candidate):
            fitting.append(found[-1])
    if not fitting and is_too_large:
        raise PartTooLarge
    if not fitting:
        raise unknown_records(document.names, [(report, records.header) for report, records in found], formats)
    if len(fitting) > 1 and not any(records.header for _, records in fitting):
        raise PageWithoutRecords
    return _the_one(fitting)


def _the_one(fitting: Sequence[tuple[type[ReportFormat], Read]]) -> tuple[type[ReportFormat], Read]:
    if len(fitting) > 1:
        names = " and ".join(candidate.code for candidate, _ in fitting)
        raise AmbiguousFormat(f"has a header of two formats, {names}")
    report, read = fitting[0]
    _check_header(report, read.header)
    return report, read


def _check_header(report: type[ReportFormat], header: Sequence[str]) -> None:
    """Raises FileRefused for a duplicate of a column that is read, or a name that can not be stored."""
    names = [fold(name) for name in header]
    for name in (name for column in report.columns for name in column.folded_names()):
        if names.count(name) > 1:
            raise FileRefused(f"has the column {header[names.index(name)]} twice")
    if UNSTORABLE.search("".join(header)):
        raise FileRefused("has a control character in its header")


def _first_lines(contents: Contents) -> list[tuple[int, str]]:
    """The first non-empty lines, with their numbers, where a header may be. Raises FileRefused without any."""
    found: list[tuple[int, str]] = []
    with refusing_unreadable(), contents.path.open(encoding=contents.encoding, newline="") as handle:
        number = 0
        while len(found) <= MOST_ABOVE and (line := handle.readline(LONGEST_LINE)):
            number += 1
            if line.strip():
                found.append((number, line[: LONGEST_HEADER + 2].rstrip("\r\n")))
            elif line.count("\t") > MOST_TABS:
                raise FileRefused(f"has a line of {line.count(chr(9)):,} empty values, line {number}")
    if not found:
        raise FileRefused("holds no header")
    return found


def _told_by_first_bytes(block: bytes) -> str:
    marked = next((name for mark, name in _BOMS if block.startswith(mark)), "")
    if marked or len(block) < 2 or bool(block[0]) == bool(block[1]):
        return marked
    return "utf-16-le" if block[0] else "utf-16-be"


def _opened(path: Path) -> BinaryIO:
    with refusing_unreadable():
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            may_be_read = os.access(path, os.R_OK | os.X_OK)
            raise FileRefused("is a folder" if may_be_read else "is a folder that may not be read: no permission")
        if not stat.S_ISREG(mode):
            raise FileRefused("is not a regular file")
        return path.open("rb")


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
