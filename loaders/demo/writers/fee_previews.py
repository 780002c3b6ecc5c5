"""Writes Amazon's fee preview and referral fee preview."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.money import rounded
from core.vocabulary import Marketplace
from loaders.demo.model import tariff
from loaders.demo.model.facts import Facts
from loaders.demo.model.world import Goods
from loaders.demo.writers.files import amazon, header, in_form, write_table

US = header("fee_preview_us")
CA = header("fee_preview_ca")
EU = header("fee_preview_eu")
REFERRAL = header("referral_fee_preview")

_LAYOUTS = {"AMAZON_US": ("US", US), "AMAZON_CA": ("CA", CA), "AMAZON_UK": ("EU", EU), "AMAZON_DE": ("EU", EU)}
_EFN = ("uk", "de", "fr", "it", "es", "se")
_CENTIMETRES, _GRAMS = Decimal("2.54"), Decimal("453.6")

Row = dict[str, object]


def write_fee_previews(facts: Facts, folder: Path) -> None:
    """Write the fee previews of each layout; Europe's mixes its marketplaces."""
    layouts = sorted({_LAYOUTS[m.code][0] for m in facts.seller.marketplaces if m.code in _LAYOUTS})
    for layout in layouts:
        own = [m for m in facts.seller.marketplaces if m.code in _LAYOUTS and _LAYOUTS[m.code][0] == layout]
        header = _LAYOUTS[own[0].code][1]
        for on in tariff.preview_days(facts.today):
            rows = (_row(facts, m, goods, on) for m in own for goods in _listed(facts, m))
            path = folder / "amazon" / f"fee_preview_{layout}_{on.isoformat()}.txt"
            write_table(path, header, ([_cell(facts, row, name) for name in header] for row in rows), delimiter="\t")


def write_referral_fee_previews(facts: Facts, folder: Path) -> None:
    """Write the referral fee preview of a seller with one marketplace: it has neither marketplace nor currency.

    Sellers with a fee preview, which has the same data, do not export it.
    """
    own = amazon(facts)
    if len(own) != 1 or own[0].code in _LAYOUTS:
        return
    for on in tariff.preview_days(facts.today):
        path = folder / "amazon" / f"referral_fee_preview_{on.isoformat()}.tsv"
        rows = list(_referral_rows(facts, own[0], on))
        write_table(path, REFERRAL, rows, delimiter="\t", encoding=facts.seller.encoding)


def _referral_rows(facts: Facts, marketplace: Marketplace, on: date) -> Iterator[tuple[object, ...]]:
    for goods in _listed(facts, marketplace):
        price, fee = _price_and_commission(facts, marketplace, goods, on)
        yield goods.sku, goods.asin, goods.title, in_form(facts)(price), in_form(facts)(fee)


def _listed(facts: Facts, marketplace: Marketplace) -> list[Goods]:
    """The goods offered there: those with sales."""
    sold = {sale.goods.sku for sale in facts.sales if sale.marketplace == marketplace}
    return [goods for goods in facts.goods if goods.sku in sold]


def _price_and_commission(facts: Facts, marketplace: Marketplace, goods: Goods, on: date) -> tuple[Decimal, Decimal]:
    rate = tariff.referral_rate(goods, marketplace, on, facts.today)
    price = goods.prices[marketplace.currency]
    return price, tariff.commission(price, rate, marketplace.currency)


def _row(facts: Facts, marketplace: Marketplace, goods: Goods, on: date) -> Row:
    currency, size = marketplace.currency, tariff.SIZES[tariff.size_of(goods)]
    price, commission = _price_and_commission(facts, marketplace, goods, on)
    fee = tariff.fulfilment_fee(goods, marketplace, on, facts.today)
    is_metric = marketplace.api_region == "EU"
    sides = [rounded(side * _CENTIMETRES, "EUR") if is_metric else side for side in size.sides]
    nothing = rounded(Decimal(0), currency)
    future = {name: "--" for name in US if "future" in name}
    return {
        "sku": goods.sku,
        "fnsku": goods.fnsku,
        "asin": goods.asin,
        "amazon-store": marketplace.country,
        "product-name": goods.title,
        "product-group": goods.department,
        "brand": facts.seller.name,
        "fulfilled-by": "Amazon",
        "has-local-inventory": "Yes",
        "your-price": price,
        "sales-price": price,
        "longest-side": sides[0],
        "median-side": sides[1],
        "shortest-side": sides[2],
        "length-and-girth": sides[0] + 2 * (sides[1] + sides[2]),
        "unit-of-dimension": "centimetres" if is_metric else "inches",
        "item-package-weight": rounded(size.weight * _GRAMS, "EUR") if is_metric else size.weight,
        "unit-of-weight": "grams" if is_metric else "pounds",
        "product-size-tier": size.tier,
        "product-size-weight-band": size.band,
        "currency": currency,
        "estimated-fee-total": commission + fee,
        "estimated-referral-fee-per-unit": commission,
        "estimated-variable-closing-fee": nothing,
        "estimated-order-handling-fee-per-order": nothing,
        "estimated-pick-pack-fee-per-unit": fee,
        "estimated-weight-handling-fee-per-unit": nothing,
        "expected-fulfillment-fee-per-unit": fee,
        "expected-domestic-fulfilment-fee-per-unit": fee,
        **{f"expected-efn-fulfilment-fee-per-unit-{country}": "--" for country in _EFN},
        **future,
    }


def _cell(facts: Facts, row: Row, name: str) -> object:
    value = row[name]
    return in_form(facts)(value) if isinstance(value, Decimal) else value
