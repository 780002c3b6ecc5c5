"""Unpacks archives (`.gz`, `.zip`) and workbooks (`.xlsx`). The first bytes identify an archive: the marketplaces' APIs
return packed reports under names without an extension.

Unpacked files go to a temporary folder, never into memory, and no more than `LARGEST` bytes of them.
"""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from core.errors import FileRefused
from loaders.read import workbook

LARGEST = 2 << 30
MOST_MEMBERS = 1_000
BLOCK = 1 << 20
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")  # the last: an empty archive
PACKED = (_GZIP, *_ZIP)
"""Signatures of archives."""

_DAMAGED = (EOFError, OSError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class Report(NamedTuple):
    """One report file: its path, and its display name (`reports.zip/ledger.csv`).

    `note` lists skipped parts.
    """

    path: Path
    name: str
    is_workbook: bool = False
    note: str = ""


HasHeader = Callable[[Path], bool]
"""A function that decides whether a text file has the header of a report."""


@contextmanager
def unpacked(path: Path, has_header: HasHeader) -> Iterator[Iterator[Report]]:
    """The reports in a file: itself, or the files packed in it, each available until the next one is requested. Of a
    workbook: the sheets with a report's header.

    Raises FileRefused, at once or at the affected report, for damaged, locked or oversized files.
    """
    with TemporaryDirectory(prefix="recoup-") as folder:
        yield _reports(path, Path(folder), has_header)


def _reports(path: Path, folder: Path, has_header: HasHeader) -> Iterator[Report]:
    begins, target = _first_bytes(path), folder / "unpacked"
    if begins.startswith(_GZIP):
        with _refusing_damage(), gzip.open(path) as source:
            _copy(source, target, LARGEST)
        yield from _within(target, path.name, folder, has_header)
    elif begins.startswith(_ZIP) and not _is_workbook(path):
        yield from _members(path, folder, has_header)
    else:
        yield from _within(path, path.name, folder, has_header)


def _within(path: Path, name: str, folder: Path, has_header: HasHeader) -> Iterator[Report]:
    """The reports of an unpacked file: a workbook's sheets, or itself."""
    if _first_bytes(path).startswith(_ZIP) and _is_workbook(path):
        yield from _sheets(path, name, folder, has_header)
    else:
        yield Report(path, name)


def _is_workbook(path: Path) -> bool:
    with _refusing_damage(), zipfile.ZipFile(path) as archive:
        return workbook.is_document(archive)


def _sheets(path: Path, name: str, folder: Path, has_header: HasHeader) -> Iterator[Report]:
    with TemporaryDirectory(dir=folder) as place, _refusing_damage(), zipfile.ZipFile(path) as archive:
        found = [sheet for sheet in workbook.sheets(path, archive, Path(place)) if not sheet.is_empty]
        if not found:
            raise FileRefused("is a workbook without a filled cell")
        reports = [sheet for sheet in found if has_header(sheet.path)] or found[:1]
        others = ", ".join(sheet.name for sheet in found if sheet not in reports)
        note = f"Without a report's header, and passed over: {others}." if others else ""
        for sheet in reports:
            sheet_name = name if len(reports) == 1 else f"{name}/{sheet.name}"
            yield Report(sheet.path, sheet_name, is_workbook=True, note=note)


def _members(path: Path, folder: Path, has_header: HasHeader) -> Iterator[Report]:
    room, target = LARGEST, folder / "unpacked"
    with _refusing_damage():
        archive = zipfile.ZipFile(path)
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]
        if not 0 < len(members) <= MOST_MEMBERS:
            raise FileRefused(f"holds {len(members)} files; 1 to {MOST_MEMBERS:,} can be read")
        for member in members:
            with _refusing_damage(), archive.open(member) as source:
                room -= _copy(source, target, room)
            yield from _within(target, f"{path.name}/{member.filename}", folder, has_header)


def _is_hidden(name: str) -> bool:
    parts = (part for part in name.split("/") if part not in (".", ".."))
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, most: int) -> int:
    size = 0
    with target.open("wb") as handle:
        while block := source.read(BLOCK):
            size += len(block)
            if size > most:
                raise FileRefused(f"unpacks to more than {LARGEST >> 30} GiB")
            handle.write(block)
    return size


def _first_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():  # opening a pipe would wait for a writer; the reader decides what the file is
            return b""
        with path.open("rb") as handle:
            return handle.read(4)
    except OSError:
        return b""


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    except FileRefused:
        raise
    except _DAMAGED as error:
        raise FileRefused(f"can not be unpacked: {error}") from error
