"""Writes Amazon's FBA reimbursements (GET_FBA_REIMBURSEMENTS_DATA)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.vocabulary import Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.world import Payment
from loaders.demo.writers.files import by_month, columns, comma, named, write_table

FULL = columns(
    "approval-date,reimbursement-id,case-id,amazon-order-id,reason,sku,fnsku,asin,product-name,condition,currency-unit,"
    "amount-per-unit,amount-total,quantity-reimbursed-cash,quantity-reimbursed-inventory,quantity-reimbursed-total,"
    "original-reimbursement-id,original-reimbursement-type"
)
OLDER = FULL[:16]

_ZONES = {"NA": ZoneInfo("America/Los_Angeles"), "EU": ZoneInfo("UTC"), "FE": ZoneInfo("Asia/Tokyo")}


def write_reimbursements(facts: Facts, folder: Path) -> None:
    """Write the payments of each region, a quarter per file; the older layout has 16 columns and decimal commas."""
    is_older = facts.seller.reimbursements == "decimal comma"
    for region in sorted({m.api_region for m in facts.seller.marketplaces if m.channel is Channel.AMAZON}):
        rows = sorted(
            ((_stamp(p), p) for p in facts.payments if p.marketplace.api_region == region), key=lambda entry: entry[0]
        )
        for span in by_month(facts.since, facts.today, 3):
            within = [(stamp, p) for stamp, p in rows if span[0] <= stamp.date() <= span[1]]
            if within:
                path = folder / "amazon" / named("fba_reimbursements", region, span, "tsv")
                lines = (row[:16] if is_older else row for row in _rows(within, is_older))
                header = OLDER if is_older else FULL
                write_table(path, header, lines, delimiter="\t", encoding=facts.seller.encoding)


def _stamp(payment: Payment) -> datetime:
    return payment.at.astimezone(_ZONES[payment.marketplace.api_region])


def _rows(payments: list[tuple[datetime, Payment]], has_commas: bool) -> Iterator[tuple[object, ...]]:
    for stamp, p in payments:
        yield (
            stamp.isoformat(),
            p.reimbursement_id,
            p.case_id,
            p.order_id,
            p.reason,
            p.goods.sku,
            p.goods.fnsku,
            p.goods.asin,
            p.goods.title,
            "New",
            p.marketplace.currency,
            comma(p.per_unit) if has_commas else p.per_unit,
            comma(p.amount) if has_commas else p.amount,
            p.cash,
            p.inventory,
            p.cash + p.inventory,
            p.original.reimbursement_id if p.original else "",
            p.original.reason if p.original else "",
        )
