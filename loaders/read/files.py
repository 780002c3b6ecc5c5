"""Expands the paths of a call: files, and folders with all their files."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to load, in a stable order. A named file is always included, so that it can be refused by name; so is
    an unreadable folder.

    In folders, hidden files and links are skipped: a link could lead out of the folder.
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
