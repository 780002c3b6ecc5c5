"""The temporary folder of an import: private to this process's user, and always deleted. The next import deletes what a
killed server left behind.
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
    """One uploaded file: its name in the browser, and its bytes."""

    name: str
    content: BinaryIO


def safe_name(name: str) -> str:
    """The last part of a browser's file name, without unprintable characters, and shortened.

    The end stays: it has the extension, and often the date.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(character if character.isprintable() else "_" for character in last).strip().lstrip(".")
    shortened = plain[-_LONGEST_NAME:]
    while len(shortened.encode()) > 2 * _LONGEST_NAME:
        shortened = shortened[1:]
    return shortened.lstrip(".") or "report"


@contextmanager
def import_folder() -> Iterator[Path]:
    """A new folder (0700) for one import, locked until this process ends or no longer needs it, and then deleted."""
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
    """Write each file into a subfolder of its own, since two may have the same name; returns the names.

    The subfolders are in the order of the names, which is the order in which `sync` takes a folder in.
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
            continue  # deleted meanwhile, or another user's
