"""The demo world, taken in through the loaders, comes out as its truth says: what happened to every unit."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from loaders.demo import write_world
from loaders.demo.model.reports import folders_of
from loaders.demo.truth import STAGES
from loaders.read.files import files_of
from tests.loaders.conftest import Desk, new_desk

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)
SEED = 11

CATEGORIES = ("inventory_lost", "inventory_damaged")

FORMATS = {
    "amazon_settlement_v2",
    "amazon_orders",
    "amazon_customer_shipments",
    "amazon_customer_returns",
    "amazon_replacements",
    "amazon_fee_preview",
    "amazon_referral_fee_preview",
    "walmart_reconciliation",
    "walmart_returns",
}
"""Of reports about orders and fees. Those of documents complain where they do not add up to what they state."""

Units = Counter[tuple[str, str, str, str]]
"""Units by marketplace, category, SKU and stage."""


def load(engine: Engine, world: Path) -> tuple[dict[str, Desk], set[str | None]]:
    """Take all files of the world's sellers in, each for an account of its own: whole, and without a complaint.

    Gives the accounts by the sellers' codes, and the formats of the files.
    """
    desks: dict[str, Desk] = {}
    formats: set[str | None] = set()
    for entry in json.loads((world / "accounts.json").read_text(encoding="utf-8")):
        desk = desks[entry["code"]] = new_desk(engine, entry["marketplaces"], world)
        for path, place in reports_of(world / entry["code"]):
            result = desk.sync(path, marketplace=place)
            assert (result.status, result.refused, result.message) == ("taken", 0, ""), path
            formats.add(result.format)
        desk.detect()
    return desks, formats


def reports_of(account: Path) -> Iterator[tuple[Path, str | None]]:
    for folder, marketplace in folders_of(account):
        for path in files_of([folder]):
            yield path, marketplace.code if marketplace else None


def true_units(truth: Path) -> Units:
    units: Units = Counter()
    with truth.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            about = (row["marketplace"], row["category"], row["sku"])
            units.update({(*about, name): int(row[name]) for name in STAGES})
            units[(*about, "in_kind")] += int(row["units_in_kind"])
    return +units


def detected_units(desk: Desk) -> Units:
    units: Units = Counter()
    for row in desk.as_of(TODAY, "items"):
        about = (row["marketplace"], row["category"], row["sku"])
        units.update({(*about, name): row[f"units_{name}"] for name in (*STAGES, "in_kind")})
    return +units


def in_warehouses(units: Units, of: Units) -> Units:
    """Units of goods that are paid for under no other name: Amazon pays for destroyed units as for damaged ones, and
    Walmart for all but its warehouses as disputes.
    """
    shared = {
        (place, sku)
        for place, category, sku, _ in of
        if category == "inventory_destroyed" or (place == "WALMART_US" and category not in CATEGORIES)
    }
    return Counter(
        {
            (place, category, sku, stage): count
            for (place, category, sku, stage), count in units.items()
            if category in CATEGORIES and (place, sku) not in shared
        }
    )


def assert_true(world: Path, desks: dict[str, Desk]) -> None:
    found = {code: detected_units(desk) for code, desk in desks.items()}
    true = {code: true_units(world / "truth" / f"{code}.csv") for code in desks}
    found = {code: in_warehouses(units, true[code]) for code, units in found.items()}
    true = {code: in_warehouses(units, units) for code, units in true.items()}
    too_many = {code: dict(found[code] - true[code]) for code in desks}
    too_few = {code: dict(true[code] - found[code]) for code in desks}
    assert not any(too_many.values()), too_many
    assert not any(too_few.values()), too_few
    assert {key[-1] for units in found.values() for key in units} == {*STAGES, "in_kind"}


def test_each_unit_is_where_the_truth_says_and_loading_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    write_world(tmp_path, accounts=2, items=60, seed=SEED, today=TODAY)
    desks, _ = load(engine, tmp_path)
    assert_true(tmp_path, desks)
    for code, desk in desks.items():
        before = [desk.as_of(TODAY, view) for view in ("totals", "items", "cases")]
        for path, place in reports_of(tmp_path / code):
            again = desk.sync(path, marketplace=place)
            assert (again.new, again.changed) == (0, 0), path.name
        desk.detect()
        assert [desk.as_of(TODAY, view) for view in ("totals", "items", "cases")] == before


@pytest.mark.exhaustive
def test_the_whole_demo_world_is_told_truly(engine: Engine, tmp_path: Path) -> None:
    write_world(tmp_path, accounts=9, items=60, seed=SEED + 1, today=TODAY)
    desks, formats = load(engine, tmp_path)
    assert_true(tmp_path, desks)
    assert formats >= FORMATS
