"""Writes Amazon's orders, shipments to customers, and replacements."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path

from core.money import rounded
from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import Replacement, Sale
from loaders.demo.writers.files import Row, header, of, write_by_quarter
from loaders.demo.writers.settlement_rows import SHOPS, shop_of

ORDERS = header("orders")
SHIPMENTS = header("customer_shipments")
REPLACEMENTS = header("replacements")

Rows = Iterator[tuple[str, date, Row]]


def write_orders(facts: Facts, folder: Path) -> None:
    """Write the orders of each region, a quarter per file; decimals have a point everywhere."""
    write_by_quarter(facts, folder, "all_orders", ORDERS, _sorted(_orders(facts)))


def write_customer_shipments(facts: Facts, folder: Path) -> None:
    """Write the units shipped to customers of each region, a quarter per file."""
    write_by_quarter(facts, folder, "fba_customer_shipments", SHIPMENTS, _sorted(_shipments(facts)))


def write_replacements(facts: Facts, folder: Path) -> None:
    """Write the replacements of each region, a quarter per file."""
    rows = ((r.sale.marketplace.api_region, r.at.date(), _replacement(r)) for r in facts.replacements)
    write_by_quarter(facts, folder, "fba_replacements", REPLACEMENTS, _sorted(rows))


def _sorted(rows: Rows) -> list[tuple[str, date, Row]]:
    return sorted(rows, key=lambda entry: (entry[1], str(entry[2])))


def _utc(sent: Sale | Replacement) -> str:
    return sent.at.astimezone(UTC).isoformat()


def _orders(facts: Facts) -> Rows:
    """One row for each product of an order: a product in two parcels is one line."""
    together: dict[tuple[str, str], list[Sale]] = {}
    for sale in facts.sales:
        if sale.marketplace.code in SHOPS:
            together.setdefault((sale.order_id, sale.goods.sku), []).append(sale)
    for parts in together.values():
        first, last = parts[0], parts[-1]
        of_parts = ([getattr(s, name) for s in parts] for name in _AMOUNTS)
        amounts = [sum(each, _nothing(first)) for each in of_parts]
        units = sum(s.units for s in parts)
        yield first.marketplace.api_region, last.at.date(), _order(first, last, first.order_id, units, amounts)
    for again in facts.replacements:
        amounts = [_nothing(again.sale)] * len(_AMOUNTS)
        row = _order(again.sale, again, again.order_id, again.units, amounts)
        yield again.sale.marketplace.api_region, again.at.date(), row


_AMOUNTS = ("principal", "tax", "shipping", "gift_wrap", "promotion")


def _nothing(sale: Sale) -> Decimal:
    return rounded(Decimal(0), sale.marketplace.currency)


def _order(sale: Sale, last: Sale | Replacement, order_id: str, units: int, amounts: list[Decimal]) -> Row:
    price, tax, shipping, wrap, promotion = amounts
    bought = min(sale.at, last.at) if isinstance(last, Sale) else last.at
    nothing = _nothing(sale)
    return (
        *(order_id, order_id, (bought - timedelta(hours=3)).astimezone(UTC).isoformat(), _utc(last)),
        *("Shipped", "Amazon", shop_of(sale), "", "Expedited", *of(last.goods, "title sku asin"), "Shipped", units),
        *(sale.marketplace.currency, price, tax, shipping, nothing, wrap, nothing, promotion, nothing),
        *(*sale.ship_to, sale.marketplace.country, f"PLCC-{sale.line[-6:]}" if promotion else ""),
        *("", "false", "", "", "false"),
    )


def _shipments(facts: Facts) -> Rows:
    for sale in facts.sales:
        if sale.marketplace.code in SHOPS:
            row = _shipment(sale, sale, sale.order_id, of(sale, "price shipping gift_wrap"))
            yield sale.marketplace.api_region, sale.at.date(), row
    for again in facts.replacements:
        row = _shipment(again.sale, again, again.order_id, (_nothing(again.sale),) * 3)
        yield again.sale.marketplace.api_region, again.at.date(), row


def _shipment(sale: Sale, sent: Sale | Replacement, order_id: str, amounts: Row) -> Row:
    what = of(sent, "goods.sku goods.fnsku goods.asin centre units")
    return (_utc(sent), *what, order_id, sale.marketplace.currency, *amounts, *sale.ship_to)


def _replacement(again: Replacement) -> Row:
    names = "goods.sku goods.asin centre original_centre units reason order_id sale.order_id"
    return (_utc(again), *of(again, names))
