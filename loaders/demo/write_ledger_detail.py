"""Amazon's inventory ledger, detailed view (GET_LEDGER_DETAIL_VIEW_DATA): every movement of stock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core.vocabulary import Channel
from loaders.demo.world import Facts, Kind, Movement
from loaders.demo.writing import Span, american, by_month, columns, named, write_table

SPACED = columns(
    "Date,FNSKU,ASIN,MSKU,Title,Event Type,Reference ID,Quantity,Fulfillment Center,Disposition,Reason,Country,"
    "Reconciled Quantity,Unreconciled Quantity,Date and Time,Store"
)
UNSPACED = tuple(name.replace(" ", "") for name in SPACED[:14])

_EVENT_TYPES = {Kind.RECEIPT: "Receipts", Kind.SALE: "Shipments", Kind.RETURN: "CustomerReturns"}
_RECONCILED_KINDS = (Kind.LOST, Kind.FOUND, Kind.DAMAGED)

_EXPORTED_AFTER = timedelta(days=21)
"""A seller exports a month some weeks after its end, when much of it has been reconciled."""


def write_ledger_detail(facts: Facts, folder: Path) -> None:
    """Write the ledger of each region, split between days."""
    for region in sorted({m.region for m in facts.seller.marketplaces if m.channel is Channel.AMAZON}):
        movements = sorted((m for m in facts.movements if m.marketplace.region == region), key=lambda m: m.on)
        for span in _spans(facts):
            within = [m for m in movements if span[0] <= m.on <= span[1]]
            if within:
                _write(facts, folder / "amazon", region, span, within)


def _spans(facts: Facts) -> tuple[Span, ...]:
    spans = by_month(facts.since, facts.today, 3 if facts.seller.files_per == "quarter" else 1)
    if not facts.seller.overlaps or len(spans) < 4:
        return spans
    middle = len(spans) // 2
    extra = (spans[middle][0] + timedelta(days=9), spans[middle + 1][0] + timedelta(days=14))
    return (*spans, extra)


def _write(facts: Facts, folder: Path, region: str, span: Span, movements: list[Movement]) -> None:
    layout = facts.seller.ledger
    exported_on = min(facts.today, span[1] + _EXPORTED_AFTER)
    rows = _rows(movements, exported_on if facts.seller.shows_reconciled else None)
    if layout == "quoted":
        write_table(folder / named("ledger_detail", region, span, "csv"), SPACED, rows, quoted=True)
    elif layout == "unspaced":
        short = (row[:14] for row in rows)
        write_table(folder / named("ledger_detail", region, span, "tsv"), UNSPACED, short, delimiter="\t")
    else:
        write_table(folder / named("ledger_detail", region, span, "tsv"), SPACED, rows, delimiter="\t")


def _rows(movements: list[Movement], exported_on: date | None) -> Iterator[tuple[object, ...]]:
    for m in movements:
        midnight = datetime.combine(m.on, time(), ZoneInfo(m.marketplace.time_zone))
        yield (
            american(m.on),
            m.goods.fnsku,
            m.goods.asin,
            m.goods.sku,
            m.goods.title,
            _EVENT_TYPES.get(m.kind, "Adjustments"),
            m.reference,
            m.units,
            m.centre,
            m.disposition,
            m.reason,
            m.marketplace.country,
            *_reconciled(m, exported_on),
            f"{midnight:%Y-%m-%dT%H:%M:%S%z}",
            "",
        )


def _reconciled(movement: Movement, exported_on: date | None) -> tuple[object, object]:
    """How many of the units were explained when the report was made, and how many were not."""
    if exported_on is None or movement.kind not in _RECONCILED_KINDS:
        return "", ""
    done = sum(units for on, units in movement.reconciled if on <= exported_on)
    return done, abs(movement.units) - done
