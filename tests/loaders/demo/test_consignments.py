"""Shipments and removals of the demo world: the truth about them is what its files show, counted by hand here."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.vocabulary import MARKETPLACES
from loaders.demo import write_world
from loaders.demo.model.windows import months_after, window_of
from loaders.demo.truth import STAGES

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)
SEED = 6

Row = dict[str, str]
Goods = tuple[str, str, str]
"""An account, a shipment or an order, and a SKU."""

NOT_OWED = {
    "shipment_lost": {
        "still receiving",
        "cancelled shipment",
        "deleted shipment",
        "not delivered yet",
        "received late",
    },
    "shipment_damaged": {"was no good when it left"},
    "removal_lost": {"delivered", "cancelled removal"},
    "inventory_destroyed": {"disposal was requested", "damaged, then disposed of"},
}
NEVER_CERTAIN = {
    "shipment_lost": {
        "received on another line",
        "received under another SKU",
        "received with another shipment",
        "no delivery date known",
    },
    "removal_lost": {"arrived, and not written down"},
}
OWED_ALL_THE_SAME = {
    "shipment_lost": {
        "near the last day",
        "last day of the window",
        "first day after the window",
        "outside the window",
        "nine calendar months",
        "not closed for three weeks",
        "damaged and short on one line",
        "received late, and paid before",
        "first ten days",
        "reversed, found",
        "reversed, not found",
        "filed late",
        "appealed",
    },
    "shipment_damaged": {"damaged and short on one line", "first ten days", "reversed, found", "nine calendar months"},
    "removal_lost": {
        "inside its first 15 days",
        "one parcel of two",
        "last day of the window",
        "first day after the window",
        "reversed, found",
        "filed late",
    },
    "removal_damaged": {"reversed, not found"},
    "inventory_lost": {"paid more than was lost", "no country"},
    "inventory_destroyed": {"may still be paid", "more than was requested"},
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("consignments")
    write_world(out, accounts=9, items=60, seed=SEED, today=TODAY)
    return out


def accounts(world: Path) -> list[str]:
    return [entry["code"] for entry in json.loads((world / "accounts.json").read_text(encoding="utf-8"))]


def table(path: Path) -> list[Row]:
    encoding = "cp932" if "HINOKI" in path.parts and path.suffix == ".tsv" else "utf-8"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


def tables(world: Path, pattern: str) -> Iterator[tuple[str, Row]]:
    for code in accounts(world):
        for path in sorted((world / code).glob(pattern)):
            yield from ((code, row) for row in table(path))


def truths(world: Path, *categories: str) -> list[tuple[str, Row]]:
    rows = [(code, row) for code in accounts(world) for row in table(world / "truth" / f"{code}.csv")]
    return [(code, row) for code, row in rows if row["category"] in categories]


def newest_inbound(world: Path, kind: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The records of the newest export of Amazon's shipments or items."""
    name = {"shipments": "ShipmentData", "items": "ItemData"}[kind]
    for code in accounts(world):
        for path in sorted((world / code).glob(f"AMAZON_*/inbound_{kind}_*_{TODAY}_*.json")):
            yield from ((code, entry) for entry in json.loads(path.read_text(encoding="utf-8"))["payload"][name])


def test_every_trap_is_set_in_every_category(world: Path) -> None:
    decoys: defaultdict[str, set[str]] = defaultdict(set)
    for _, row in truths(world, *{*NOT_OWED, *NEVER_CERTAIN, *OWED_ALL_THE_SAME}):
        decoys[row["category"]].add(row["decoy"])
    for expected in (NOT_OWED, NEVER_CERTAIN, OWED_ALL_THE_SAME):
        for category, names in expected.items():
            assert names <= decoys[category], category


def test_every_stage_occurs_in_every_category_that_can_have_it(world: Path) -> None:
    units: Counter[tuple[str, str]] = Counter()
    for _, row in truths(world, "shipment_lost", "shipment_damaged", "removal_lost", "inventory_destroyed"):
        units.update({(row["category"], name): int(row[name]) for name in STAGES})
    without = {("inventory_destroyed", "reversed")}
    categories = {category for category, _ in units}
    assert {key for key, count in units.items() if count} == {(c, s) for c in categories for s in STAGES} - without


def test_a_trap_that_is_no_event_has_no_units_and_one_that_is_in_doubt_is_never_ready(world: Path) -> None:
    for _, row in truths(world, *NOT_OWED):
        if row["decoy"] in NOT_OWED[row["category"]]:
            assert row["units"] == "0", row
        if row["decoy"] in NEVER_CERTAIN.get(row["category"], set()):
            assert (row["ready"], row["future"]) == ("0", "0"), row


def test_the_first_ten_days_at_walmart_are_future(world: Path) -> None:
    early = [row for _, row in truths(world, "shipment_lost", "shipment_damaged") if row["decoy"] == "first ten days"]
    assert early
    assert all(row["future"] == row["units"] for row in early)


