"""The marketplaces' fees for a sale, by day: all fees of the demo world follow these rules, except for planted
mistakes.

Fees change twice: fulfilment fees rose, and the commission of a few goods was cut. Each change comes the day after an
export of the fee preview (`preview_days`), so that previews determine which fee applied when.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from core.vocabulary import Channel, Marketplace
from loaders.demo.model.catalogue import RATES
from loaders.demo.model.world import Goods


@dataclass(frozen=True)
class Size:
    """A size tier: a package's maximum measures (inches, pounds), and the fee per unit in US dollars."""

    tier: str
    band: str
    sides: tuple[Decimal, Decimal, Decimal]
    weight: Decimal
    dollars: Decimal


def _size(tier: str, band: str, sides: str, weight: str, dollars: str) -> Size:
    longest, median, shortest = (Decimal(side) for side in sides.split())
    return Size(tier, band, (longest, median, shortest), Decimal(weight), Decimal(dollars))


SIZES = (
    _size("Small standard-size", "Small parcel 400 g", "9.10 6.30 0.70", "0.55", "3.28"),
    _size("Large standard-size", "Standard parcel 900 g", "12.40 8.20 2.90", "1.35", "4.99"),
    _size("Large standard-size", "Standard parcel 3900 g", "16.50 11.80 5.10", "3.60", "6.62"),
    _size("Large bulky", "Small oversize 15 kg", "24.00 16.20 10.40", "9.80", "10.85"),
    _size("Extra-large", "Standard oversize 23 kg", "38.00 22.50 14.00", "31.00", "17.40"),
)

_STANDARD_RATE, _ELECTRONICS_RATE, _RATE_BEFORE_THE_CUT = Decimal("0.15"), Decimal("0.08"), Decimal("0.17")
_ELECTRONIC = ("Headlamp", "Kitchen Scale", "Küchenwaage")
_SMALLEST_COMMISSION = {"USD": Decimal("0.30")}
_RISE = Decimal("0.12")
_CATEGORIES = {
    "Sports & Outdoors": "Sporting Goods",
    "Home": "Home & Garden",
    "Home & Kitchen": "Kitchen",
    "Pets": "Pet Supplies",
    "Office Products": "Office Products",
}


def preview_days(today: date) -> tuple[date, ...]:
    """The days on which sellers export their fee previews, oldest first."""
    return (today - timedelta(days=100), today - timedelta(days=41), today)


def size_of(goods: Goods) -> int:
    """The size tier of the goods: more expensive goods are larger here."""
    currency, price = next(iter(goods.prices.items()))
    dollars = price / RATES[currency]
    return sum(dollars >= bound for bound in (22, 40, 90))


def fulfilment_fee(goods: Goods, marketplace: Marketplace, on: date, today: date, size: int | None = None) -> Decimal:
    """Amazon's fee for sending one unit, measured correctly or as another size."""
    fee = SIZES[size_of(goods) if size is None else size].dollars
    if on <= preview_days(today)[0]:
        fee -= _RISE
    return rounded(fee * RATES[marketplace.currency], marketplace.currency)


def walmart_fee(price: Decimal) -> Decimal:
    """Walmart's fee for sending one unit."""
    return Decimal("3.45") if price < 20 else Decimal("5.45") if price < 60 else Decimal("8.90")


def was_cut(goods: Goods) -> bool:
    """Whether the commission on these goods was lowered recently."""
    return int(goods.sku[-4:]) % 20 == 11


def referral_rate(goods: Goods, marketplace: Marketplace, on: date, today: date) -> Decimal:
    """The commission rate on a day, as a share of the price."""
    if any(word in goods.title for word in _ELECTRONIC) and marketplace.channel is Channel.AMAZON:
        return _ELECTRONICS_RATE
    if marketplace.channel is Channel.WALMART:
        return _ELECTRONICS_RATE if contract_category(goods) == "Consumer Electronics" else _STANDARD_RATE
    return _RATE_BEFORE_THE_CUT if was_cut(goods) and on <= preview_days(today)[1] else _STANDARD_RATE


def commission(base: Decimal, rate: Decimal, currency: str) -> Decimal:
    """The commission on principal, shipping and gift wrap less promotions; in dollars never below 30 cents."""
    due = rounded(base * rate, currency)
    return max(due, _SMALLEST_COMMISSION.get(currency, due)) if base > 0 else due


def contract_category(goods: Goods) -> str:
    """Walmart's contract category, which determines the rate."""
    return "Consumer Electronics" if "Headlamp" in goods.title else _CATEGORIES[goods.department]
