"""Audits orders as a person would, from the report files alone: what was refunded and never came back, what came back
too late or damaged, which fee was too high, and what was paid for it.

It knows neither the simulation nor Recoup's detectors. It holds one property of the demo world: that its reports tell
what its truth says of each order.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.vocabulary import MARKETPLACES
from loaders.demo.model.windows import FEES, RETURNS, window_of
from tests.loaders.demo.order_lines import (
    Key,
    Line,
    Row,
    add_reconciled,
    day_of,
    missing_returns,
    previews,
    settled_lines,
    table,
    tables,
)

RATES = {"Consumer Electronics": Decimal("0.08")}
WALMARTS_FAULT = ("LOST", "DAMAGED", "SHIPPING_BOX")


@dataclass
class Found:
    """What an audit finds: units by what became of them, and the dates of the claim."""

    category: str
    key: Key
    marketplace: str
    clock_on: date | None
    units: int
    is_doubtful: bool = False
    stages: Counter[str] = field(default_factory=Counter)

    @property
    def last_day(self) -> date | None:
        window = window_of(self.category, MARKETPLACES[self.marketplace])
        return window.last_day(self.clock_on) if self.clock_on else None


def audited(folder: Path, today: date) -> list[Found]:
    """What is owed for the orders of one seller, by its reports."""
    found = [*_amazon(folder, today), *_walmart(folder, today)]
    cases = [row for row in tables(folder, "recoup/cases.csv") if row["category"] in (*RETURNS, *FEES)]
    paid = defaultdict(list)
    for row in tables(folder, "amazon/fba_reimbursements_*"):
        paid[row["amazon-order-id"], row["sku"]].append(row)
    disputes = defaultdict(list)
    for row in tables(folder, "walmart/recon_v1_*"):
        if row["Transaction Type"] == "Dispute":
            disputes[row["Customer Order #"], row["Partner Item Id"]].append(row)
    for one in found:
        own = [c for c in cases if (c["order_id"], c["sku"], c["category"]) == (*one.key, one.category)]
        if one.marketplace == "WALMART_US":
            payments = [_dispute(row) for row in disputes[one.key]]
        else:
            payments = [_reimbursement(row, one.marketplace) for row in paid[one.key]]
        _settle(one, own, sorted(payments), today)
    return found


Payment = tuple[date, int, int]
"""Paid on a day: units in cash, units in goods; both may be negative."""


def _reimbursement(row: Row, marketplace: str) -> Payment:
    cash, goods = int(row["quantity-reimbursed-cash"]), int(row["quantity-reimbursed-inventory"])
    return day_of(row["approval-date"], marketplace), cash, goods


def _dispute(row: Row) -> Payment:
    month, day, year = (int(part) for part in row["Transaction Posted Timestamp"].split("/"))
    return date(year, month, day), int(row["Ship Qty"]), 0


def _settle(found: Found, cases: list[Row], payments: list[Payment], today: date) -> None:
    left = Counter({"open": found.units})
    for case in cases:
        opened, closed = case["opened_on"], case["closed_on"]
        in_time = found.last_day is None or date.fromisoformat(opened) <= found.last_day
        if in_time:
            left["denied" if closed else "in_case"] += left.pop("open", 0)
    for _on, cash, goods in payments:
        if cash < 0:
            left["claimed"] += cash
            left["in_kind" if goods else "reversed"] -= cash
            continue
        for stage, units in (("claimed", cash), ("in_kind", goods)):
            taken = min(units, found.units)
            for source in ("in_case", "open", "denied"):
                part = min(left[source], taken)
                left[source] -= part
                left[stage] += part
                taken -= part
    if left["open"]:
        left[_open_stage(found, today)] += left["open"]
    del left["open"]
    found.stages = +left


def _open_stage(found: Found, today: date) -> str:
    if found.clock_on is None:
        return "review"
    window = window_of(found.category, MARKETPLACES[found.marketplace])
    if found.last_day and today > found.last_day:
        return "expired"
    if found.is_doubtful or not window.is_sure(found.clock_on, today):
        return "review"
    return "future" if today < window.first_day(found.clock_on) else "ready"


def _amazon(folder: Path, today: date) -> Iterator[Found]:
    lines = settled_lines(folder)
    holes = {region: missing_returns(folder, region, today) for region in ("NA", "EU", "FE")}
    for key, line in lines.items():
        if line.marketplace:
            yield from _returned(key, line, holes[MARKETPLACES[line.marketplace].api_region])
    for key, line in lines.items():
        if line.principal:
            yield from _overcharged(folder, key, line)


def _returned(key: Key, line: Line, hole: tuple[date, date] | None) -> Iterator[Found]:
    each = line.principal / line.bought if line.bought else Decimal(1)
    is_goodwill = line.refunded < each / 2
    units = 0 if is_goodwill else min(line.bought, round(line.refunded / each))
    clock_on = line.replaced_on or line.refunded_on
    damaged = sum(1 for _, state in line.back if state in ("CARRIER_DAMAGED", "DAMAGED"))
    place = line.marketplace
    if damaged and line.refunded_on is None and line.replaced_on is None:
        yield Found("return_carrier_damaged", key, place, line.back[0][0], damaged, True)
        return
    if clock_on is None:
        return
    opens_on = window_of("return_lost", MARKETPLACES[place]).first_day(clock_on)
    late = sum(1 for on, state in line.back if on > opens_on and state == "SELLABLE")
    missing = max(0, max(units, line.replaced) - len(line.back))
    in_hole = hole is not None and clock_on <= hole[1] and opens_on >= hole[0]
    if damaged:
        yield Found("return_carrier_damaged", key, place, clock_on, damaged)
    if late:
        yield Found("return_delayed", key, place, clock_on, late)
    if missing:
        category = "replacement_lost" if line.replaced else "return_lost"
        yield Found(category, key, place, clock_on, missing, in_hole)
    if line.refunded > line.principal:
        yield Found("refunded_more", key, place, line.refunded_on, 1)


def _overcharged(folder: Path, key: Key, line: Line) -> Iterator[Found]:
    currency = MARKETPLACES[line.marketplace].currency
    known = previews(folder).get((key[1], currency), [])
    preview = next((entry for entry in known if entry.on >= (line.charged_on or date.max)), None)
    if preview is None:
        return
    smallest = Decimal("0.30") if currency == "USD" else Decimal(0)
    if line.commission > max(smallest, line.base * preview.commission / preview.price) * Decimal("1.02"):
        yield Found("referral_fee_overcharge", key, line.marketplace, line.charged_on, 1)
    if preview.fee and line.fee > preview.fee * line.bought:
        yield Found("fulfilment_fee_overcharge", key, line.marketplace, line.charged_on, 1)


def _walmart(folder: Path, today: date) -> Iterator[Found]:
    lines: defaultdict[Key, Line] = defaultdict(Line)
    settled: dict[Key, date] = {}
    for path in sorted(folder.glob("walmart/recon_v1_*")):
        for row in table(path):
            add_reconciled(lines[row["Customer Order #"], row["Partner Item Id"]], row)
            settled.setdefault((row["Customer Order #"], row["Partner Item Id"]), date.fromisoformat(path.stem[-10:]))
    for path in sorted(folder.glob("walmart/returns_*.json")):
        for order in json.loads(path.read_text(encoding="utf-8"))["returnOrders"]:
            for line in order["returnOrderLines"]:
                key = order["customerOrderId"], line["item"]["sku"]
                yield from _walmart_return(key, lines[key], order, line)
    for key, charged in lines.items():
        rate = RATES.get(charged.category, Decimal("0.15"))
        if charged.commission > charged.principal * rate * Decimal("1.02"):
            yield Found("referral_fee_overcharge", key, "WALMART_US", settled[key], 1)


def _walmart_return(key: Key, line: Line, order: Row, asked: dict[str, Any]) -> Iterator[Found]:
    place, units = "WALMART_US", asked["quantity"]["measurementValue"]
    if asked["isKeepIt"]:
        return
    if order["returnType"] == "REPLACEMENT":
        if asked["status"] != "COMPLETED":
            yield Found("replacement_lost", key, place, None, units)
        return
    if line.refunded_on is None or line.refunded < line.principal / line.bought / 2:
        return
    category = _kind_of_return(line.refunded_on, asked)
    if category:
        yield Found(category, key, place, line.refunded_on, units)
    if line.refunded > line.principal:
        yield Found("refunded_more", key, place, line.refunded_on, 1)


def _kind_of_return(refunded_on: date, asked: dict[str, Any]) -> str:
    if asked["status"] != "COMPLETED":
        return "return_lost"
    if asked["returnReason"].startswith(WALMARTS_FAULT):
        return "return_carrier_damaged"
    is_late = day_of(asked["statusTime"], "WALMART_US") > refunded_on + timedelta(days=60)
    return "return_delayed" if is_late else ""