def test_units_short_of_closed_or_overdue_shipments_are_the_truths_units(world: Path) -> None:
    status = {
        (code, entry["ShipmentId"]): entry["ShipmentStatus"] for code, entry in newest_inbound(world, "shipments")
    }
    clocks = clocks_of(world)
    short: Counter[Goods] = Counter()
    for code, entry in newest_inbound(world, "items"):
        shipment = str(entry["ShipmentId"])
        missing = int(str(entry["QuantityShipped"])) - int(str(entry["QuantityReceived"]))
        clock = clocks.get((code, shipment))
        is_overdue = clock is not None and clock + timedelta(days=21) <= TODAY
        word = status[code, shipment]
        if missing > 0 and (word == "CLOSED" or (is_overdue and word not in ("CANCELLED", "DELETED", "IN_TRANSIT"))):
            short[code, shipment, str(entry["SellerSKU"])] += missing
    true: Counter[Goods] = Counter()
    for code, row in truths(world, "shipment_lost"):
        if row["marketplace"].startswith("AMAZON") and row["shipment_id"]:
            true[code, row["shipment_id"], row["sku"]] += int(row["units"])
    assert short == +true


def clocks_of(world: Path) -> dict[tuple[str, str], date]:
    """The day of each shipment's delivery: as the seller tracked it, else of its first receipt in the ledger."""
    clocks: dict[tuple[str, str], date] = {}
    for code in accounts(world):
        for path in (world / code).glob("amazon/ledger_detail_*"):
            text = path.read_text(encoding="cp932" if code == "HINOKI" else "utf-8")
            for row in csv.DictReader(text.splitlines(), delimiter="," if path.suffix == ".csv" else "\t"):
                if row.get("Event Type", row.get("EventType")) == "Receipts":
                    month, day, year = (int(part) for part in row["Date"].split("/"))
                    key = code, row.get("Reference ID") or row["ReferenceID"]
                    clocks[key] = min(clocks.get(key, date.max), date(year, month, day))
    for code, row in tables(world, "recoup/shipment_deliveries.csv"):
        clocks[code, row["shipment_id"]] = date.fromisoformat(row["delivered_on"])
    return clocks


def test_the_clock_of_a_shipment_is_its_tracked_delivery_else_its_first_receipt(world: Path) -> None:
    clocks = clocks_of(world)
    for code, row in truths(world, "shipment_lost", "shipment_damaged"):
        if row["marketplace"].startswith("AMAZON") and row["shipment_id"]:
            known = clocks.get((code, row["shipment_id"]))
            assert row["event_on"] == (known.isoformat() if known else ""), row


def test_units_received_damaged_are_the_truths_units(world: Path) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for code in accounts(world):
        for path in sorted((world / code).glob("amazon/ledger_detail_*")):
            text = path.read_text(encoding="cp932" if code == "HINOKI" else "utf-8")
            lines = csv.DictReader(text.splitlines(), delimiter="," if path.suffix == ".csv" else "\t")
            for row in lines:
                event = row.get("Event Type", row.get("EventType"))
                if event == "Receipts" and row["Disposition"] in ("CARRIER_DAMAGED", "WAREHOUSE_DAMAGED"):
                    reference = row.get("Reference ID") or row["ReferenceID"]
                    seen[code, reference, row["MSKU"], row["Date"]] = int(row["Quantity"])
    damaged: Counter[Goods] = Counter()
    for (code, reference, sku, _), units in seen.items():
        damaged[code, reference, sku] += units
    true: Counter[Goods] = Counter()
    for code, row in truths(world, "shipment_damaged"):
        if row["marketplace"].startswith("AMAZON"):
            true[code, row["shipment_id"], row["sku"]] += int(row["units"])
    assert damaged == +true


def test_walmarts_short_and_damaged_units_are_the_truths_units(world: Path) -> None:
    found: Counter[tuple[str, ...]] = Counter()
    for code in accounts(world):
        closed = set()
        for path in (world / code).glob(f"walmart/inbound_shipments_{TODAY}_*.json"):
            entries = json.loads(path.read_text(encoding="utf-8"))["payload"]
            closed |= {entry["shipmentId"] for entry in entries if entry["status"] == "CLOSED"}
        for path in (world / code).glob(f"walmart/inbound_items_{TODAY}_*.json"):
            for entry in json.loads(path.read_text(encoding="utf-8"))["payload"]:
                if entry["shipmentId"] in closed:
                    about = (code, entry["shipmentId"], entry["sku"])
                    found["shipment_damaged", *about] += entry["damagedQty"]
                    found["shipment_lost", *about] += entry["itemQty"] - entry["receivedQty"] - entry["damagedQty"]
    true: Counter[tuple[str, ...]] = Counter()
    for code, row in truths(world, "shipment_lost", "shipment_damaged"):
        if row["marketplace"] == "WALMART_US":
            true[row["category"], code, row["shipment_id"], row["sku"]] += int(row["units"])
    assert +found == +true


