"""Files as people have them: saved by a spreadsheet or a notebook, with titles, quotes and columns of their own. Each
is read, or refused with a reason that says what to do; nothing is half taken.
"""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from loaders.formats import FORMATS
from tests.loaders.conftest import Desk
from tests.loaders.reports import (
    LEDGER,
    RECON,
    REIMBURSEMENT,
    RETURN,
    costs,
    ledger,
    recon,
    reimbursements,
    returns,
    table,
)
from tests.loaders.test_samples import FILES, name_of

MOMENT = {"Date and Time": "", "Store": ""}
HEADER = "sku,marketplace,unit_cost,currency,valid_from"
ROW = "MUG-1,AMAZON_US,4.75,USD,2026-01-01"


def events(desk: Desk) -> list[tuple[str, int]]:
    rows = desk.rows("select event_on, quantity from inventory_event where account_id = :account_id order by line")
    return [(row["event_on"].isoformat(), row["quantity"]) for row in rows]


# Columns -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix != ".json"], ids=name_of)
def test_a_report_is_taken_without_any_column_that_nothing_needs(desk: Desk, path: Any) -> None:
    report = next(report for report in FORMATS if report.code == path.parent.name)
    optional = {name for column in report.columns if column.optional for name in column.folded_names()}
    text = path.read_text(encoding="utf-8") if "cp1252" not in path.name else path.read_text(encoding="cp1252")
    delimiter = "\t" if "\t" in text.split("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    keep = [i for i, name in enumerate(rows[0]) if "".join(filter(str.isalnum, name)).lower() not in optional]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
        [[row[i] if i < len(row) else "" for i in keep] for row in rows]
    )
    result = desk.take(path.name, out.getvalue())
    assert (result.format, result.status) == (report.code, "taken"), result.message


def test_returns_without_a_status_are_taken(desk: Desk) -> None:
    columns = [name for name in RETURN if name not in ("status", "asin", "customer-comments")]
    assert desk.take("returns.tsv", table(RETURN, [{}], columns)).new == 1


@pytest.mark.parametrize(
    ("header", "other"),
    [("MSKU", "SKU"), ("Fulfillment Center", "Fulfilment Centre"), ("Reconciled Quantity", "Reconciled")],
)
def test_another_known_name_of_a_column_is_the_same_column(desk: Desk, header: str, other: str) -> None:
    desk.take("ledger.tsv", ledger({"Reconciled Quantity": "1"}))
    again = desk.take("ledger.tsv", ledger({"Reconciled Quantity": "1"}).replace(header, other, 1))
    assert (again.status, again.new, again.unchanged) == ("taken", 0, 1)


# Numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "quantities"),
    [
        (["-1.0", "-3.0"], [-1, -3]),
        (["-1", "-1,200"], [-1, -1200]),
        (["-1,200", "-3"], [-1200, -3]),
        (["-1,200,000", "-2,000"], [-1_200_000, -2000]),
        (["1.0", "2.000"], [1, 2]),
        (["1,0", "2,000"], [1, 2]),
        (["(3)", "2"], [-3, 2]),
    ],
)
def test_units_are_read_where_their_column_shows_its_form(desk: Desk, cells: list[str], quantities: list[int]) -> None:
    rows = [{"Quantity": cell, "Reference ID": str(number)} for number, cell in enumerate(cells)]
    result = desk.take("ledger.tsv", ledger(*rows))
    assert (result.status, result.refused) == ("taken", 0), result.message
    assert [quantity for _, quantity in events(desk)] == quantities


@pytest.mark.parametrize(
    ("cells", "refused"), [(["-2.5"], 1), (["-1,200"], 1), (["-1,000", "-2,000"], 2), (["1.0", "2.500"], 1)]
)
def test_units_that_may_be_parts_are_refused(desk: Desk, cells: list[str], refused: int) -> None:
    rows = [{"Quantity": cell, "Reference ID": str(number)} for number, cell in enumerate(cells)]
    result = desk.take("ledger.tsv", ledger(*rows))
    assert (result.status, result.refused) == ("taken", refused)
    assert result.message


