"""The folder that uploaded files lie in while they are taken in. It is the user's of this process alone, and it goes
whatever happens: what a killed server left behind is removed by the next import.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fasteners import InterProcessLock

_PREFIX = "recoup-import-"
_LONGEST_NAME = 120
_BLOCK = 1 << 20
_SECONDS_TO_LOCK = 60


class Upload(NamedTuple):
    """One file as a browser sent it: the name that it has there, and its bytes."""

    name: str
    content: BinaryIO


def safe_name(name: str) -> str:
    """The last part of a name that a browser sent, without characters that can not be printed, and not too long.

    The end of it stays: it says what the file is, and often its date.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(character if character.isprintable() else "_" for character in last).strip().lstrip(".")
    kept = plain[-_LONGEST_NAME:]
    while len(kept.encode()) > 2 * _LONGEST_NAME:
        kept = kept[1:]
    return kept.lstrip(".") or "report"


@contextmanager
def import_folder() -> Iterator[Path]:
    """A new folder (0700) for one import. It is locked as long as this process lives and needs it, and removed then."""
    _remove_left_behind()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = InterProcessLock(folder / "lock")
    lock.acquire()
    try:
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def write_files(folder: Path, uploads: Sequence[Upload]) -> list[str]:
    """Write the files into the folder, each into one of its own, for two may have the same name; returns their names.

    They stand in the order of their names, in which `sync` takes a folder in.
    """
    named = sorted(((safe_name(upload.name), upload.content) for upload in uploads), key=lambda each: each[0])
    for number, (name, content) in enumerate(named):
        own = folder / f"{number:05}"
        own.mkdir(parents=True)
        content.seek(0)
        with (own / name).open("wb") as file:
            shutil.copyfileobj(content, file, _BLOCK)
    return [name for name, _ in named]


def _remove_left_behind() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = time.time() - folder.stat().st_mtime > _SECONDS_TO_LOCK
            lock = InterProcessLock(folder / "lock")
            # The kernel lets go of a dead process's lock.
            if is_old and lock.acquire(blocking=False):
                lock.release()
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # gone meanwhile, or another user's
