"""A column of a list is a line of its declaration: with no other change it is in the table, the files and the sort."""

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from core.exports import write_csv, write_workbook
from core.lists import LISTS, Column, table
from core.queries.case_tracker import CaseFilter
from core.queries.item_filter import ItemFilter
from core.queries.payments import PaymentFilter
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import listed

SELLER = "alpine@example.com"

MORE = {
    "items": Column("gtin", "GTIN", file="text", sorts=True, help="The number under the bars."),
    "cases": Column("outcome", "Decision", file="text", sorts=True, registry={"approved": "Approved"}),
    "payments": Column("channel", "Channel", file="text"),
    "sync_reports": Column("quiet_days", "Quiet for", "days", file="number"),
}
"""Of each list one more column of its table."""

PAGES = {"items": "amazon", "cases": "case_tracker", "payments": "payments", "sync_reports": "data_sync"}
FILTERS = {"items": ItemFilter("amazon", ("ready",)), "cases": CaseFilter(()), "payments": PaymentFilter()}
SORTED = {"items": "amazon_sort", "cases": "cases_sort"}


@pytest.fixture(params=MORE)
def code(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A list that has one more column."""
    spec = LISTS[request.param]
    monkeypatch.setitem(LISTS, spec.code, replace(spec, columns=(*spec.columns, MORE[spec.code])))
    return spec.code


def test_it_is_in_the_table_of_the_page(visit: Open, code: str) -> None:
    app = visit(f"pages/{PAGES[code]}.py", SELLER if code in ("items", "sync_reports") else "staff@example.com")
    assert not app.exception
    assert MORE[code].label in listed(app, MORE[code].label).columns


def test_it_is_in_both_files(database: Database, small_world: dict[str, int], code: str, tmp_path: Path) -> None:
    asked = table(list(small_world.values()), code, FILTERS.get(code), LISTS[code].first_order)
    with database.owner.connect() as connection:
        rows = write_csv(connection, asked, tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    write_workbook(tmp_path / "rows.csv", tmp_path / "rows.xlsx", asked.columns, {}, rows)
    cells = openpyxl.load_workbook(tmp_path / "rows.xlsx")["Rows"][1]
    assert header == [cell.value for cell in cells]
    assert header[-1] == MORE[code].code


@pytest.mark.parametrize("code", SORTED, indirect=True)
def test_the_list_can_be_sorted_by_it(visit: Open, database: Database, code: str) -> None:
    with database.owner.begin() as connection:
        connection.execute(text("update item set gtin = case sku when 'ALPINE-UNVALUED' then '1' else '2' end"))
    app = visit(f"pages/{PAGES[code]}.py", SELLER)
    field = app.selectbox(key=SORTED[code])
    assert MORE[code].label in field.options
    field.set_value(MORE[code].code).run()
    assert not app.exception
    if code == "items":
        assert list(listed(app, "GTIN")["SKU"]) == ["ALPINE-UNVALUED", "ALPINE-1"]


@pytest.mark.parametrize("name", LISTS)
def test_what_a_list_says_of_its_columns_and_orders_is_of_those_that_it_has(name: str) -> None:
    spec = LISTS[name]
    assert list(spec.file)[: len(spec.file_order.split())] == spec.file_order.split()
    assert set(spec.orders or ()) <= set(spec.keys)
    assert {lead.column for lead in spec.leads} <= {"open", *spec.asked}
