"""Overcharged fees at Amazon, and correct charges that look overcharged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from loaders.demo.model import tariff
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, refund, send_back, shown_day
from loaders.demo.stories.orders.after_sale import by_day as at_noon
from loaders.demo.stories.orders.claims import Claim, Plot, Trap, money_owed
from loaders.demo.stories.orders.sales import PLAIN, Terms, right_commission, sell


def _rate(scene: Scene, goods: Goods, on: date) -> Decimal:
    return tariff.referral_rate(goods, scene.marketplace, on, scene.today)


def commission_too_high(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The commission of another category is charged."""
    if tariff.was_cut(goods):
        raise OutsideReports
    rate = _rate(scene, goods, clock_on) + scene.chance.choice((Decimal("0.02"), Decimal("0.05"), Decimal("0.07")))
    return _overcharged(scene, goods, clock_on, Terms(rate=rate), scene.chance.randint(1, 2))


def commission_too_high_with_extras(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The same for a line with shipping, gift wrap and a promotion, on which commission is due, or is not."""
    if tariff.was_cut(goods):
        raise OutsideReports
    price, currency = goods.prices[scene.currency], scene.currency
    rate = _rate(scene, goods, clock_on) + Decimal("0.05")
    terms = Terms(
        shipping=scene.chance.amount(price, 0.1, 0.2, currency),
        gift_wrap=scene.chance.amount(price, 0.05, 0.1, currency),
        promotion=scene.chance.amount(price, 0.05, 0.1, currency),
        rate=rate,
    )
    return _overcharged(scene, goods, clock_on, terms, 1)


def _overcharged(scene: Scene, goods: Goods, clock_on: date, terms: Terms, units: int) -> Claim:
    sale = sell(scene, goods, scene.moment(clock_on), units, terms)
    difference = sale.commission - right_commission(scene, sale)
    owed = money_owed(sale, "referral_fee_overcharge", clock_on, difference)
    return Claim(owed, clock_on + timedelta(days=2))


def measured_too_large(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The package was measured as the next size."""
    size, units = tariff.size_of(goods), scene.chance.weighted((1, 2, 3), (80, 15, 5))
    sale = sell(scene, goods, scene.moment(clock_on), units, Terms(size=size + 1))
    right = tariff.fulfilment_fee(goods, scene.marketplace, clock_on, scene.today) * units
    owed = money_owed(sale, "fulfilment_fee_overcharge", clock_on, sale.fulfilment_fee - right)
    return Claim(owed, clock_on + timedelta(days=2))


REFERRAL_PLOTS = (
    Plot("referral_fee_overcharge", commission_too_high, scenarios.OF_MONEY, 2),
    Plot(
        "referral_fee_overcharge",
        commission_too_high_with_extras,
        scenarios.of_one((scenarios.UNPAID[0], scenarios.PAID[0])),
        0.5,
        "shipping, gift wrap and promotion",
    ),
)
FULFILMENT_PLOTS = (Plot("fulfilment_fee_overcharge", measured_too_large, scenarios.OF_MONEY, 2),)


def _with(**shares: tuple[float, float]) -> Callable[[Scene, Goods, date], Sale]:
    """Sold with terms that are shares of the price."""

    def sold(scene: Scene, goods: Goods, on: date) -> Sale:
        price = goods.prices[scene.currency]
        drawn: dict[str, Any] = {
            name: scene.chance.amount(price, *share, scene.currency) for name, share in shares.items()
        }
        return sell(scene, goods, scene.moment(on), 1, replace(PLAIN, **drawn))

    return sold


def _several(scene: Scene, goods: Goods, on: date) -> Sale:
    return sell(scene, goods, scene.moment(on), 3)


def _nearly_free(scene: Scene, goods: Goods, on: date) -> Sale:
    """The discount is so large that the minimum commission is due."""
    if scene.currency != "USD":
        raise OutsideReports
    return sell(scene, goods, scene.moment(on), 1, Terms(promotion=goods.prices["USD"] - Decimal("1.20")))


def _before_the_cut(scene: Scene, _goods: Goods, on: date) -> Sale:
    """Charged by that day's rate, which was lowered later."""
    cut = [goods for goods in scene.facts.goods if tariff.was_cut(goods)]
    if not cut:
        raise OutsideReports
    return sell(scene, scene.chance.choice(cut), scene.moment(on), 1)


def _refunded(scene: Scene, goods: Goods, on: date) -> Sale:
    """Sold and refunded: part of the commission is returned, the fulfilment fee is not."""
    back_on = shown_day(scene, on + timedelta(days=8), on + timedelta(days=15))
    sale = sell(scene, goods, scene.moment(on), 1)
    refund(scene, sale, scene.moment(on + timedelta(days=7)))
    send_back(scene, sale, at_noon(scene, back_on))
    return sale


def _elsewhere(scene: Scene, goods: Goods, on: date) -> Sale:
    """Sold in another shop: Amazon's fee for sending it is different and higher."""
    return sell(scene, goods, scene.moment(on), 1, Terms(is_elsewhere=True))


def _two_parcels(scene: Scene, goods: Goods, on: date) -> Sale:
    """Two units of one order in two parcels: the fee is charged once for each."""
    sale = sell(scene, goods, scene.moment(on), 1)
    sell(scene, goods, scene.moment(on + timedelta(days=1)), 1, Terms(order_id=sale.order_id))
    return sale


_LATELY = (3, 85)

REFERRAL_TRAPS = (
    Trap("referral_fee_overcharge", "several units in one line", _several, _LATELY),
    Trap(
        "referral_fee_overcharge",
        "commission on shipping and gift wrap",
        _with(shipping=(0.2, 0.3), gift_wrap=(0.1, 0.15)),
        _LATELY,
    ),
    Trap("referral_fee_overcharge", "promotion", _with(promotion=(0.2, 0.3)), _LATELY),
    Trap("referral_fee_overcharge", "smallest commission", _nearly_free, _LATELY),
    Trap("referral_fee_overcharge", "another price than the preview's", _with(price=(1.3, 1.5)), _LATELY),
    Trap("referral_fee_overcharge", "before the rate was cut", _before_the_cut, (43, 85)),
    Trap("referral_fee_overcharge", "commission returned with a refund", _refunded, (20, 85)),
)

FULFILMENT_TRAPS = (
    Trap("fulfilment_fee_overcharge", "several units in one line", _several, _LATELY),
    Trap("fulfilment_fee_overcharge", "multi-channel order", _elsewhere, _LATELY),
    Trap("fulfilment_fee_overcharge", "two parcels of one order", _two_parcels, _LATELY),
    Trap("fulfilment_fee_overcharge", "before the fee rose", _with(), (101, 330)),
)
