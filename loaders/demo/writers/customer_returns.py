"""Writes Amazon's FBA customer returns (GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA), with the buyers' comments."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import CustomerReturn
from loaders.demo.stories.orders.after_sale import gap_in_returns
from loaders.demo.writers.files import Row, by_month, header, named, of, regions, write_table

HEADER = header("customer_returns")

_A_DAY = timedelta(days=1)


def write_customer_returns(facts: Facts, folder: Path) -> None:
    """Write the returns of each region, a quarter per file, or a month where some days are missing; returns with
    another date in a second export are written twice.
    """
    for region in regions(facts):
        returns = sorted((r for r in facts.returns if r.sale.marketplace.api_region == region), key=lambda r: r.at)
        hole = gap_in_returns(facts, region)
        for first, last in by_month(facts.since, facts.today, 1 if hole else 3):
            if hole and hole[0] <= first <= hole[1]:
                continue
            span = first, min(last, hole[0] - _A_DAY) if hole and first < hole[0] else last
            within = [r for r in returns if span[0] <= r.at.date() <= span[1]]
            if within:
                _write(facts, folder / "amazon" / named("fba_customer_returns", region, span, "tsv"), within)
        again = [replace(r, at=r.told_again_at) for r in returns if r.told_again_at]
        if again:
            span = again[0].at.date(), max(r.at for r in again).date()
            _write(facts, folder / "amazon" / named("fba_customer_returns_again", region, span, "tsv"), again)


def _write(facts: Facts, path: Path, returns: Iterable[CustomerReturn]) -> None:
    write_table(path, HEADER, _rows(returns), delimiter="\t", encoding=facts.seller.returns_encoding)


def _rows(returns: Iterable[CustomerReturn]) -> Iterator[Row]:
    names = "sale.goods.sku sale.goods.asin sale.goods.fnsku sale.goods.title"
    for r in returns:
        order_id = r.under_order or r.sale.order_id
        what = of(r, "centre disposition reason status plate comment")
        yield (r.at.astimezone(UTC).isoformat(), order_id, *of(r, names), 1, *what)
