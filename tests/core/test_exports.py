"""Exports: every row, to the last digit, and nothing that a spreadsheet would run."""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Connection, text

from core.errors import LimitReached
from core.exports import Kind, Table, harmless, write_csv, write_workbook
from core.exports.cells import written

COLUMNS: dict[str, Kind] = {
    "sku": "text",
    "units": "number",
    "amount": "amount",
    "currency": "text",
    "event_on": "date",
}
ROWS = """
    select * from (values
        ('00123', 3, 1234.50::numeric, 'USD', date '2026-11-22'),
        ('1E5', -1, -7.25, 'EUR', null),
        ('=cmd|''/c calc''!A1', 0, 1200, 'JPY', date '2026-02-28'),
        ('<b>Größe</b>', null, null, '', null)
    ) as r (sku, units, amount, currency, event_on)
"""


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("MUG-1", "MUG-1"),
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("  =1", "'  =1"),
        ("\x00=1", "'=1"),
        ("＝1", "'＝1"),
        ("two\r\nlines", "two lines"),
        ("bell\x07 and \x9b escape", "bell and  escape"),
        ("<script>", "<script>"),
        ("", ""),
    ],
)
def test_a_text_is_never_a_formula_and_has_no_control_characters(text: str, cell: str) -> None:
    assert harmless(text) == cell


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " ", ":", "/", "~", "^", "_", "#", ".", "(", "\\"])
def test_a_csv_file_is_harmless_whatever_separator_it_is_opened_with(tmp_path: Path, separator: str) -> None:
    sign, command = "=+-@＝＋－＠", "cmd|'/c calc'!A1"
    hostile = [f"MUG{separator}{blank}{each}{command}" for each in sign for blank in ("", " ", '"', ' "', "\u00a0")]
    hostile += [f"{each}{command}" for each in sign] + [f"a{separator}{separator}={command}", f"a ={command}"]
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([written(each), "x", written(f"1{separator}{each}"), "y"] for each in hostile)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell.strip(' \u00a0"') for row in csv.reader(file, delimiter=separator) for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple(sign))] == []


@pytest.mark.parametrize(
    "text",
    ["AB-CD-12", "Inbound - damaged", "2026-11-22", "a=b", "x@example.com", "C++", "A--B", "1+1=2", "Größe-10", "Ü-1"],
)
def test_ordinary_texts_and_ids_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (Decimal("0.10"), "0.10"),
        (Decimal("-1E+3"), "-1000"),
        (Decimal("12345678901234567890.12"), "12345678901234567890.12"),
        (-3, "-3"),
        (date(2026, 2, 28), "2026-02-28"),
        (datetime(2026, 2, 28, 6, 10, 5), "2026-02-28T06:10:05"),  # noqa: DTZ001
        (["ready", "=1"], "ready, '=1"),
    ],
)
def test_amounts_are_exact_and_dates_are_iso(value: object, cell: str) -> None:
    assert written(value) == cell


def exported(connection: Connection, folder: Path) -> tuple[Path, int]:
    path = folder / "rows.csv"
    return path, write_csv(connection, Table(text(ROWS), {}, COLUMNS), path)


def test_a_csv_file_has_every_row_as_it_is(connection: Connection, tmp_path: Path) -> None:
    path, rows = exported(connection, tmp_path)
    assert rows == 4
    assert path.read_bytes().startswith(b"\xef\xbb\xbfsku,")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [
            ["00123", "3", "1234.50", "USD", "2026-11-22"],
            ["1E5", "-1", "-7.25", "EUR", ""],
            ["'=cmd|'/c calc'!A1", "0", "1200", "JPY", "2026-02-28"],
            ["<b>Größe</b>", "", "", "", ""],
        ]


def test_a_workbook_has_texts_as_texts_and_amounts_with_their_currencys_decimals(
    connection: Connection, tmp_path: Path
) -> None:
    source, rows = exported(connection, tmp_path)
    write_workbook(source, tmp_path / "rows.xlsx", COLUMNS, {"For": "=Acme", "As of": "2026-11-22"}, rows)
    book = openpyxl.load_workbook(tmp_path / "rows.xlsx")
    cells = list(book["Rows"].iter_rows(min_row=2))
    assert [cell.value for cell in cells[0]] == ["00123", 3, 1234.5, "USD", datetime(2026, 11, 22)]  # noqa: DTZ001
    assert (cells[0][2].number_format, cells[2][2].number_format) == ("#,##0.00", "#,##0")
    assert (cells[2][0].value, cells[2][0].data_type) == ("'=cmd|'/c calc'!A1", "s")
    assert book["Rows"].freeze_panes == "A2"
    assert [cell.value for cell in book["About"]["B"]] == ["=Acme", "2026-11-22"]
    assert all(cell.data_type == "s" for cell in book["About"]["B"])


def test_a_workbook_is_bounded_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(LimitReached, match="up to 50,000 rows, and these are 50,001: take the CSV file"):
        write_workbook(tmp_path / "a.csv", tmp_path / "a.xlsx", COLUMNS, {}, 50_001)


def test_a_hundred_thousand_rows_are_written_in_bounded_memory(connection: Connection, tmp_path: Path) -> None:
    query = text("select 'SKU-' || n as sku, n as units, n * 0.01 as amount from generate_series(1, 100000) as n")
    table = Table(query, {}, {"sku": "text", "units": "number", "amount": "amount"})
    assert write_csv(connection, table, tmp_path / "many.csv") == 100_000
