"""Which files a call names: files as they are, folders with all that is in them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to take in, in a stable order. What is named is taken whatever it is, so that it can be refused by
    name; so is a folder that may not be read.

    In folders, hidden files and links are passed over: a link could lead out of the folder that was meant.
    """
    for path in paths:
        if _is_folder(path):
            yield from _reports_in(path)
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _reports_in(folder: Path) -> list[Path]:
    found: list[Path] = []
    unread: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=unread.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(place, name) for name in names if not name.startswith("."))
        found += [file for file in files if not file.is_symlink() and file.is_file()]
    return sorted([*found, *(Path(error.filename) for error in unread)])
