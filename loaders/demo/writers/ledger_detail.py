"""Writes Amazon's inventory ledger, detailed view (GET_LEDGER_DETAIL_VIEW_DATA): every stock movement."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from loaders.demo.model.facts import Facts
from loaders.demo.model.world import Kind, Movement
from loaders.demo.writers.files import Row, Span, american, by_month, header, of, regions, write_table

SPACED = header("ledger_detail")
UNSPACED = tuple(name.replace(" ", "") for name in SPACED[:14])

_EVENT_TYPES = {
    Kind.RECEIPT: "Receipts",
    Kind.SALE: "Shipments",
    Kind.RETURN: "CustomerReturns",
    Kind.REMOVED: "VendorReturns",
    Kind.TRANSFERRED: "WhseTransfers",
    Kind.UNKNOWN: "InventoryMeasurements",
}
_RECONCILED_KINDS = (Kind.LOST, Kind.FOUND, Kind.DAMAGED)

_EXPORTED_AFTER = timedelta(days=21)
"""Days after a month's end on which a seller exports it, when much of it has been reconciled."""


def write_ledger_detail(facts: Facts, folder: Path) -> None:
    """Write the ledger of each region, split between days."""
    for region in regions(facts):
        movements = sorted((m for m in facts.movements if m.marketplace.api_region == region), key=lambda m: m.on)
        for span, exported_on in _exports(facts):
            within = [m for m in movements if span[0] <= m.on <= span[1]]
            if within:
                _write(facts, folder / "amazon", region, span, within, exported_on)


def _exports(facts: Facts) -> tuple[tuple[Span, date], ...]:
    """The exports with their days. Some sellers' exports overlap, and they exported one month on its last day, and
    again.
    """
    spans = by_month(facts.since, facts.today, 3 if facts.seller.files_per == "quarter" else 1)
    exports = [(span, min(facts.today, span[1] + _EXPORTED_AFTER)) for span in spans]
    if facts.seller.overlaps and len(spans) > 3:
        middle, again = len(spans) // 2, spans[-3]
        extra = (spans[middle][0] + timedelta(days=9), spans[middle + 1][0] + timedelta(days=14))
        exports[-3] = (again, again[1])
        exports += [(extra, min(facts.today, extra[1] + _EXPORTED_AFTER)), (again, facts.today)]
    return tuple(exports)


def _write(facts: Facts, folder: Path, region: str, span: Span, movements: list[Movement], exported_on: date) -> None:
    layout = facts.seller.ledger
    header = UNSPACED if layout == "unspaced" else SPACED
    rows = (row[: len(header)] for row in _rows(movements, exported_on if facts.seller.shows_reconciled else None))
    again = f"_exported_{exported_on.isoformat()}" if exported_on > span[1] + _EXPORTED_AFTER else ""
    name = f"ledger_detail_{region}_{span[0].isoformat()}_{span[1].isoformat()}{again}"
    is_quoted, encoding = layout == "quoted", facts.seller.encoding
    path, delimiter = (f"{name}.csv", ",") if is_quoted else (f"{name}.tsv", "\t")
    write_table(folder / path, header, rows, delimiter=delimiter, quoted=is_quoted, encoding=encoding)


def _rows(movements: list[Movement], exported_on: date | None) -> Iterator[Row]:
    for m in movements:
        midnight = datetime.combine(m.on, time(), ZoneInfo(m.marketplace.time_zone))
        yield (
            *(american(m.on), *of(m, "goods.fnsku goods.asin goods.sku goods.title")),
            *(_EVENT_TYPES.get(m.kind, "Adjustments"), m.reference, m.units or "-0", m.centre, m.disposition, m.reason),
            *(m.marketplace.country if m.names_country else "", *_reconciled(m, exported_on)),
            *(f"{midnight:%Y-%m-%dT%H:%M:%S%z}", ""),
        )


def _reconciled(movement: Movement, exported_on: date | None) -> tuple[object, object]:
    """The units explained at the time of the report, and the others."""
    if exported_on is None or movement.kind not in _RECONCILED_KINDS:
        return "", ""
    done = sum(units for on, units in movement.reconciled if on <= exported_on)
    return done, abs(movement.units) - done