def test_amounts_are_read_as_a_spreadsheet_shows_them(desk: Desk) -> None:
    paid = [{"amount-total": "$1,025.00"}, {"amount-total": "(12.50)"}, {"amount-total": "-1,200"}]
    rows = [{**row, "reimbursement-id": str(number), "amount-per-unit": ""} for number, row in enumerate(paid)]
    assert desk.take("paid.tsv", reimbursements(*rows)).refused == 0
    amounts = desk.column("select amount::text from reimbursement where account_id = :account_id order by line")
    assert amounts == ["1025.00", "-12.50", "-1200"]


def test_amounts_of_another_currency_than_their_rows_are_refused(desk: Desk) -> None:
    result = desk.take("paid.tsv", reimbursements({"amount-total": "£12.34", "amount-per-unit": "£12.34"}))
    assert result.message == "paid.tsv has amounts in £, and its rows are in USD."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"unit_cost": "-5.00"}, "unit_cost is less than 0"),
        ({"currency": "XYZ"}, "currency is not a currency"),
        ({"currency": "XXX"}, "currency is not a currency"),
    ],
)
def test_a_cost_that_can_not_be_is_refused(desk: Desk, row: dict[str, object], reason: str) -> None:
    result = desk.take("costs.csv", costs(row))
    assert (result.refused, desk.counts()) == (1, {})
    assert reason in result.message


# Dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["10/8/26", "10/20/26"], ["2026-10-08", "2026-10-20"]),
        (["10/20/26", "10/8/26"], ["2026-10-20", "2026-10-08"]),
        (["8/10/26", "20/10/26"], ["2026-10-08", "2026-10-20"]),
        (["08/10/2026", "20/10/2026"], ["2026-10-08", "2026-10-20"]),
        (["08-10-2026", "20-10-2026"], ["2026-10-08", "2026-10-20"]),
        (["10/08/2026", "10/09/2026"], ["2026-10-08", "2026-10-09"]),
    ],
)
def test_a_date_is_read_in_the_form_that_its_column_shows(desk: Desk, cells: list[str], days: list[str]) -> None:
    result = desk.take("ledger.tsv", ledger(*({"Date": cell} for cell in cells)))
    assert (result.status, result.refused) == ("taken", 0), result.message
    assert [day for day, _ in events(desk)] == days


@pytest.mark.parametrize("cells", [["10/8/26"], ["10/8/26", "11/9/26"], ["10-08-2026"]])
def test_a_date_that_its_column_does_not_tell_is_refused(desk: Desk, cells: list[str]) -> None:
    result = desk.take("ledger.tsv", ledger(*({"Date": cell} for cell in cells)))
    assert (result.refused, events(desk)) == (len(cells), [])
    assert "month first or day first, and the column does not tell which" in result.message


@pytest.mark.parametrize(
    "cells",
    [
        ["10.08.2026", "10/20/2026"],
        ["10/20/2026", "10.08.2026"],
        ["13/05/2026", "05/14/2026"],
        ["2026-08-10", "10/20/2026"],
        ["10/20/26", "20/10/26"],
        ["10/20/2026", "10-08-2026"],
    ],
)
def test_a_column_of_two_forms_is_refused_with_a_hint_at_the_spreadsheet(desk: Desk, cells: list[str]) -> None:
    result = desk.take("ledger.tsv", ledger(*({"Date": cell} for cell in cells)))
    assert (result.status, events(desk)) == ("refused", [])
    assert "writes dates in two forms in the column Date" in result.message
    assert "without opening it in a spreadsheet" in result.message


