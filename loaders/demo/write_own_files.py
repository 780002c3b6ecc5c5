"""The files that people keep for Recoup: the cases they filed, and what the goods cost to source."""

from collections.abc import Iterator
from pathlib import Path

from loaders.demo.world import Facts
from loaders.demo.writing import columns, iso, write_table

CASES = columns(
    "case_id,marketplace,opened_on,category,fnsku,sku,order_id,shipment_id,claimed_units,claimed_amount,currency,"
    "decision,decided_on,closed_on,note"
)
SOURCING_COSTS = columns("sku,marketplace,unit_cost,currency,valid_from")


def write_cases(facts: Facts, folder: Path) -> None:
    """Write the seller's cases, oldest first."""
    cases = sorted(facts.cases, key=lambda case: case.opened_on)
    rows = (
        (
            case.case_id,
            case.marketplace.code,
            case.opened_on.isoformat(),
            case.category,
            case.goods.fnsku if case.marketplace.channel == "amazon" else "",
            case.goods.sku,
            "",
            "",
            case.claimed_units,
            case.claimed_amount,
            case.marketplace.currency,
            case.decision,
            iso(case.decided_on),
            iso(case.closed_on),
            case.note,
        )
        for case in cases
    )
    write_table(folder / "recoup" / "cases.csv", CASES, rows)


def write_sourcing_costs(facts: Facts, folder: Path) -> None:
    """Write the costs that the seller told: by marketplace, or for all that use the currency."""
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
