"""What a file is, before a row of it is read: its hash, encoding, delimiter and header, and the format that has this
header.

Memory is bounded whatever the file holds: it is read in blocks, and lines and JSON records have a longest length.
"""

import codecs
import csv
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from core.errors import AmbiguousFormat, FileRefused, UnknownFormat
from loaders.columns import folded_header
from loaders.issues import UNSTORABLE
from loaders.json_records import Records, is_without_records, outlined, records_of
from loaders.json_text import LARGEST_PART, PartTooLarge
from loaders.opening import CHANGED, refusing_unreadable
from loaders.packed import PACKED
from loaders.report_format import ReportFormat
from loaders.unknown import unknown_records, unknown_table

BLOCK = 1 << 20
LONGEST_LINE = 1 << 22
LONGEST_HEADER = 1 << 16
csv.field_size_limit(LONGEST_LINE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ("\t", ",", ";")


@dataclass(frozen=True)
class Contents:
    """A file's bytes: which they are (`sha256`, hex), how many, the encoding that fits all of them; and its name.

    `written_at` is when they were last written (nanoseconds of the file system's clock).
    """

    path: Path
    sha256: str
    size: int
    written_at: int
    encoding: str
    name: str = ""

    def check_unchanged(self) -> None:
        """Raises FileRefused where somebody has written to the file since: its rows are not those of its hash."""
        with refusing_unreadable():
            now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (self.size, self.written_at):
            raise FileRefused(CHANGED)


@dataclass(frozen=True)
class Table:
    """A tabular file: where its header stands and how its cells are told apart."""

    header: tuple[str, ...]
    header_line: int
    delimiter: str
    is_quoted: bool

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The cells of each row. Where cells are not quoted, a quote is a character like any other (12" of
        something).
        """
        if self.is_quoted:
            return csv.reader(lines, delimiter=self.delimiter)
        return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)


class PageWithoutRecords(Exception):
    """A JSON page that could be of several formats, for it holds no record of any."""


Read = TypeVar("Read", Table, Records)


def inspect(path: Path, fallbacks: Sequence[str] = ("cp1252",), *, name: str = "") -> Contents:
    """Read the whole file once, in blocks, for its hash and encoding.

    UTF-8 if every byte of it fits, UTF-16 with its mark or where its first character has a zero byte, else the first of
    `fallbacks` that fits. Raises FileRefused for what is no readable regular file, is empty, or is no text.
    """
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", *fallbacks)}
    size, marked = 0, ""
    with refusing_unreadable(), _opened(path) as handle:
        written_at = os.fstat(handle.fileno()).st_mtime_ns
        while block := handle.read(BLOCK):
            if not size:
                if block.startswith(PACKED):  # what is packed once comes here unpacked
                    raise FileRefused("is packed twice; unpack it once and take it in again")
                marked = _told_by_first_bytes(block)
                if marked:
                    decoders = {marked: codecs.getincrementaldecoder(marked)("strict")}
            size += len(block)
            digest.update(block)
            if not marked and b"\x00" in block:
                raise FileRefused("is no text file: it holds zero bytes")
            decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, block)}
    if not size:
        raise FileRefused("is empty")
    fitting = next((name for name, decoder in decoders.items() if _decodes(decoder, b"", final=True)), None)
    if fitting is None:
        raise FileRefused(f"is in no encoding that the marketplaces use (UTF-8, UTF-16, {', '.join(fallbacks)})")
    return Contents(path, digest.hexdigest(), size, written_at, fitting, name or path.name)


def format_of(contents: Contents, formats: Sequence[type[ReportFormat]]) -> tuple[type[ReportFormat], Table | Records]:
    """The one format that has the file's header, and how to read it.

    Raises UnknownFormat, which names of the header what reports have, or AmbiguousFormat: two formats for one header is
    an error, never a guess. Raises PageWithoutRecords where nothing tells them apart, for nothing is there.
    """
    first = _first_line(contents)
    if first[1].lstrip()[:1] in ("{", "["):
        try:
            return _json_format(contents, formats)
        except PartTooLarge as error:
            mib = LARGEST_PART >> 20
            raise FileRefused(f"has a JSON record, or a value beside its records, of more than {mib} MiB") from error
    return _tabular_format(first, formats)


def _tabular_format(first: tuple[int, str], formats: Sequence[type[ReportFormat]]) -> tuple[type[ReportFormat], Table]:
    line, text = first
    if len(text) > LONGEST_HEADER:
        raise UnknownFormat(f"is of no known format. Its first line has more than {LONGEST_HEADER:,} characters")
    tables = [_table(line, text, delimiter) for delimiter in _DELIMITERS]
    fitting = [(candidate, table) for table in tables for candidate in formats if not candidate.lacking(table.header)]
    if not fitting:
        raise unknown_table(max(tables, key=lambda table: len(table.header)).header, formats)
    return _the_one(fitting)


def _table(line: int, text: str, delimiter: str) -> Table:
    is_quoted = delimiter != "\t" or text.startswith('"')
    table = Table((), line, delimiter, is_quoted)
    cells = next(table.reader([text]), [])
    return replace(table, header=tuple(cell.strip() for cell in cells))


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
    """Raises FileRefused where a column that is read is there twice, or where a name can not be stored."""
    names = [folded_header(name) for name in header]
    for name in (name for column in report.columns for name in column.folded_names()):
        if names.count(name) > 1:
            raise FileRefused(f"has the column {header[names.index(name)]} twice")
    if UNSTORABLE.search("".join(header)):
        raise FileRefused("has a control character in its header")


def _first_line(contents: Contents) -> tuple[int, str]:
    with refusing_unreadable(), contents.path.open(encoding=contents.encoding, newline="") as handle:
        number = 0
        while line := handle.readline(LONGEST_LINE):
            number += 1
            if line.strip():
                return number, line.rstrip("\r\n")
    raise FileRefused("holds no header")


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
            raise FileRefused("is no regular file")
        return path.open("rb")


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
