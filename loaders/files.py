"""Which files a call names: files as they are, folders with all that is in them."""

from collections.abc import Iterable, Iterator
from pathlib import Path


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to take in, in a stable order. A file that is named is taken whatever it is, so that it can be
    refused by name.

    In folders, hidden files and links are passed over: a link could lead out of the folder that was meant.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(entry for entry in path.rglob("*") if _is_report(entry, path))
        else:
            yield path


def _is_report(entry: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in entry.relative_to(folder).parts)
    return not hidden and not entry.is_symlink() and entry.is_file()
