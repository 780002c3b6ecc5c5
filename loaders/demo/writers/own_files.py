"""Writes Recoup's own files: cases, shipment deliveries, sourcing costs."""

from collections.abc import Iterator
from pathlib import Path

from loaders.demo.model.facts import Facts
from loaders.demo.writers.files import header, iso, of, write_table

CASES = header("cases")
SHIPMENT_DELIVERIES = header("shipment_deliveries")
SOURCING_COSTS = header("sourcing_costs")


def write_cases(facts: Facts, folder: Path) -> None:
    """Write the seller's cases, oldest first."""
    rows = (
        (
            *(case.case_id, case.marketplace.code, case.opened_on.isoformat(), case.category),
            *(case.goods.fnsku if case.marketplace.channel == "amazon" else "", case.goods.sku),
            *of(case, "order_id shipment_id claimed_units claimed_amount marketplace.currency decision"),
            *(iso(case.decided_on), iso(case.closed_on), case.note),
        )
        for case in sorted(facts.cases, key=lambda case: case.opened_on)
    )
    write_table(folder / "recoup" / "cases.csv", CASES, rows)


def write_shipment_deliveries(facts: Facts, folder: Path) -> None:
    """Write the tracked deliveries: shipments by their id, parcels of removals by their tracking number, and a removal
    whose parcels all came by its order as well.
    """
    deliveries = [(shipment.shipment_id, shipment.delivered_on) for shipment in facts.inbound if shipment.is_tracked]
    for order in facts.removals:
        days = [parcel.delivered_on if parcel.is_told else None for parcel in order.parcels]
        deliveries += [(parcel.tracking_number, on) for parcel, on in zip(order.parcels, days, strict=True)]
        if days and None not in days:
            deliveries.append((order.order_id, max(day for day in days if day)))
    rows = sorted((on.isoformat(), name) for name, on in deliveries if on and on <= facts.today)
    table = ((name, on) for on, name in rows)
    write_table(folder / "recoup" / "shipment_deliveries.csv", SHIPMENT_DELIVERIES, table)


def write_sourcing_costs(facts: Facts, folder: Path) -> None:
    """Write the costs known to the seller: by marketplace, or for all that use the currency."""
    write_table(folder / "recoup" / "sourcing_costs.csv", SOURCING_COSTS, _costs(facts))


def _costs(facts: Facts) -> Iterator[tuple[object, ...]]:
    by_currency: dict[str, list[str]] = {}
    for marketplace in facts.seller.marketplaces:
        by_currency.setdefault(marketplace.currency, []).append(marketplace.code)
    for index, goods in enumerate(goods for goods in facts.goods if goods.cost_is_known):
        for currency, codes in by_currency.items():
            for code in [""] if index % 2 else codes:
                for valid_from, cost in goods.costs[currency]:
                    yield goods.sku, code, cost, currency, valid_from.isoformat()
