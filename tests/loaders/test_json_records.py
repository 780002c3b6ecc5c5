"""JSON documents are declared like tables: their records become rows under one header."""

from pathlib import Path
from typing import Any

from loaders.columns import Text
from loaders.json_records import records_of
from loaders.places import of_no_marketplace
from loaders.report_format import ReportFormat
from tests.loaders.conftest import Desk

SAMPLES = Path(__file__).parents[1] / "samples"


class Sample(ReportFormat):
    """A format of JSON records within others."""

    code, label, table, key, place = "sample", "Sample", "sample", ("order",), of_no_marketplace()
    records = ("payload", "orders", "lines")
    order = Text(header="order.id")


def rows(document: Any) -> list[dict[str, str]]:
    header, cells = records_of(document, Sample)
    return [{name: cell for name, cell in zip(header, row, strict=True) if cell} for row in cells]


def test_a_record_has_its_own_values_and_what_is_declared_of_those_around_it() -> None:
    document = {
        "payload": {
            "next": "token",
            "orders": [{"order": {"id": "1", "buyer": "Jane"}, "lines": [{"sku": "a"}, {"b": "c"}]}],
        }
    }
    assert rows(document) == [{"order.id": "1", "sku": "a"}, {"order.id": "1", "b": "c"}]


def test_objects_get_dotted_names_and_lists_of_plain_values_become_one() -> None:
    line = {
        "at": {"fc": {"name": "ATL1"}},
        "tracking": ["1", None, "2"],
        "none": [],
        "flag": True,
        "parts": [{"a": 1, "b": 2}],
    }
    assert rows({"payload": {"orders": {"lines": line}}}) == [
        {"at.fc.name": "ATL1", "tracking": "1, , 2", "flag": "true"}
    ]


def test_a_list_of_named_values_is_read_as_an_object() -> None:
    line = {
        "ids": [{"idName": "ORDER", "idValue": "1"}, {"idName": "ORDER", "idValue": "2"}],
        "totals": [{"name": "line", "value": {"amount": "3.50"}}],
    }
    assert rows({"payload": {"orders": {"lines": [line]}}}) == [{"ids.ORDER": "1, 2", "totals.line.amount": "3.50"}]


def test_a_document_may_come_without_its_envelope_and_in_a_list_of_pages() -> None:
    page = {"orders": [{"lines": [{"sku": "a"}]}]}
    assert rows(page) == rows({"payload": page}) == [{"sku": "a"}]
    assert rows([{"payload": page}, {"payload": page}]) == [{"sku": "a"}, {"sku": "a"}]


def test_a_reconciliation_report_gives_the_same_rows_as_csv_and_as_json(desk: Desk) -> None:
    names = "select row_id from settlement_line where account_id = :account_id order by row_id"
    from_csv = desk.sync(SAMPLES / "walmart_reconciliation" / "adds_up.csv")
    before = desk.column(names)
    from_json = desk.sync(SAMPLES / "walmart_reconciliation" / "adds_up_as_json.json")
    assert (from_csv.new, from_json.new, from_json.changed) == (4, 0, 0)
    assert desk.column(names) == before
