"""Follows the recipes of CONTRIBUTING.md: each test adds what a recipe names, nothing else, and sees the result."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from core import claim_windows
from core.claim_windows import rule_file
from core.database import registries
from core.detect import finding, steps
from core.settings import PROJECT
from core.vocabulary import CATEGORIES, REPORTS, Category, Report
from core.vocabulary.categories import CategoryGroup
from core.vocabulary.marketplaces import Channel
from core.vocabulary.review_reasons import REVIEW_REASONS, ReviewReason
from loaders.declare.columns import Amount, Currency, Day, Text
from loaders.declare.places import by_currency
from loaders.declare.report_format import ReportFormat
from loaders.formats import FORMATS
from loaders.formats.amazon_reimbursements import AmazonReimbursements
from loaders.store import sync
from tests.conftest import Database
from tests.core.reports import Reports
from tests.loaders.conftest import new_desk
from tests.loaders.reports import REIMBURSEMENT, table
from tests.test_rules import row_of

CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def detect_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of core/detect whose queries the detection reads."""
    folder = tmp_path / "detect"
    shutil.copytree(steps.FOLDER, folder, ignore=shutil.ignore_patterns("*.py*", "__pycache__"))
    monkeypatch.setattr(steps, "FOLDER", folder)
    steps.query_of.cache_clear()
    yield folder
    steps.query_of.cache_clear()


def test_a_category(connection: Connection, detect_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_amazon = (Channel.AMAZON,)
    entry = Category("label_unused", "Label unused", CategoryGroup.SHIPMENTS, "An unused label.", only_amazon)
    monkeypatch.setitem(CATEGORIES, entry.code, entry)

    rules = Path(claim_windows.__file__).with_name("windows.toml").read_text(encoding="utf-8")
    rules = rules.replace("\n[clocks]\n", '\n[clocks]\nlabel_unused = "reported"\n') + _LABEL_RULE
    parsed = rule_file.parse(rules)
    monkeypatch.setattr(claim_windows, "load", lambda: parsed)

    query = (detect_folder / "detectors" / "inventory_lost.sql").read_text().replace("meaning = 'lost'", "reason = 'M'")
    (detect_folder / "detectors" / "label_unused.sql").write_text(query)
    monkeypatch.setattr(steps, "DETECTORS", (*steps.DETECTORS, entry.code))
    monkeypatch.setattr(finding, "DETECTORS", steps.DETECTORS)
    registries.refresh(connection)  # as `migrate` does

    acme = Reports(connection)
    acme.lost(2, on="2026-06-10")
    acme.detect()
    found = {item["category"]: (item["units"], item["window_rule"]) for item in acme.items("2026-07-10")}
    assert found["label_unused"] == (2, "label_unused_us")


_LABEL_RULE = """
[[rule]]
name = "label_unused_us"
categories = ["label_unused"]
marketplaces = ["AMAZON_US"]
opens_after_days = 0
closes_after_days = 60
source = "an example"
checked_on = 2026-11-22
confidence = "unconfirmed"
"""


def test_a_reason_for_review(connection: Connection, detect_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reason = ReviewReason("unit_too_heavy", "The unit weighs {weight}.", "Weigh it.", ("weight",))
    monkeypatch.setitem(REVIEW_REASONS, reason.code, reason)
    assert row_of(reason) == "| `unit_too_heavy` | The unit weighs *(weight)*. | Weigh it. |"

    file = detect_folder / "detectors" / "inventory_lost.sql"
    query = file.read_text()
    otherwise = "else ''\n    end as doubt"
    assert otherwise in query
    file.write_text(query.replace(otherwise, "else 'unit_too_heavy' || e'\\x1f' || '30 kg'\n    end as doubt"))

    acme = Reports(connection)
    acme.lost(2, on="2026-06-10")
    acme.detect()
    (item,) = acme.items("2026-07-10")
    assert (item["units_review"], item["review_code"]) == (2, "unit_too_heavy")
    assert item["review_reason"] == "The unit weighs 30 kg."


def test_a_report_format(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report("supplier_prices", "Supplier prices", Channel.AMAZON, "What a supplier charges.")
    monkeypatch.setitem(REPORTS, report.code, report)

    class SupplierPrices(ReportFormat):
        """A supplier's price list, stored as sourcing costs."""

        code = "supplier_prices"
        table = "sourcing_cost"
        key = ("sku", "valid_from")
        place = by_currency(Channel.AMAZON, "Price currency")

        sku = Text(header="Article", required=True)
        unit_cost = Amount(header="Price", required=True)
        currency = Currency(header="Price currency", required=True)
        valid_from = Day(header="From", required=True)

    monkeypatch.setattr(sync, "FORMATS", (*FORMATS, SupplierPrices))
    desk = new_desk(database.owner, ["AMAZON_US"], tmp_path)
    result = desk.take("prices.csv", "Article,Price,Price currency,From\nMUG-1,4.20,USD,2026-01-01\n")
    assert (result.status, result.format, result.new) == ("taken", "supplier_prices", 1)
    assert desk.column("select sku || ' ' || unit_cost from sourcing_cost") == ["MUG-1 4.20"]


@pytest.mark.parametrize("header", ["approved-by", "Approver"])
def test_a_column_of_a_report_with_an_alias(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    declared = {name: value for name, value in vars(AmazonReimbursements).items() if not name.startswith("__")}
    declared["approver"] = Text(header="approved-by", also=("approver",), optional=True)
    changed = type("AmazonReimbursements", (ReportFormat,), declared)
    monkeypatch.setattr(
        sync, "FORMATS", tuple(changed if report is AmazonReimbursements else report for report in FORMATS)
    )
    desk = new_desk(database.owner, ["AMAZON_US"], tmp_path)
    with desk.engine.begin() as connection:
        connection.execute(text("alter table reimbursement add column approver text not null default ''"))

    without = desk.take("older.txt", table(REIMBURSEMENT, [{"reimbursement-id": "9100000001"}]))
    with_it = desk.take("newer.txt", table({**REIMBURSEMENT, header: "Anna"}, [{"reimbursement-id": "9100000002"}]))
    assert (without.status, with_it.status) == ("taken", "taken")
    assert desk.column("select approver from reimbursement order by reimbursement_id") == ["", "Anna"]


def test_the_queries_for_debugging_a_figure_run(connection: Connection) -> None:
    acme = Reports(connection, code="NORTHWIND")
    acme.lost(2, on="2026-06-10")
    acme.detect()
    (item,) = acme.items("2026-07-10")
    queries = re.findall(r"```sql\n(.*?);\n *```", CONTRIBUTING, re.DOTALL)
    assert len(queries) == 4
    for query in queries:
        connection.execute(text(query.replace("ITEM", str(item["item_id"])))).all()


def test_the_tree_names_every_folder_and_no_other() -> None:
    tree = CONTRIBUTING.split("```")[3]
    named: set[str] = set()
    path: list[str] = []
    for line in tree.strip().splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        for name in re.findall(r"^([a-z_.]+|<page>)/ ", line.strip() + " "):
            path = [*path[:depth], name]
            named.add("/".join(path))
    assert [folder for folder in named if "<" not in folder and not (PROJECT / folder).is_dir()] == []
    parts = {path.parent for part in ("core", "loaders") for path in (PROJECT / part).glob("*/__init__.py")}
    assert {str(part.relative_to(PROJECT)) for part in parts} <= named | {"core", "loaders"}
