"""The sellers' products with names, variants, prices, sourcing costs and the marketplaces' identifiers."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from core.money import rounded
from loaders.demo.model.chance import Chance
from loaders.demo.model.facts import HISTORY
from loaders.demo.model.world import Goods, Seller

RATES = {"USD": Decimal(1), "CAD": Decimal("1.36"), "GBP": Decimal("0.82"), "EUR": Decimal("0.95"), "JPY": Decimal(150)}
"""The exchange rate from a dollar to each currency."""

_THEMES = tomllib.loads(Path(__file__).with_name("goods.toml").read_text(encoding="utf-8"))


def catalogue(seller: Seller, size: int, today: date, chance: Chance) -> tuple[Goods, ...]:
    """`size` products of a seller, each with its own SKU, FNSKU, ASIN and GTIN."""
    theme = _THEMES[seller.theme]
    names = (
        (number, f"{seller.name} {product}, {variant}" + (f", Pack of {pack}" if pack > 1 else ""), price * pack)
        for pack in count(1)
        for variant in theme["variants"]
        for number, (price, product) in enumerate(theme["products"], start=1)
    )
    currencies = sorted({marketplace.currency for marketplace in seller.marketplaces})
    return tuple(
        _goods(seller, theme["department"], index, next(names), currencies, today, chance)
        for index in range(1, size + 1)
    )


def _goods(
    seller: Seller,
    department: str,
    index: int,
    named: tuple[int, str, int],
    currencies: list[str],
    today: date,
    chance: Chance,
) -> Goods:
    number, title, price = named
    margin = chance.uniform(0.22, 0.40)
    bought_since = today - HISTORY - timedelta(days=90)
    dearer_since = today - timedelta(days=chance.randint(100, 300)) if chance.happens(0.2) else None
    prices = {code: _price(price, code) for code in currencies}
    costs: dict[str, tuple[tuple[date, Decimal], ...]] = {}
    for code in currencies:
        cost = rounded(prices[code] * Decimal(round(margin * 1000)) / 1000, code)
        dearer = ((dearer_since, rounded(cost * Decimal("1.08"), code)),) if dearer_since else ()
        costs[code] = ((bought_since, cost), *dearer)
    return Goods(
        sku=f"{seller.code[:2]}-{number:02d}-{index:04d}",
        title=title,
        fnsku=chance.code("X00", 7),
        asin=chance.code("B0", 8),
        gtin=_gtin(chance),
        department=department,
        prices=prices,
        costs=costs,
        cost_is_known=chance.happens(0.7),
    )


def _price(dollars: int, currency: str) -> Decimal:
    """A typical shop price: 23.99, or 3,480 yen."""
    price = rounded(dollars * RATES[currency], "JPY")
    return price // 100 * 100 - 20 if currency == "JPY" else price - Decimal("0.01")


def _gtin(chance: Chance) -> str:
    """A 12-digit article number with its check digit (GS1), written as the 14 digits of a GTIN."""
    body = "0" + chance.digits(10)
    odd, even = (sum(int(digit) for digit in body[start::2]) for start in (0, 1))
    return f"00{body}{-(3 * odd + even) % 10}"