def test_parcels_of_removals_that_nobody_saw_arrive_are_the_truths_units(world: Path) -> None:
    arrived = {(code, row["shipment_id"]) for code, row in tables(world, "recoup/shipment_deliveries.csv")}
    missing: Counter[Goods] = Counter()
    for code, row in tables(world, "AMAZON_*/removal_shipments_*"):
        if (code, row["tracking-number"]) not in arrived:
            missing[code, row["order-id"], row["sku"]] += int(row["shipped-quantity"])
    true: Counter[Goods] = Counter()
    for code, row in truths(world, "removal_lost"):
        if row["decoy"] != "paid without an event":
            true[code, row["order_id"], row["sku"]] += int(row["units"])
    assert missing == +true


def test_orders_of_removals_say_what_their_parcels_hold(world: Path) -> None:
    sent: Counter[tuple[str, str]] = Counter()
    for code, row in tables(world, "AMAZON_*/removal_shipments_*"):
        sent[code, row["order-id"]] += int(row["shipped-quantity"])
    for code, row in tables(world, "amazon/removal_orders_*"):
        assert int(row["shipped-quantity"]) == sent[code, row["order-id"]]
        done = sum(int(row[f"{name}-quantity"]) for name in ("cancelled", "disposed", "shipped", "in-process"))
        assert done == int(row["requested-quantity"])


def test_a_deadline_of_nine_months_is_a_day_of_the_calendar(world: Path) -> None:
    assert months_after(date(2026, 5, 31), 9) == date(2027, 2, 28)
    assert months_after(date(2027, 5, 31), 9) == date(2028, 2, 29)
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert months_after(date(2026, 2, 22), 9) == TODAY
    rows = [row for _, row in truths(world, "shipment_lost") if row["decoy"] == "nine calendar months"]
    assert all(int(row["event_on"][-2:]) > int(row["deadline_on"][-2:]) for row in rows)


@pytest.mark.parametrize(
    ("code", "category", "first", "last", "is_confirmed"),
    [
        ("AMAZON_US", "inventory_lost", "2026-01-10", "2026-03-11", True),
        ("AMAZON_DE", "return_lost", "2026-02-24", "2026-04-25", True),
        ("AMAZON_US", "return_lost", "2026-03-11", "2026-05-10", True),
        ("AMAZON_UK", "shipment_lost", "2026-01-10", "2026-10-10", True),
        ("AMAZON_CA", "shipment_lost", "2026-01-10", "2026-10-10", False),
        ("AMAZON_UK", "removal_lost", "2026-01-25", "2026-03-26", True),
        ("AMAZON_US", "removal_damaged", "2026-01-10", "2026-03-11", True),
        ("AMAZON_JP", "inventory_damaged", "2026-01-10", "2026-03-11", True),
        ("WALMART_US", "shipment_damaged", "2026-01-20", "2026-03-01", True),
        ("WALMART_US", "inventory_lost", "2026-01-10", None, True),
    ],
)
def test_windows_are_those_that_the_marketplaces_publish(
    code: str, category: str, first: str, last: str | None, is_confirmed: bool
) -> None:
    window, clock = window_of(category, MARKETPLACES[code]), date(2026, 1, 10)
    assert window.first_day(clock).isoformat() == first
    last_day = window.last_day(clock)
    assert (last_day.isoformat() if last_day else None) == last
    assert window.is_confirmed is is_confirmed


def test_nothing_is_certain_where_no_window_is_confirmed(world: Path) -> None:
    rows = [row for code in accounts(world) for row in table(world / "truth" / f"{code}.csv")]
    unsure = [row for row in rows if row["marketplace"] == "AMAZON_CA"]
    assert unsure
    assert {(row["ready"], row["future"]) for row in unsure} == {("0", "0")}


def test_the_japanese_seller_writes_in_cp932_and_in_whole_yen(world: Path) -> None:
    [first, *_] = sorted((world / "HINOKI").glob("amazon/fba_reimbursements_*"))
    with pytest.raises(UnicodeDecodeError):
        first.read_text(encoding="utf-8")
    payments = [row for code, row in tables(world, "amazon/fba_reimbursements_*") if code == "HINOKI"]
    assert {row["currency-unit"] for row in payments} == {"JPY"}
    assert not any("." in row["amount-total"] for row in payments)


def test_one_fnsku_is_lost_in_two_marketplaces_of_a_region_with_other_ends(world: Path) -> None:
    ends: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for code, row in truths(world, "inventory_lost"):
        if place := MARKETPLACES[row["marketplace"]].api_region:
            stages = "".join(name for name in (*STAGES, "units_in_kind") if int(row[name]))
            ends[code, row["fnsku"], place][row["marketplace"]] = stages
    assert any(len(set(stages.values())) > 1 for stages in ends.values())


def test_a_ledger_that_is_exported_again_explains_more_units(world: Path) -> None:
    explained: defaultdict[tuple[str, ...], list[list[int]]] = defaultdict(list)
    for code in ("NORTHWIND", "TIDEWATER"):
        for path in sorted((world / code).glob("amazon/ledger_detail_*_2026-09-01_2026-09-30*")):
            units = [int(row["Reconciled Quantity"] or 0) for row in table(path)]
            explained[code, path.name.split("_")[2]].append(units)
    assert all(len(first) == len(again) for first, again in explained.values())
    assert any(sum(first) < sum(again) for first, again in explained.values())
