"""Writes Amazon's removal orders and their parcels (GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA and
…_REMOVAL_SHIPMENT_DETAIL_DATA).
"""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from core.money import rounded
from loaders.demo.model.catalogue import RATES
from loaders.demo.model.consignments import Parcel, RemovalOrder
from loaders.demo.model.facts import Facts
from loaders.demo.writers.files import Row, header, in_form, named, of, write_by_quarter, write_table

NORTH_AMERICA = header("removal_orders")
EUROPE = header("removal_orders_eu")
SHIPMENTS = header("removal_shipments")

_FEE = Decimal("0.84")


def write_removals(facts: Facts, folder: Path) -> None:
    """Write the orders of each region, a quarter per file, and the parcels of each marketplace, which name none."""
    orders = sorted(facts.removals, key=lambda order: order.requested_at)
    rows = ((o.marketplace.api_region, _stamp(o, o.requested_at).date(), _order(facts, o)) for o in orders)
    headers = {"EU": EUROPE}
    write_by_quarter(facts, folder, "removal_orders", lambda region: headers.get(region, NORTH_AMERICA), rows)
    for marketplace in facts.seller.marketplaces:
        of_it = [order for order in facts.removals if order.marketplace == marketplace]
        sent = sorted(((order, p) for order in of_it for p in order.parcels), key=lambda entry: entry[1].shipped_at)
        if sent:
            whole = (facts.since, facts.today)
            path = folder / marketplace.code / named("removal_shipments", marketplace.country, whole, "tsv")
            parcels = (_parcel(order, parcel) for order, parcel in sent)
            write_table(path, SHIPMENTS, parcels, delimiter="\t", encoding=facts.seller.encoding)


def _order(facts: Facts, order: RemovalOrder) -> Row:
    currency = order.marketplace.currency
    count = order.shipped + order.disposed
    fee = rounded(_FEE * RATES[currency] * count, currency)
    is_europe = order.marketplace.api_region == "EU"
    words = ("Seller-initiated Manual Removal", order.kind) if is_europe else (order.kind, "Standard")
    return (
        *(_stamp(order, order.requested_at).isoformat(), order.order_id, *words),
        *(order.status, _stamp(order, order.updated_at).isoformat(), *_goods(order)),
        *of(order, "requested cancelled disposed shipped"),
        *(order.requested - order.cancelled - count, in_form(facts)(fee), currency),
    )


def _parcel(order: RemovalOrder, parcel: Parcel) -> Row:
    requested_at, shipped_at = (_stamp(order, at).isoformat() for at in (order.requested_at, parcel.shipped_at))
    what = of(parcel, "units carrier tracking_number")
    return (requested_at, order.order_id, shipped_at, *_goods(order), *what, order.kind)


def _goods(order: RemovalOrder) -> Row:
    state = "Sellable" if order.disposition == "SELLABLE" else "Unsellable"
    return order.goods.sku, order.goods.fnsku, state


def _stamp(order: RemovalOrder, at: datetime) -> datetime:
    """A time in the report's form: Pacific in North America, UTC in Europe, local time in Japan."""
    region = order.marketplace.api_region
    if region == "EU":
        return at.astimezone(UTC)
    return at.astimezone(ZoneInfo("America/Los_Angeles" if region == "NA" else order.marketplace.time_zone))
