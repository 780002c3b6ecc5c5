"""Converts the CSV file of an export to an Excel workbook. `python -m core.exports` does it in a separate process,
because it takes a while and would block all visitors.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from core import money
from core.errors import LimitReached
from core.exports.table import Kind
from core.settings import PROJECT

MOST_ROWS = 50_000
"""Maximum rows of a workbook; a CSV file has no limit."""

_SECONDS = 120
_WIDEST = 40


def write_workbook(source: Path, path: Path, columns: Mapping[str, Kind], about: Mapping[str, str], rows: int) -> None:
    """Make a workbook from a CSV file with this number of rows, in a separate process.

    `about` fills the About sheet: for whom, as of when, with which filters. Raises LimitReached above MOST_ROWS.
    """
    if rows > MOST_ROWS:
        raise LimitReached(f"An Excel file holds up to {MOST_ROWS:,} rows, and these are {rows:,}: take the CSV file.")
    told = json.dumps({"columns": dict(columns), "about": dict(about)})
    command = [sys.executable, "-m", "core.exports", str(source), str(path)]
    # The process needs neither the database nor any secrets.
    subprocess.run(command, input=told, text=True, cwd=PROJECT, env={"PATH": ""}, timeout=_SECONDS, check=True)


def convert(source: Path, path: Path, columns: Mapping[str, Kind], about: Mapping[str, str]) -> None:
    """Make the workbook in this process."""
    import xlsxwriter  # only this process needs it

    # Writes each row to the disk at once, so cells must be written in order.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book, source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
        sheet = book.add_worksheet("Rows")
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        formats |= {str(digits): book.add_format({"num_format": _pattern(digits)}) for digits in (0, 2)}
        sheet.freeze_panes(1, 0)
        for number, name in enumerate(columns):
            sheet.set_column(number, number, _width(name, rows))
        sheet.write_row(0, 0, list(columns), formats["head"])
        for number, row in enumerate(rows, start=1):
            for place, (name, kind) in enumerate(columns.items()):
                _write(sheet, number, place, row, name, kind, formats)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        _tell(book.add_worksheet("About"), about)


def _write(
    sheet: Any, number: int, place: int, row: Mapping[str, str], name: str, kind: Kind, formats: Mapping[str, Any]
) -> None:
    value = row[name]
    if not value:
        return
    if kind == "date":
        sheet.write_datetime(number, place, date.fromisoformat(value[:10]), formats["date"])
    elif kind == "amount":
        sheet.write_number(number, place, float(value), formats[str(money.minor_digits(row.get("currency", "")))])
    elif kind == "number":
        sheet.write_number(number, place, float(value))
    else:
        sheet.write_string(number, place, value)


def _tell(sheet: Any, about: Mapping[str, str]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    for number, (name, value) in enumerate(about.items()):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, value)


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def _width(name: str, rows: Sequence[Mapping[str, str]]) -> int:
    return min(_WIDEST, max(len(name) + 2, *(len(row[name]) + 1 for row in rows[:200]), 8))
