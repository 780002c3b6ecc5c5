"""Writes Amazon's settlement report, flat file V2 (GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2): one document per two
weeks and currency.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from core.money import rounded
from loaders.demo.model.chance import Chance
from loaders.demo.model.facts import Facts
from loaders.demo.model.periods import closing, periods
from loaders.demo.writers.files import amazon, header, in_form, named, write_table
from loaders.demo.writers.settlement_rows import Line, lines_of

HEADER = header("settlement")

_STORAGE = {"USD": "-18.40", "CAD": "-21.10", "GBP": "-12.75", "EUR": "-14.20", "JPY": "-2140"}


def write_settlement(facts: Facts, folder: Path) -> None:
    """Write the settlements of each currency; the last one ends today."""
    for currency in sorted({m.currency for m in amazon(facts)}):
        lines = lines_of(facts, currency)
        moments = [line.at for line in lines]
        for first, last in periods(facts.since, facts.today):
            opened, closed = closing(first - timedelta(days=1)), closing(last)
            within = lines[bisect_right(moments, opened) : bisect_right(moments, closed)]
            storage = rounded(Decimal(_STORAGE[currency]) - len(within) // 10, currency)
            fee = Line(closed - timedelta(hours=5), "ServiceFee", "other-transaction", "Storage Fee", storage)
            path = folder / "amazon" / named("settlement_v2", currency, (first, last), "txt")
            rows = _rows(facts, currency, (opened, closed), [*within, fee])
            write_table(path, HEADER, ([row.get(name, "") for name in HEADER] for row in rows), delimiter="\t")


def _rows(
    facts: Facts, currency: str, period: tuple[datetime, datetime], lines: list[Line]
) -> Iterator[dict[str, object]]:
    amount, has_commas = in_form(facts), facts.seller.reimbursements == "decimal comma"
    opened, closed = period
    number = Chance(f"{facts.seller.code}/{currency}/{closed:%Y%m%d}").digits(11)
    total = sum((line.amount for line in lines), rounded(Decimal(0), currency))
    yield {
        "settlement-id": number,
        "settlement-start-date": _moment(opened, has_commas),
        "settlement-end-date": _moment(closed, has_commas),
        "deposit-date": _moment(closed + timedelta(days=2), has_commas),
        "total-amount": amount(total),
        "currency": currency,
    }
    for line in lines:
        yield {
            "settlement-id": number,
            "transaction-type": line.kind,
            "amount-type": line.amount_type,
            "amount-description": line.description,
            "amount": amount(line.amount),
            "posted-date": _moment(line.at, has_commas)[:10],
            "posted-date-time": _moment(line.at, has_commas),
            **line.more,
        }


def _moment(at: datetime, is_european: bool) -> str:
    return f"{at.astimezone(UTC):{'%d.%m.%Y' if is_european else '%Y-%m-%d'} %H:%M:%S} UTC"
