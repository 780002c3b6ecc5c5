"""What a file is, before a row of it is read: its hash, encoding, delimiter and header, and the format that has this
header.

Memory is bounded whatever the file holds: it is read in blocks, lines have a longest length, JSON documents a largest
size.
"""

import codecs
import csv
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from core.errors import AmbiguousFormat, FileRefused, UnknownFormat
from loaders.columns import folded_header
from loaders.issues import UNSTORABLE
from loaders.json_records import is_page_without_records, records_of
from loaders.report_format import ReportFormat

BLOCK = 1 << 20
LONGEST_LINE = 1 << 22
LONGEST_HEADER = 1 << 16
LARGEST_JSON = 64 << 20
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
        now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (self.size, self.written_at):
            raise FileRefused("was changed while it was read; take it in again")


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


@dataclass(frozen=True)
class Records:
    """A JSON file: its records flattened to cells under one header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Read = TypeVar("Read", Table, Records)


def inspect(path: Path, fallbacks: Sequence[str] = ("cp1252",), *, name: str = "") -> Contents:
    """Read the whole file once, in blocks, for its hash and encoding.

    UTF-8 if every byte of it fits, UTF-16 with its mark, else the first of `fallbacks` that fits. Raises FileRefused
    for what is no readable regular file, is empty, or is no text.
    """
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", *fallbacks)}
    size, marked = 0, ""
    with _opened(path) as handle:
        written_at = os.fstat(handle.fileno()).st_mtime_ns
        while block := handle.read(BLOCK):
            if not size:
                marked = next((name for mark, name in _BOMS if block.startswith(mark)), "")
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

    Raises UnknownFormat, which names the header found, or AmbiguousFormat: two formats for one header is an error,
    never a guess.
    """
    first = _first_line(contents)
    if first[1].lstrip()[:1] in ("{", "["):
        return _json_format(contents, formats)
    return _tabular_format(first, formats)


def _tabular_format(first: tuple[int, str], formats: Sequence[type[ReportFormat]]) -> tuple[type[ReportFormat], Table]:
    line, text = first
    if len(text) > LONGEST_HEADER:
        return _the_one([], [text])
    tables = [_table(line, text, delimiter) for delimiter in _DELIMITERS]
    fitting = [(candidate, table) for table in tables for candidate in formats if candidate.has_header(table.header)]
    return _the_one(fitting, max(tables, key=lambda table: len(table.header)).header)


def _table(line: int, text: str, delimiter: str) -> Table:
    is_quoted = delimiter != "\t" or text.startswith('"')
    table = Table((), line, delimiter, is_quoted)
    cells = next(table.reader([text]), [])
    return replace(table, header=tuple(cell.strip() for cell in cells))


def _json_format(contents: Contents, formats: Sequence[type[ReportFormat]]) -> tuple[type[ReportFormat], Records]:
    if contents.size > LARGEST_JSON:
        raise FileRefused(f"is a JSON document of more than {LARGEST_JSON >> 20} MiB; export it in smaller pages")
    try:
        document = json.loads(
            contents.path.read_text(contents.encoding), parse_int=str, parse_float=str, parse_constant=str
        )
        fitting = list(_json_candidates(document, formats))
    except ValueError as error:
        raise FileRefused(f"is no complete JSON document: {error}") from error
    except RecursionError as error:
        raise FileRefused("is a JSON document that is nested too deeply") from error
    found = tuple(document) if isinstance(document, dict) else ("a list",)
    return _the_one(fitting, found)


def _json_candidates(
    document: Any, formats: Sequence[type[ReportFormat]]
) -> Iterator[tuple[type[ReportFormat], Records]]:
    for candidate in formats:
        if candidate.is_json():
            header, rows = records_of(document, candidate)
            if candidate.has_names(header) or is_page_without_records(document, candidate):
                yield candidate, Records(header, rows)


def _the_one(
    fitting: Sequence[tuple[type[ReportFormat], Read]], header: Sequence[str]
) -> tuple[type[ReportFormat], Read]:
    if len(fitting) == 1:
        report, read = fitting[0]
        _check_header(report, read.header)
        return report, read
    if fitting:
        names = " and ".join(candidate.code for candidate, _ in fitting)
        raise AmbiguousFormat(f"has a header of two formats, {names}")
    shown = ", ".join(header)
    raise UnknownFormat(f"is of no known format. Its header is: {shown[:400]}{'…' if len(shown) > 400 else ''}")


def _check_header(report: type[ReportFormat], header: Sequence[str]) -> None:
    """Raises FileRefused where a column that is read is there twice, or where a name can not be stored."""
    names = [folded_header(name) for name in header]
    for name in (name for column in report.columns for name in column.folded_names()):
        if names.count(name) > 1:
            raise FileRefused(f"has the column {header[names.index(name)]} twice")
    if UNSTORABLE.search("".join(header)):
        raise FileRefused("has a control character in its header")


def _first_line(contents: Contents) -> tuple[int, str]:
    with contents.path.open(encoding=contents.encoding, newline="") as handle:
        number = 0
        while line := handle.readline(LONGEST_LINE):
            number += 1
            if line.strip():
                return number, line.rstrip("\r\n")
    raise FileRefused("holds no header")


def _opened(path: Path) -> Any:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise FileRefused("is a folder")
        if not stat.S_ISREG(mode):
            raise FileRefused("is no regular file")
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileRefused("does not exist") from error
    except PermissionError as error:
        raise FileRefused("may not be read: no permission") from error
    except OSError as error:
        raise FileRefused(f"can not be read: {error.strerror}") from error


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