def test_one_cell_that_is_no_date_in_any_form_is_refused_by_itself(desk: Desk) -> None:
    result = desk.take("ledger.tsv", ledger({"Date": "10/20/2026"}, {"Date": "13/32/2026"}))
    assert (result.new, result.refused) == (1, 1)


@pytest.mark.parametrize("moment", ["2026-10-08T00:00:00+0200", "2026-10-08T00:00:00-0700"])
def test_a_day_that_its_rows_own_moment_denies_is_refused(desk: Desk, moment: str) -> None:
    rows = [{"Date": "10.08.2026", "Date and Time": moment, "Store": ""}]
    result = desk.take("ledger.tsv", table({**LEDGER, **MOMENT}, rows))
    assert (result.status, events(desk)) == ("refused", [])
    assert "says 2026-08-10 under Date and 2026-10-0" in result.message
    assert "turned days and months around" in result.message


def test_a_day_that_is_its_moments_in_some_time_zone_is_taken(desk: Desk) -> None:
    rows = [
        {"Date": "10/08/2026", "Date and Time": "2026-10-08T00:00:00+0900", "Reference ID": "1"},
        {"Date": "10/08/2026", "Date and Time": "2026-10-08T23:59:59-0700", "Reference ID": "2"},
    ]
    assert desk.take("ledger.tsv", table({**LEDGER, **MOMENT}, rows)).new == 2


def test_legacy_adjustments_of_the_emirates_have_days_first(desk: Desk) -> None:
    header = "adjustment-date\ttransaction-item-id\tfnsku\tsku\tfulfillment-center-id\tquantity\treason\tdisposition"
    rows = [
        f"{day}\t{number}\tX1\tS1\tDXB3\t-1\tM\tSELLABLE" for number, day in enumerate(["08-10-2022", "20-10-2022"])
    ]
    assert desk.take("old.tsv", "\n".join([header, *rows, ""])).refused == 0
    found = desk.column("select adjusted_on from legacy_adjustment where account_id = :account_id order by line")
    assert found == [date(2022, 10, 8), date(2022, 10, 20)]


# Identifiers ---------------------------------------------------------------------------------------------------------


def test_order_numbers_that_a_spreadsheet_cut_are_refused(desk: Desk) -> None:
    cut = [
        {"Purchase Order #": "1.08E+14", "Amount": "21.00"},
        {"Purchase Order #": "108000000000010", "Amount": "1.00"},
    ]
    result = desk.take("recon.csv", recon("22.00", *cut))
    assert (result.new, result.refused) == (1, 1)
    assert "Purchase Order # was a number that a spreadsheet cut" in result.message


def test_an_identifier_with_a_notebooks_point_is_the_same(desk: Desk) -> None:
    desk.take("paid.tsv", reimbursements({"case-id": "77010203"}))
    again = desk.take("paid.tsv", reimbursements({"case-id": "77010203.0", "reimbursement-id": "9100000001.0"}))
    assert (again.new, again.unchanged) == (0, 1)


# Quotes --------------------------------------------------------------------------------------------------------------


def quoted(*titles: str) -> str:
    lines = [",".join(f'"{name}"' for name in LEDGER)]
    for number, title in enumerate(titles, 1):
        row = {**LEDGER, "Title": title, "Reference ID": str(number), "Quantity": str(-number)}
        lines.append(",".join(f'"{value}"' for value in row.values()))
    return "\n".join([*lines, ""])


@pytest.mark.parametrize(
    "titles",
    [
        ['Screen 24", matt', 'Ruler 12"', "plain"],
        ['24" x 36"', "plain", '"Best" lamp'],
        ['"', "plain", '""'],
        ['Lamp 12"" arm', "properly doubled"],
        ['12",', "comma behind the quote"],
    ],
)
def test_quotes_in_a_title_do_not_take_rows_with_them(desk: Desk, titles: list[str]) -> None:
    result = desk.take("ledger.csv", quoted(*titles))
    assert (result.status, result.refused) == ("taken", 0), result.message
    assert [quantity for _, quantity in events(desk)] == [-number for number in range(1, len(titles) + 1)]


