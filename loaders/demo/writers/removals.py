"""Writes Amazon's removal orders and their parcels (GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA and
…_REMOVAL_SHIPMENT_DETAIL_DATA).
"""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model.catalogue import RATES
from loaders.demo.model.consignments import Parcel, RemovalOrder
from loaders.demo.model.facts import Facts
from loaders.demo.writers.files import by_month, columns, comma, named, write_table

_START = "request-date,order-id,"
_END = (
    ",order-status,last-updated-date,sku,fnsku,disposition,requested-quantity,cancelled-quantity,disposed-quantity,"
    "shipped-quantity,in-process-quantity,removal-fee,currency"
)
NORTH_AMERICA = columns(f"{_START}order-type,service-speed{_END}")
EUROPE = columns(f"{_START}order-source,order-type{_END}")
SHIPMENTS = columns(
    "request-date,order-id,shipment-date,sku,fnsku,disposition,shipped-quantity,carrier,tracking-number,"
    "removal-order-type"
)

_FEE = Decimal("0.84")


def write_removals(facts: Facts, folder: Path) -> None:
    """Write the orders of each region, a quarter per file, and the parcels of each marketplace, which name none."""
    for region in sorted({m.api_region for m in facts.seller.marketplaces if m.channel is Channel.AMAZON}):
        orders = sorted(
            (order for order in facts.removals if order.marketplace.api_region == region), key=lambda o: o.requested_at
        )
        for span in by_month(facts.since, facts.today, 3):
            within = [order for order in orders if span[0] <= _stamp(order, order.requested_at).date() <= span[1]]
            if within:
                _write_orders(facts, folder / "amazon" / named("removal_orders", region, span, "tsv"), within)
    for marketplace in facts.seller.marketplaces:
        orders = [order for order in facts.removals if order.marketplace == marketplace]
        sent = sorted(((order, p) for order in orders for p in order.parcels), key=lambda entry: entry[1].shipped_at)
        if sent:
            whole = (facts.since, facts.today)
            path = folder / marketplace.code / named("removal_shipments", marketplace.country, whole, "tsv")
            rows = (_parcel(order, parcel) for order, parcel in sent)
            write_table(path, SHIPMENTS, rows, delimiter="\t", encoding=facts.seller.encoding)


def _write_orders(facts: Facts, path: Path, orders: list[RemovalOrder]) -> None:
    has_commas = facts.seller.reimbursements == "decimal comma"
    is_europe = orders[0].marketplace.api_region == "EU"
    rows = (_order(order, is_europe, has_commas) for order in orders)
    header = EUROPE if is_europe else NORTH_AMERICA
    write_table(path, header, rows, delimiter="\t", encoding=facts.seller.encoding)


def _order(order: RemovalOrder, is_europe: bool, has_commas: bool) -> tuple[object, ...]:
    currency = order.marketplace.currency
    count = order.shipped + order.disposed
    fee = rounded(_FEE * RATES[currency] * count, currency)
    words = ("Seller-initiated Manual Removal", order.kind) if is_europe else (order.kind, "Standard")
    return (
        _stamp(order, order.requested_at).isoformat(),
        order.order_id,
        *words,
        order.status,
        _stamp(order, order.updated_at).isoformat(),
        order.goods.sku,
        order.goods.fnsku,
        "Sellable" if order.disposition == "SELLABLE" else "Unsellable",
        order.requested,
        order.cancelled,
        order.disposed,
        order.shipped,
        order.requested - order.cancelled - count,
        comma(fee) if has_commas else fee,
        currency,
    )


def _parcel(order: RemovalOrder, parcel: Parcel) -> tuple[object, ...]:
    return (
        _stamp(order, order.requested_at).isoformat(),
        order.order_id,
        _stamp(order, parcel.shipped_at).isoformat(),
        order.goods.sku,
        order.goods.fnsku,
        "Sellable" if order.disposition == "SELLABLE" else "Unsellable",
        parcel.units,
        parcel.carrier,
        parcel.tracking_number,
        order.kind,
    )


def _stamp(order: RemovalOrder, at: datetime) -> datetime:
    """A time in the report's form: Pacific in North America, UTC in Europe, local time in Japan."""
    region = order.marketplace.api_region
    if region == "EU":
        return at.astimezone(UTC)
    return at.astimezone(ZoneInfo("America/Los_Angeles" if region == "NA" else order.marketplace.time_zone))
