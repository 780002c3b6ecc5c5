"""What a file is, before a row of it is read: its hash, encoding, delimiter and header, and the format that has this
header.

Memory is bounded whatever the file holds: it is read in blocks, lines have a longest length, JSON documents a largest
size.
"""

import codecs
import csv
import hashlib
import json
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from core.errors import AmbiguousFormat, FileRefused, UnknownFormat
from loaders.report_format import ReportFormat

BLOCK = 1 << 20
LONGEST_LINE = 1 << 22
LARGEST_JSON = 64 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ("\t", ",", ";")

Read = TypeVar("Read")


@dataclass(frozen=True)
class Contents:
    """A file's bytes: which they are (`sha256`, hex), how many, and the encoding that fits all of them."""

    path: Path
    sha256: str
    size: int
    encoding: str


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


def inspect(path: Path, fallbacks: Sequence[str] = ("cp1252",)) -> Contents:
    """Read the whole file once, in blocks, for its hash and encoding.

    UTF-8 if every byte of it fits, UTF-16 with its mark, else the first of `fallbacks` that fits. Raises FileRefused
    for what is no readable regular file, is empty, or is no text.
    """
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", *fallbacks)}
    size, marked = 0, ""
    with _opened(path) as handle:
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
    return Contents(path, digest.hexdigest(), size, fitting)


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
    tables = [_table(line, text, delimiter) for delimiter in _DELIMITERS]
    fitting = [
        (candidate, table)
        for table in tables
        for candidate in formats
        if not candidate.is_json() and candidate.has_header(table.header)
    ]
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
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"is no complete JSON document: {error}") from error
    fitting = []
    for candidate in formats:
        records = _flattened(document, candidate.records) if candidate.is_json() else None
        if records is not None and candidate.has_header(records.header):
            fitting.append((candidate, records))
    found = tuple(document) if isinstance(document, dict) else ("a list",)
    return _the_one(fitting, found)


def _flattened(document: Any, path: tuple[str, ...]) -> Records | None:
    """The records at the end of a path of lists (or single objects), each with the plain values of those around it."""
    found = list(_walk(document, path, {}))
    if not found:
        return None
    header = tuple(dict.fromkeys(name for record in found for name in record))
    return Records(header, tuple(tuple(record.get(name, "") for name in header) for record in found))


def _walk(node: Any, path: tuple[str, ...], around: dict[str, str]) -> Any:
    if isinstance(node, list):
        for entry in node:
            yield from _walk(entry, path, around)
    elif isinstance(node, dict):
        plain = {**around, **{key: _plain(value) for key, value in node.items() if not isinstance(value, dict | list)}}
        if not path:
            yield plain
        elif path[0] in node:
            yield from _walk(node[path[0]], path[1:], plain)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _the_one(
    fitting: Sequence[tuple[type[ReportFormat], Read]], header: Sequence[str]
) -> tuple[type[ReportFormat], Read]:
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = " and ".join(candidate.code for candidate, _ in fitting)
        raise AmbiguousFormat(f"has a header of two formats, {names}")
    shown = ", ".join(header)
    raise UnknownFormat(f"is of no known format. Its header is: {shown[:400]}{'…' if len(shown) > 400 else ''}")


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


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