def test_quotes_are_read_under_a_header_without_any(desk: Desk) -> None:
    text = quoted('Screen 24", matt', 'Ruler 12"', "plain")
    header, rest = text.split("\n", 1)
    unquoted = header.replace('"', "")
    result = desk.take("ledger.csv", f"{unquoted}\n{rest}")
    assert (result.new, result.refused) == (3, 0)


def test_a_row_whose_cells_can_not_be_told_apart_is_refused_alone(desk: Desk) -> None:
    result = desk.take("ledger.csv", quoted("plain", 'so","called', "plain too"))
    assert (result.new, result.refused, result.rows) == (2, 1, 3)


def test_a_line_break_within_proper_quotes_is_read(desk: Desk) -> None:
    result = desk.take("ledger.csv", quoted("two\nlines", 'three\nlines ""of""\nit', "plain"))
    assert (result.new, result.refused) == (3, 0)


# What stands above a header ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Sourcing costs of Acme\n", "Costs,,,,\n,,,,\n", "Acme;Inc\n\nmade on 2026-11-01\n"])
def test_a_title_above_the_header_is_passed_over_and_told(desk: Desk, title: str) -> None:
    result = desk.take("costs.csv", f"{title}{HEADER}\n{ROW}\n")
    assert (result.status, result.new) == ("taken", 1)
    assert "A title above the header was passed over (line" in result.message


def test_a_row_above_the_header_is_no_title(desk: Desk) -> None:
    result = desk.take("costs.csv", f"{ROW}\n{HEADER}\n{ROW.replace('MUG', 'CUP')}\n")
    assert (result.status, desk.counts()) == ("refused", {})
    assert "has its header in line 2, and a row above it in line 1" in result.message


@pytest.mark.parametrize("line", ["sep=,", '"sep=,"', "SEP=,", "sep=;"])
def test_a_line_that_declares_the_separator_is_read(desk: Desk, line: str) -> None:
    text = f"{HEADER}\n{ROW}\n"
    result = desk.take("costs.csv", f"{line}\n" + (text.replace(",", ";") if ";" in line else text))
    assert (result.status, result.new) == ("taken", 1)
    assert "The line sep= of a spreadsheet was passed over." in result.message


DATE_RANGE = [
    '"date/time","settlement id","type","order id","sku","description","quantity","marketplace","total"',
    '"Datum/Uhrzeit","Abrechnungsnummer","Typ","Bestellnummer","SKU","Beschreibung","Menge","Marketplace"',
    '"date/heure","numéro de versement","type","numéro de la commande","sku","description","quantité"',
    '"fecha y hora","identificador de pago","tipo","número de pedido","sku","descripción","cantidad"',
    '"Data/Ora:","Numero pagamento","Tipo","Numero ordine","SKU","Descrizione","Quantità","Marketplace"',
    '"日付/時間","決済番号","トランザクションの種類","注文番号","SKU","説明","数量","Amazon 出品サービス"',
]


@pytest.mark.parametrize("header", DATE_RANGE)
@pytest.mark.parametrize("above", ["", '"Includes Amazon Marketplace transactions"\n"All amounts in USD"\n'])
def test_the_date_range_report_is_named_with_what_to_export_instead(desk: Desk, header: str, above: str) -> None:
    result = desk.take("transactions.csv", f'{above}{header}\n"Oct 8, 2026 1:02:03 AM PDT","24000000001"\n')
    assert result.status == "refused"
    assert "date range transaction report" in result.message
    assert "Export the settlement report instead" in result.message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook of Excel 97 to 2003 (.xls)"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b'<?xml version="1.0"?><AmazonEnvelope/>', "is an XML document"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
        (b"\xef\xbb\xbf\n<html>", "is a web page"),
    ],
)
def test_other_kinds_of_files_are_named(desk: Desk, content: bytes, told: str) -> None:
    result = desk.take("report.csv", content)
    assert (result.status, told in result.message) == ("refused", True), result.message


