"""Reads the demo's reports about orders, one line for each product of an order: nothing is judged here."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from core.vocabulary import MARKETPLACES

Row = dict[str, str]
Key = tuple[str, str]
"""An order and a SKU."""

SHOPS = {"amazon.com": "US", "amazon.ca": "CA", "amazon.co.uk": "UK", "amazon.de": "DE", "amazon.co.jp": "JP"}


@dataclass
class Line:
    """All that is known of one product in one order."""

    marketplace: str = ""
    bought: int = 0
    principal: Decimal = Decimal(0)
    base: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    charged_on: date | None = None
    category: str = ""
    refunded: Decimal = Decimal(0)
    refunded_on: date | None = None
    replaced: int = 0
    replaced_on: date | None = None
    back: list[tuple[date, str]] = field(default_factory=list)


def table(path: Path) -> list[Row]:
    delimiter = "," if path.suffix == ".csv" else "\t"
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
    content = path.read_text(encoding="utf-8", errors="replace")  # an audit needs no titles and no comments
    return list(csv.DictReader(content.splitlines(), delimiter=delimiter, quoting=quoting))


def tables(folder: Path, pattern: str) -> Iterator[Row]:
    for path in sorted(folder.glob(pattern)):
        yield from table(path)


def amount(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ".")) if cell else Decimal(0)


def day_of(stamp: str, marketplace: str) -> date:
    if "." in stamp[:10]:
        stamp = f"{stamp[6:10]}-{stamp[3:5]}-{stamp[:2]}{stamp[10:]}"
    at = datetime.fromisoformat(stamp.replace(" UTC", "Z"))
    return at.astimezone(ZoneInfo(MARKETPLACES[marketplace].time_zone)).date()


def settled_lines(folder: Path) -> dict[Key, Line]:
    lines: defaultdict[Key, Line] = defaultdict(Line)
    places = {row["amazon-order-id"]: row["sales-channel"] for row in tables(folder, "amazon/all_orders_*")}
    for row in tables(folder, "amazon/settlement_v2_*"):
        if row["transaction-type"] not in ("Order", "Refund") or places[row["order-id"]].startswith("Non-Amazon"):
            continue
        line = lines[row["order-id"], row["sku"]]
        line.marketplace = f"AMAZON_{SHOPS[row['marketplace-name'].lower()]}"
        on = day_of(row["posted-date-time"], line.marketplace)
        (_charge if row["transaction-type"] == "Order" else _refund)(line, row, on)
    originals = {}
    for row in tables(folder, "amazon/fba_replacements_*"):
        key = row["original-amazon-order-id"], row["sku"]
        if not lines[key].marketplace:  # other goods in exchange
            continue
        originals[row["replacement-amazon-order-id"]] = row["original-amazon-order-id"]
        lines[key].replaced += int(row["quantity"])
        lines[key].replaced_on = day_of(row["shipment-date"], lines[key].marketplace)
    for row in {row["license-plate-number"]: row for row in tables(folder, "amazon/fba_customer_returns_*")}.values():
        line = lines[originals.get(row["order-id"], row["order-id"]), row["sku"]]
        if line.marketplace:
            line.back.append((day_of(row["return-date"], line.marketplace), row["detailed-disposition"]))
    return lines


def _charge(line: Line, row: Row, on: date) -> None:
    kind, what, money = row["amount-type"], row["amount-description"], amount(row["amount"])
    line.charged_on = on
    if (kind, what) == ("ItemPrice", "Principal"):
        line.bought += int(row["quantity-purchased"])
        line.principal += money
    if (kind in ("ItemPrice", "Promotion")) and what != "Tax":
        line.base += money
    if what == "Commission":
        line.commission -= money
    if what == "FBAPerUnitFulfillmentFee":
        line.fee -= money


def _refund(line: Line, row: Row, on: date) -> None:
    if (row["amount-type"], row["amount-description"]) == ("ItemPrice", "Principal"):
        line.refunded -= amount(row["amount"])
        line.refunded_on = on


def missing_returns(folder: Path, region: str, today: date) -> tuple[date, date] | None:
    """The days of which returns are missing: between two files, after the last one, or all."""
    names = sorted(path.stem for path in folder.glob(f"amazon/fba_customer_returns_{region}_*"))
    spans = [tuple(date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", name)) for name in names]
    for (_, last), (first, _) in pairwise(spans):
        if first > last + timedelta(days=1):
            return last + timedelta(days=1), first - timedelta(days=1)
    ends = spans[-1][1] if spans else date(2000, 1, 1)
    return (ends + timedelta(days=1), today) if ends < today else None


@dataclass(frozen=True)
class Preview:
    """What a fee preview says of a product: on a day, at a price, the commission and the fulfilment fee of a unit."""

    on: date
    price: Decimal
    commission: Decimal
    fee: Decimal | None


@cache
def previews(folder: Path) -> dict[Key, list[Preview]]:
    """The previews of each SKU and currency, oldest first."""
    known: defaultdict[Key, list[Preview]] = defaultdict(list)
    for path in sorted(folder.glob("amazon/*fee_preview_*"), key=lambda path: path.stem[-10:]):
        for row in table(path):
            fee = row.get("expected-fulfillment-fee-per-unit") or row.get("expected-domestic-fulfilment-fee-per-unit")
            commission = row.get("estimated-referral-fee-per-unit") or row["estimated-referral-fee-per-item"]
            price = row.get("sales-price") or row["price"]
            key = row.get("sku") or row["seller-sku"], row.get("currency", "JPY")
            on = date.fromisoformat(path.stem[-10:])
            known[key].append(Preview(on, amount(price), amount(commission), amount(fee) if fee else None))
    return dict(known)


def add_reconciled(line: Line, row: Row) -> None:
    kind, what, money = row["Transaction Type"], row["Amount Type"], amount(row["Amount"])
    if kind == "Sale" and what == "Product Price":
        line.principal, line.bought, line.category = money, int(row["Ship Qty"]), row["Contract Category"]
    if kind == "Sale" and what == "Commission on Product":
        line.commission = -money
    if kind == "Refund" and what == "Product Price" and row["Transaction Description"] == "Return Refund":
        line.refunded -= money
        if money < 0:
            month, day, year = (int(part) for part in row["Transaction Posted Timestamp"].split("/"))
            line.refunded_on = date(year, month, day)
