"""Packed files (`.gz`, `.zip`) are read as what they hold. Whether a file is packed is told by its first bytes: the
marketplaces' APIs give out packed reports under names that do not say so.

What is unpacked goes to a temporary folder, never into memory, and no more than `LARGEST` bytes of it.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from core.errors import FileRefused

LARGEST = 2 << 30
MOST_MEMBERS = 1_000
BLOCK = 1 << 20
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")  # the last: an archive of nothing
PACKED = (_GZIP, *_ZIP)
"""How packed files begin."""

_DAMAGED = (EOFError, OSError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class Report(NamedTuple):
    """One report file: where its bytes are, and its name among people (`reports.zip/ledger.csv`)."""

    path: Path
    name: str


@contextmanager
def unpacked(path: Path) -> Iterator[Iterator[Report]]:
    """The reports that a file holds: itself, or what is packed in it, each there until the next one is asked for.

    Raises FileRefused, at once or at the report that it meets, for what is damaged, locked or larger than `LARGEST`.
    """
    with TemporaryDirectory(prefix="recoup-") as folder:
        yield _reports(path, Path(folder) / "unpacked")


def _reports(path: Path, target: Path) -> Iterator[Report]:
    begins = _first_bytes(path)
    if begins.startswith(_GZIP):
        with _refusing_damage(), gzip.open(path) as source:
            _copy(source, target, LARGEST)
        yield Report(target, path.name)
    elif begins.startswith(_ZIP):
        yield from _members(path, target)
    else:
        yield Report(path, path.name)


def _members(path: Path, target: Path) -> Iterator[Report]:
    room = LARGEST
    with _refusing_damage():
        archive = zipfile.ZipFile(path)
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]
        if any(member.filename == "[Content_Types].xml" for member in members):
            raise FileRefused("is a spreadsheet; export the report as text or CSV")
        if not 0 < len(members) <= MOST_MEMBERS:
            raise FileRefused(f"holds {len(members)} files; 1 to {MOST_MEMBERS:,} can be read")
        for member in members:
            with _refusing_damage(), archive.open(member) as source:
                room -= _copy(source, target, room)
            yield Report(target, f"{path.name}/{member.filename}")


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
        if not path.is_file():  # a pipe would wait for somebody who writes; what it is, is told by whoever reads it
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
