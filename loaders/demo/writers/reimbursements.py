"""Writes Amazon's FBA reimbursements (GET_FBA_REIMBURSEMENTS_DATA)."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.vocabulary import Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.world import Payment
from loaders.demo.writers.files import Row, header, in_form, of, write_by_quarter

FULL = header("reimbursements")
OLDER = FULL[:16]

_ZONES = {"NA": ZoneInfo("America/Los_Angeles"), "EU": ZoneInfo("UTC"), "FE": ZoneInfo("Asia/Tokyo")}


def write_reimbursements(facts: Facts, folder: Path) -> None:
    """Write the payments of each region, a quarter per file; the older layout has 16 columns and decimal commas."""
    header = OLDER if facts.seller.reimbursements == "decimal comma" else FULL
    write_by_quarter(facts, folder, "fba_reimbursements", header, _rows(facts, len(header)))


def _rows(facts: Facts, width: int) -> Iterator[tuple[str, date, Row]]:
    amount = in_form(facts)
    for p in sorted((p for p in facts.payments if p.marketplace.channel is Channel.AMAZON), key=_stamp):
        row = (
            _stamp(p).isoformat(),
            *of(p, "reimbursement_id case_id order_id reason goods.sku goods.fnsku goods.asin goods.title"),
            *("New", p.marketplace.currency, amount(p.per_unit), amount(p.amount)),
            *(p.cash, p.inventory, p.cash + p.inventory),
            *(of(p.original, "reimbursement_id reason") if p.original else ("", "")),
        )
        yield p.marketplace.api_region, _stamp(p).date(), row[:width]


def _stamp(payment: Payment) -> datetime:
    return payment.at.astimezone(_ZONES[payment.marketplace.api_region])