# Endless lines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "\t" * 200_000 + "\n" + reimbursements({}),
        reimbursements({}) + "\t" * 200_000 + "\n",
        reimbursements({}) + "x" + "\t" * 200_000 + "\n" + reimbursements({}).splitlines()[1] + "\n",
        reimbursements({}).rstrip("\n") + "\t" * 200_000 + "\n",
        "\t".join(f"c{number}" for number in range(200_000)) + "\n",
    ],
    ids=["above the header", "behind the last row", "between rows", "behind a row", "as a header"],
)
def test_a_line_of_200_000_tabs_is_refused(desk: Desk, content: str) -> None:
    result = desk.take("paid.tsv", content)
    assert (result.status, desk.counts()) == ("refused", {}), result.message


# Workbooks -----------------------------------------------------------------------------------------------------------


def book(**sheets: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def paid(**cells: Any) -> list[list[Any]]:
    row: dict[str, Any] = {**REIMBURSEMENT, **cells}
    return [list(row), list(row.values())]


def test_a_workbook_gives_what_its_text_gives(desk: Desk, other: Desk) -> None:
    cells = {
        "quantity-reimbursed-cash": 1,
        "quantity-reimbursed-inventory": 0,
        "amount-total": 12.34,
        "case-id": 77010203,
    }
    desk.take("paid.xlsx", book(Sheet1=paid(**cells)))
    other.take("paid.tsv", reimbursements({"case-id": "77010203"}))
    mine, theirs = desk.everything()["reimbursement"], other.everything()["reimbursement"]
    drop = ("account_id", "source_line")
    assert [{k: v for k, v in row.items() if k not in drop} for row in mine] == [
        {k: v for k, v in row.items() if k not in drop} for row in theirs
    ]


def test_the_sheet_with_a_reports_header_is_read_and_the_others_are_told(desk: Desk) -> None:
    result = desk.take("paid.xlsx", book(Notes=[["hello"]], Empty=[], Paid=paid()))
    assert (result.status, result.new) == ("taken", 1)
    assert "passed over: Notes" in result.message


def test_each_sheet_with_a_header_is_a_report(desk: Desk) -> None:
    path = desk.file("both.xlsx", book(Paid=paid(), Costs=[HEADER.split(","), ROW.split(",")]))
    assert [(result.file, result.new) for result in desk.sync_all(path)] == [
        ("both.xlsx/Paid", 1),
        ("both.xlsx/Costs", 1),
    ]


def test_dates_in_cells_are_days_and_numbers_are_exact(desk: Desk) -> None:
    rows: list[list[Any]] = [
        HEADER.split(","),
        ["MUG-1", "", 4.1, "USD", date(2026, 1, 1)],
        ["MUG-2", "", 0.1 + 0.2, "USD", datetime(2026, 2, 3)],  # noqa: DTZ001 - as a workbook has it
    ]
    rows.append(["MUG-3", "", 1.234, "USD", date(2026, 3, 4)])
    assert desk.take("costs.xlsx", book(Costs=rows)).refused == 0
    found = desk.rows(
        "select unit_cost::text, valid_from from sourcing_cost where account_id = :account_id order by sku"
    )
    assert [(row["unit_cost"], row["valid_from"].isoformat()) for row in found] == [
        ("4.1", "2026-01-01"),
        ("0.3", "2026-02-03"),
        ("1.2340", "2026-03-04"),
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"reimbursement-id": 1234567890123456789}, "a number that a spreadsheet cut"),
        ({"reimbursement-id": 1.08e20}, "a number that a spreadsheet cut"),
        ({"sku": date(2026, 3, 4)}, "was turned into a date by a spreadsheet"),
        ({"quantity-reimbursed-cash": 2.5}, "is not a whole number"),
    ],
)
def test_what_a_workbook_spoiled_is_refused(desk: Desk, cells: dict[str, Any], reason: str) -> None:
    result = desk.take("paid.xlsx", book(Paid=paid(**cells)))
    assert (result.new, result.refused) == (0, 1)
    assert reason in result.message


