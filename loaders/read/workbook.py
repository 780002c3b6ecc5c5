"""Excel workbooks (`.xlsx`) as text: a separate process with bounded memory writes each sheet as a CSV file.

`python -m loaders.read.workbook BOOK FOLDER` writes the sheets and prints their names. Cells keep their values: whole
numbers without a point, dates in ISO form. A number with more digits than Excel stores is written as Excel shows it
(`1.08E+14`), so that no column takes it for an identifier.
"""

import csv
import json
import math
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from core.errors import FileRefused
from core.settings import PROJECT

LARGEST = 256 << 20
"""Maximum bytes of an unpacked workbook: sheets of some 200,000 rows."""

MEMORY = 2 << 30
MOST_SHEETS = 100
_SECONDS = 300
_MOST_DIGITS = 15
"""Significant digits of a number: Excel replaces further ones by zeros."""

TOO_LARGE = f"is a workbook that unpacks to more than {LARGEST >> 20} MiB. Save its sheet as CSV, and take that in"
_NO_BOOK = {
    "xl/workbook.bin": "is a binary workbook (.xlsb). Save it as .xlsx or as CSV, and take that in",
    "word/document.xml": "is a text document; export the report as text, CSV or .xlsx",
    "ppt/presentation.xml": "is a presentation; export the report as text, CSV or .xlsx",
}
_OTHERS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "is an OpenDocument spreadsheet (.ods). Save it as .xlsx or as"
    " CSV, and take that in",
}


class Sheet(NamedTuple):
    """A sheet of a workbook, written as a CSV file. `is_empty`: it has no cell."""

    name: str
    path: Path
    is_empty: bool


def is_document(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a workbook. Raises FileRefused for another kind of document."""
    names = set(archive.namelist())
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100] if archive.getinfo("mimetype").file_size < 200 else b""
        if message := _OTHERS.get(kind.strip()):
            raise FileRefused(message)
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise FileRefused("is a Numbers document. Export it as .xlsx or as CSV, and take that in")
    if "[Content_Types].xml" not in names:
        return False
    for name, message in _NO_BOOK.items():
        if name in names:
            raise FileRefused(message)
    return True


def sheets(path: Path, archive: zipfile.ZipFile, folder: Path) -> list[Sheet]:
    """Write the sheets of a workbook as CSV files into a folder. Raises FileRefused for an unreadable workbook."""
    _check_size(archive)
    command = [sys.executable, "-m", "loaders.read.workbook", str(path.resolve()), str(folder)]
    try:
        done = subprocess.run(
            command, cwd=PROJECT, env={"PATH": ""}, capture_output=True, timeout=_SECONDS, text=True, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("is a workbook that takes too long to read. Save its sheet as CSV") from error
    if done.returncode == 0:
        return [Sheet(name, Path(place), is_empty) for name, place, is_empty in json.loads(done.stdout)]
    if done.returncode == 2:
        raise FileRefused(done.stderr.strip())
    raise FileRefused("is a workbook that can not be read in the memory there is. Save its sheet as CSV")


def _check_size(archive: zipfile.ZipFile) -> None:
    """Raises FileRefused for a workbook that is too large once unpacked, whatever size it states."""
    if sum(member.file_size for member in archive.infolist()) > LARGEST:
        raise FileRefused(TOO_LARGE)
    room = LARGEST
    for member in archive.infolist():
        with archive.open(member) as source:
            while block := source.read(1 << 20):
                room -= len(block)
                if room < 0:
                    raise FileRefused(TOO_LARGE)


def main(book: Path, folder: Path) -> int:
    """Write the sheets of a workbook; exit code 2, with a printed reason, for what is none or is locked."""
    _bound_memory()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # only this process needs it

    try:
        with CalamineWorkbook.from_path(book) as workbook:
            names = workbook.sheet_names
            if len(names) > MOST_SHEETS:
                return _refuse(f"is a workbook of {len(names):,} sheets; up to {MOST_SHEETS} can be read")
            written = [
                _write(workbook.get_sheet_by_name(name), folder / f"{number}.csv") for number, name in enumerate(names)
            ]
    except PasswordError:
        return _refuse("is a workbook with a password. Save it without one")
    except (CalamineError, ValueError, OSError) as error:
        return _refuse(f"is a workbook that can not be read: {error}")
    sys.stdout.write(json.dumps(written))
    return 0


def _refuse(message: str) -> int:
    sys.stderr.write(message)
    return 2


def _bound_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _write(sheet: Any, path: Path) -> tuple[str, str, bool]:
    """Write a sheet so that line numbers equal row numbers."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, quoting=csv.QUOTE_ALL, lineterminator="\n")
        if sheet.start is not None:
            writer.writerows(_trimmed([text_of(cell) for cell in row]) for row in sheet.iter_rows())
    return sheet.name, str(path), sheet.start is None


def _trimmed(cells: list[str]) -> list[str]:
    """The cells without trailing empty ones: a sheet is as wide as its widest row."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def text_of(cell: object) -> str:
    """A cell as text, with blanks instead of line breaks."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return _moment_text(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return " ".join(str(cell).split("\n")).replace("\r", "")


def number_text(value: float) -> str:
    """A number: a whole one without a point, others with the 15 digits that Excel stores. Three decimals get a trailing
    zero, since `1.234` could be read as thousands.
    """
    if not math.isfinite(value):
        return "#NUM!"
    if value == int(value):
        return str(int(value)) if abs(value) < 10**_MOST_DIGITS else f"{value:.14E}"
    exact = f"{Decimal(f'{value:.{_MOST_DIGITS}g}'):f}"
    return exact if len(exact.partition(".")[2]) != 3 else f"{exact}0"


def _moment_text(value: datetime) -> str:
    rounded = value + timedelta(microseconds=500_000)
    return (
        rounded.date().isoformat()
        if rounded.time().replace(microsecond=0) == time()
        else f"{rounded:%Y-%m-%d %H:%M:%S}"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
