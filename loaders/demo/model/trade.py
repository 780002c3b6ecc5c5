"""Ordinary business besides the incidents: sales, and customers' returns."""

from datetime import date, timedelta
from decimal import Decimal

from core.vocabulary import Channel
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders.after_sale import by_day, gap_in_returns, is_in_gap, refund, send_back
from loaders.demo.stories.orders.sales import PLAIN, Terms, sell
from loaders.demo.stories.orders.walmart_returns import return_with_refund

_QUIET_DAYS = timedelta(days=6)
"""The maximum days between two returns: a longer pause would look like a gap in the returns reports."""


def trade(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Sell `count` orders of the goods, with some returns."""
    since, today = scene.facts.since, scene.today
    for _ in range(count):
        on = since + timedelta(days=scene.chance.randint(3, (today - since).days))
        sale = _sell(scene, _popular(scene, goods), on)
        if scene.chance.happens(0.07):
            back_on = sale.at.date() + timedelta(days=scene.chance.randint(6, 38))
            if back_on <= today:
                _return(scene, sale, back_on)
    if scene.marketplace.channel is Channel.AMAZON:
        _return_now_and_then(scene, goods)


def _popular(scene: Scene, goods: tuple[Goods, ...]) -> Goods:
    """The goods, weighted so that a few have most of the sales."""
    return goods[int(len(goods) * scene.chance.random() ** 1.7)]


def _sell(scene: Scene, goods: Goods, on: date) -> Sale:
    units = scene.chance.weighted((1, 2, 3), (90, 8, 2))
    return sell(scene, goods, scene.moment(on), units, _terms(scene, goods))


def _terms(scene: Scene, goods: Goods) -> Terms:
    """Mostly plain order lines; some are discounted or have shipping, gift wrap or a promotion."""
    chance, price = scene.chance, goods.prices[scene.currency]
    if chance.happens(0.85):
        return PLAIN
    if scene.marketplace.channel is Channel.WALMART or chance.happens(0.6):
        return Terms(price=chance.amount(price, 0.85, 0.95, scene.currency))
    if chance.happens(0.5):
        return Terms(promotion=chance.amount(price, 0.05, 0.2, scene.currency))
    wrap = chance.amount(price, 0.08, 0.1, scene.currency) if chance.happens(0.3) else Decimal(0)
    return Terms(shipping=chance.amount(price, 0.1, 0.2, scene.currency), gift_wrap=wrap)


def _return(scene: Scene, sale: Sale, on: date) -> None:
    """Return one unit, refunded within the days before. The carrier or the marketplace never damages it: that would be
    owed.
    """
    chance = scene.chance
    at = scene.moment(on)
    if scene.marketplace.channel is Channel.WALMART:
        return_with_refund(scene, sale, at)
        return
    refund(scene, sale, scene.moment(on - timedelta(days=chance.randint(0, 5))), 1)
    send_back(scene, sale, at, chance.weighted(("SELLABLE", "CUSTOMER_DAMAGED", "DEFECTIVE"), (7, 2, 2)))


def _return_now_and_then(scene: Scene, goods: tuple[Goods, ...]) -> None:
    """Add returns on quiet days of the marketplace, and on the days around a gap in the reports."""
    facts = scene.facts
    last = facts.since + timedelta(days=12)
    region = scene.marketplace.api_region
    returned = {r.at.date() for r in facts.returns if r.sale.marketplace.api_region == region}
    hole = gap_in_returns(facts, region)
    edges = (hole[0] - timedelta(days=1), hole[1] + timedelta(days=1)) if hole else ()
    for number in range((facts.today - last).days + 1):
        on = last + timedelta(days=number)
        is_due = on - max((day for day in returned if day <= on), default=facts.since) >= _QUIET_DAYS
        if (is_due or on in edges or on == facts.today) and on not in returned and not is_in_gap(facts, region, on):
            sale = _sell(scene, _popular(scene, goods), on - timedelta(days=scene.chance.randint(8, 11)))
            refund(scene, sale, scene.moment(on - timedelta(days=scene.chance.randint(1, 4))), 1)
            send_back(scene, sale, by_day(scene, on))
            returned.add(on)
