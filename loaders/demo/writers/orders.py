"""Writes Amazon's orders, shipments to customers, and replacements."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import Replacement, Sale
from loaders.demo.writers.files import by_month, columns, named, write_table
from loaders.demo.writers.settlement_rows import SHOPS, shop_of

ORDERS = columns(
    "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,"
    "order-channel,ship-service-level,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,"
    "shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,ship-city,"
    "ship-state,ship-postal-code,ship-country,promotion-ids,cpf,is-business-order,purchase-order-number,"
    "price-designation,signature-confirmation-recommended"
)
SHIPMENTS = columns(
    "shipment-date,sku,fnsku,asin,fulfillment-center-id,quantity,amazon-order-id,currency,item-price-per-unit,"
    "shipping-price,gift-wrap-price,ship-city,ship-state,ship-postal-code"
)
REPLACEMENTS = columns(
    "shipment-date,sku,asin,fulfillment-center-id,original-fulfillment-center-id,quantity,replacement-reason-code,"
    "replacement-amazon-order-id,original-amazon-order-id"
)

Row = tuple[object, ...]


def write_orders(facts: Facts, folder: Path) -> None:
    """Write the orders of each region, a quarter per file; decimals have a point everywhere."""
    _write(facts, folder, "all_orders", ORDERS, _orders)


def write_customer_shipments(facts: Facts, folder: Path) -> None:
    """Write the units shipped to customers of each region, a quarter per file."""
    _write(facts, folder, "fba_customer_shipments", SHIPMENTS, _shipments)


def write_replacements(facts: Facts, folder: Path) -> None:
    """Write the replacements of each region, a quarter per file."""
    _write(facts, folder, "fba_replacements", REPLACEMENTS, _replacements)


def _write(
    facts: Facts,
    folder: Path,
    report: str,
    header: tuple[str, ...],
    rows_of: Callable[[Facts, str], Iterable[tuple[date, Row]]],
) -> None:
    for region in sorted({m.api_region for m in facts.seller.marketplaces if m.channel is Channel.AMAZON}):
        rows = sorted(rows_of(facts, region), key=lambda entry: (entry[0], str(entry[1])))
        for span in by_month(facts.since, facts.today, 3):
            within = [row for on, row in rows if span[0] <= on <= span[1]]
            if within:
                path = folder / "amazon" / named(report, region, span, "tsv")
                write_table(path, header, within, delimiter="\t", encoding=facts.seller.encoding)


def _sales(facts: Facts, region: str) -> Iterator[Sale]:
    return (sale for sale in facts.sales if sale.marketplace.code in SHOPS and sale.marketplace.api_region == region)


def _sent_again(facts: Facts, region: str) -> Iterator[Replacement]:
    return (again for again in facts.replacements if again.sale.marketplace.api_region == region)


def _orders(facts: Facts, region: str) -> Iterator[tuple[date, Row]]:
    """One row for each product of an order: a product in two parcels is one line."""
    together: dict[tuple[str, str], list[Sale]] = {}
    for sale in _sales(facts, region):
        together.setdefault((sale.order_id, sale.goods.sku), []).append(sale)
    for parts in together.values():
        first, last = parts[0], parts[-1]
        price, shipping, wrap, tax, promotion = (
            sum(amounts, rounded(Decimal(0), first.marketplace.currency))
            for amounts in zip(
                *((s.principal, s.shipping, s.gift_wrap, s.tax, s.promotion) for s in parts), strict=True
            )
        )
        amounts = (price, tax, shipping, wrap, promotion)
        yield last.at.date(), _order(first, last, first.order_id, sum(s.units for s in parts), amounts)
    for again in _sent_again(facts, region):
        nothing = rounded(Decimal(0), again.sale.marketplace.currency)
        yield again.at.date(), _order(again.sale, again, again.order_id, again.units, (nothing,) * 5)


def _order(sale: Sale, last: Sale | Replacement, order_id: str, units: int, amounts: tuple[Decimal, ...]) -> Row:
    price, tax, shipping, wrap, promotion = amounts
    city, state, code = sale.ship_to
    bought = min(sale.at, last.at) if isinstance(last, Sale) else last.at
    nothing = rounded(Decimal(0), sale.marketplace.currency)
    return (
        order_id,
        order_id,
        (bought - timedelta(hours=3)).astimezone(UTC).isoformat(),
        last.at.astimezone(UTC).isoformat(),
        "Shipped",
        "Amazon",
        shop_of(sale),
        "",
        "Expedited",
        last.goods.title,
        last.goods.sku,
        last.goods.asin,
        "Shipped",
        units,
        sale.marketplace.currency,
        price,
        tax,
        shipping,
        nothing,
        wrap,
        nothing,
        promotion,
        nothing,
        city,
        state,
        code,
        sale.marketplace.country,
        f"PLCC-{sale.line[-6:]}" if promotion else "",
        "",
        "false",
        "",
        "",
        "false",
    )


def _shipments(facts: Facts, region: str) -> Iterator[tuple[date, Row]]:
    for sale in _sales(facts, region):
        yield sale.at.date(), _shipment(sale, sale, sale.order_id, (sale.price, sale.shipping, sale.gift_wrap))
    for again in _sent_again(facts, region):
        nothing = rounded(Decimal(0), again.sale.marketplace.currency)
        yield again.at.date(), _shipment(again.sale, again, again.order_id, (nothing,) * 3)


def _shipment(sale: Sale, sent: Sale | Replacement, order_id: str, amounts: tuple[Decimal, ...]) -> Row:
    goods = sent.goods
    return (
        sent.at.astimezone(UTC).isoformat(),
        goods.sku,
        goods.fnsku,
        goods.asin,
        sent.centre,
        sent.units,
        order_id,
        sale.marketplace.currency,
        *amounts,
        *sale.ship_to,
    )


def _replacements(facts: Facts, region: str) -> Iterator[tuple[date, Row]]:
    for again in _sent_again(facts, region):
        goods = again.goods
        yield (
            again.at.date(),
            (
                again.at.astimezone(UTC).isoformat(),
                goods.sku,
                goods.asin,
                again.centre,
                again.original_centre,
                again.units,
                again.reason,
                again.order_id,
                again.sale.order_id,
            ),
        )