def test_identifiers_of_a_workbook_are_never_floats(desk: Desk) -> None:
    assert desk.take("paid.xlsx", book(Paid=paid(**{"reimbursement-id": 123456789012345, "sku": 123}))).refused == 0
    found = desk.rows("select reimbursement_id, sku from reimbursement where account_id = :account_id")
    assert found == [{"reimbursement_id": "123456789012345", "sku": "123"}]


def test_a_title_in_a_sheet_is_passed_over_and_lines_are_its_rows(desk: Desk) -> None:
    rows: list[list[Any]] = [[None], ["Paid in May"], *paid(), list({**REIMBURSEMENT, "amount-total": "x"}.values())]
    result = desk.take("paid.xlsx", book(Paid=rows))
    assert (result.new, result.refused, result.issues[0].line) == (1, 1, 5)
    assert "(line 2)" in result.message


def test_a_packed_workbook_is_read(desk: Desk) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("march/paid.xlsx", book(Paid=paid()))
        archive.writestr("costs.csv", f"{HEADER}\n{ROW}\n")
    results = desk.sync_all(desk.file("all.zip", file.getvalue()))
    assert [(result.file, result.new) for result in results] == [
        ("all.zip/march/paid.xlsx", 1),
        ("all.zip/costs.csv", 1),
    ]


def zipped(members: dict[str, bytes], *, level: int = 9) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_unpacks_to_too_much_is_refused(desk: Desk) -> None:
    bomb = members_of(book(Paid=paid()))
    bomb["xl/media/image1.png"] = bytes(300 << 20)
    result = desk.take("paid.xlsx", zipped(bomb))
    assert "unpacks to more than 256 MiB" in result.message


def test_a_cell_in_the_farthest_corner_takes_no_memory(desk: Desk) -> None:
    members = members_of(book(Paid=paid()))
    name = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    members[name] = members[name].replace(b"</sheetData>", far)
    result = desk.take("paid.xlsx", zipped(members))
    assert (result.status, "can not be read in the memory" in result.message) == ("refused", True), result.message


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, "(.ods)"),
        ({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}, "is a Numbers document"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}, "(.xlsb)"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "is a text document"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"no xml"}, "is a workbook that can not be read"),
    ],
)
def test_other_documents_are_named(desk: Desk, members: dict[str, bytes], told: str) -> None:
    (result,) = desk.sync_all(desk.file("report.xlsx", zipped(members)))
    assert (result.status, told in result.message) == ("refused", True), result.message


def test_a_workbook_without_a_reports_header_is_told_of_as_a_table(desk: Desk) -> None:
    result = desk.take("weather.xlsx", book(Weather=[["day", "weather"], [1, "rain"]]))
    assert "is of no known format. Its header has 2 names, none of which a report has" in result.message
    assert "is a workbook without a filled cell" in desk.take("empty.xlsx", book(Empty=[])).message


def test_returns_and_reconciliations_are_read_from_workbooks_too(desk: Desk) -> None:
    row = {**RETURN, "quantity": 1}
    assert desk.take("returns.xlsx", book(Returns=[list(row), list(row.values())])).new == 1
    summary = {"Period Start Date": "07/18/2026", "Period End Date": "08/01/2026", "Total Payable": 10, "Amount": None}
    lines = [{**RECON, **summary, "Transaction Type": "PaymentSummary"}, {**RECON, "Amount": 10}]
    result = desk.take("recon.xlsx", book(Recon=[list(RECON), *(list(line.values()) for line in lines)]))
    assert (result.status, result.new, result.message) == ("taken", 1, "")
    assert returns({})
