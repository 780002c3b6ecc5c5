"""JSON documents are declared like tables: their records become rows under one header."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.declare.columns import Text
from loaders.declare.places import of_no_marketplace
from loaders.declare.report_format import ReportFormat
from loaders.read import json_text
from loaders.read.json_records import outlined, records_of
from tests.loaders.conftest import Desk

SAMPLES = Path(__file__).parents[1] / "samples"


class Sample(ReportFormat):
    """A format of JSON records within others."""

    code, label, table, key, place = "sample", "Sample", "sample", ("order",), of_no_marketplace()
    records = ("payload", "orders", "lines")
    order = Text(header="order.id")


Rows = Callable[..., list[dict[str, str]]]


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    def read(document: Any, encoding: str = "utf-8") -> list[dict[str, str]]:
        path = tmp_path / "document.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding)
        records = records_of(outlined(path, encoding), Sample)
        return [{name: cell for name, cell in zip(records.header, row, strict=True) if cell} for row in records.rows()]

    return read


def test_a_record_has_its_own_values_and_what_is_declared_of_those_around_it(rows: Rows) -> None:
    document = {
        "payload": {
            "next": "token",
            "orders": [{"order": {"id": "1", "buyer": "Jane"}, "lines": [{"sku": "a"}, {"b": "c"}]}],
        }
    }
    assert rows(document) == [{"order.id": "1", "sku": "a"}, {"order.id": "1", "b": "c"}]


def test_objects_get_dotted_names_and_lists_of_plain_values_become_one(rows: Rows) -> None:
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


def test_a_list_of_named_values_is_read_as_an_object(rows: Rows) -> None:
    line = {
        "ids": [{"idName": "ORDER", "idValue": "1"}, {"idName": "ORDER", "idValue": "2"}],
        "totals": [{"name": "line", "value": {"amount": "3.50"}}],
    }
    assert rows({"payload": {"orders": {"lines": [line]}}}) == [{"ids.ORDER": "1, 2", "totals.line.amount": "3.50"}]


def test_a_document_may_come_without_its_envelope_and_in_a_list_of_pages(rows: Rows) -> None:
    page = {"orders": [{"lines": [{"sku": "a"}]}]}
    assert rows(page) == rows({"payload": page}) == [{"sku": "a"}]
    assert rows([{"payload": page}, {"payload": page}]) == [{"sku": "a"}, {"sku": "a"}]


def test_numbers_and_words_keep_their_exact_text(rows: Rows) -> None:
    numbers = ["1E5", "15.840", "-0", "9007199254740993", "NaN", "-Infinity", "1e400"]
    line = "{" + ", ".join(f'"{number}": {number}' for number in numbers) + "}"
    assert rows(f'{{"orders": {{"lines": {line}}}}}') == [{number: number for number in numbers}]


def page(token: str, orders: int) -> dict[str, Any]:
    """A page of which nothing but a record fits into a small window; what is around its lists stands on both sides."""
    lines = [{"sku": f'{{"[é湯☕\\{number}', "n": number, "list": [1, [2]]} for number in range(7)]
    order = [{"before": "x" * 20, "lines": lines, "order": {"id": f"{token}-{number}"}} for number in range(orders)]
    return {"payload": {"a": "]" * 30, "orders": order, "next": token}, "headers": {"total": [1, 2]}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("document", [page("t", 5), [page("t", 3), page("u", 2)], page("t", 0), []])
def test_a_document_larger_than_what_is_held_of_it_gives_the_same_rows(
    rows: Rows, monkeypatch: pytest.MonkeyPatch, encoding: str, document: Any
) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    held = rows(text, encoding)
    monkeypatch.setattr(json_text, "WINDOW", 14)
    monkeypatch.setattr(json_text, "LARGEST_PART", 120)
    assert rows(text, encoding) == held
    assert len(held) in (0, 35)


def test_a_reconciliation_report_gives_the_same_rows_as_csv_and_as_json(desk: Desk) -> None:
    names = "select row_id from settlement_line where account_id = :account_id order by row_id"
    from_csv = desk.sync(SAMPLES / "walmart_reconciliation" / "adds_up.csv")
    before = desk.column(names)
    from_json = desk.sync(SAMPLES / "walmart_reconciliation" / "adds_up_as_json.json")
    assert (from_csv.new, from_json.new, from_json.changed) == (4, 0, 0)
    assert desk.column(names) == before
