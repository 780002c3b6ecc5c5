"""Ways in which money becomes owed for a customer's return at Amazon."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day, refund, replace_units, send_back, shown_day
from loaders.demo.stories.orders.claims import Claim, Plot, money_owed, owed_for
from loaders.demo.stories.orders.sales import PLAIN, Terms, earlier, sell
from loaders.demo.stories.warehouses import CENTRES

_ONE = Decimal(1)


def _opening(scene: Scene, category: str, clock_on: date) -> date:
    return window_of(category, scene.marketplace).first_day(clock_on)


def sold(scene: Scene, goods: Goods, before: datetime, units: int = 1, terms: Terms = PLAIN) -> Sale:
    """An order some weeks before its incident."""
    return sell(scene, goods, earlier(before, 4, 26, scene), units, terms)


def _lost(scene: Scene, sale: Sale, clock_on: date, units: int) -> Claim:
    owed = owed_for(sale, "return_lost", clock_on, clock_on, units)
    return Claim(owed, _opening(scene, "return_lost", clock_on))


def never_back(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """Refunded, and nothing comes back."""
    at = scene.moment(clock_on)
    sale = sold(scene, goods, at, units)
    refund(scene, sale, at)
    return _lost(scene, sale, clock_on, units)


def refunded_in_rows(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded at once, but in two rows for the price, of which one is less than half of it."""
    at = scene.moment(clock_on)
    sale = sold(scene, goods, at)
    refund(scene, sale, at, rows=(Decimal("0.6"), Decimal("0.4")))
    return _lost(scene, sale, clock_on, 1)


def refunded_with_shipping(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Shipping and tax are refunded with the price."""
    at = scene.moment(clock_on)
    shipping = scene.chance.amount(goods.prices[scene.currency], 0.1, 0.2, scene.currency)
    sale = sold(scene, goods, at, terms=Terms(shipping=shipping))
    refund(scene, sale, at, with_shipping=True)
    return _lost(scene, sale, clock_on, 1)


def one_of_two_back(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Two units are refunded, and one comes back."""
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on, clock_on + timedelta(days=14))
    sale = sold(scene, goods, at, 2)
    refund(scene, sale, at)
    send_back(scene, sale, by_day(scene, back_on))
    return _lost(scene, sale, clock_on, 1)


def two_products(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Two products of one order are refunded; one comes back."""
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on, clock_on + timedelta(days=14))
    sale = sold(scene, goods, at)
    others = [other for other in scene.facts.goods if other.department == goods.department and other is not goods]
    other = sell(scene, scene.chance.choice(others), sale.at, 1, Terms(order_id=sale.order_id))
    refund(scene, sale, at)
    refund(scene, other, at)
    send_back(scene, other, by_day(scene, back_on))
    return _lost(scene, sale, clock_on, 1)


def back_elsewhere(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Never back here; the same product comes back to another marketplace of the seller."""
    marketplaces = scene.facts.seller.marketplaces
    later = marketplaces[marketplaces.index(scene.marketplace) + 1 :]  # products already played have their stock
    other = next((m for m in later if m.channel is Channel.AMAZON), None)
    if other is None:
        raise OutsideReports
    there = Scene(scene.facts, other, scene.chance, CENTRES[other.code])
    back_on = shown_day(there, clock_on, clock_on + timedelta(days=14))
    returned = sold(there, goods, there.moment(clock_on))
    refund(there, returned, there.moment(clock_on))
    send_back(there, returned, by_day(there, back_on))
    return never_back(scene, goods, clock_on, 1)


def late_in_the_evening(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded at half past eleven in the evening: in America that is the next day in UTC."""
    at = datetime.combine(clock_on, time(23, 30, scene.chance.randrange(60)), ZoneInfo(scene.marketplace.time_zone))
    sale = sold(scene, goods, at)
    refund(scene, sale, at)
    return _lost(scene, sale, clock_on, 1)


def replaced(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """Sent again, and the original never comes back."""
    at = scene.moment(clock_on)
    sale = sold(scene, goods, at, units)
    replace_units(scene, sale, at)
    owed = owed_for(sale, "replacement_lost", clock_on, clock_on, units)
    return Claim(owed, _opening(scene, "replacement_lost", clock_on))


def back_damaged(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """Refunded, and all units come back damaged by the carrier or by Amazon."""
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on, clock_on + timedelta(days=20))
    sale = sold(scene, goods, at, units)
    refund(scene, sale, at)
    for _ in range(units):
        send_back(scene, sale, by_day(scene, back_on), scene.chance.choice(("CARRIER_DAMAGED", "DAMAGED")))
    return Claim(owed_for(sale, "return_carrier_damaged", clock_on, clock_on, units), back_on)


def back_damaged_unrefunded(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Comes back damaged by the carrier, without a refund in the reports: the return's own day is the clock, in
    doubt.
    """
    back_on = shown_day(scene, clock_on, clock_on)
    sale = sold(scene, goods, by_day(scene, back_on))
    send_back(scene, sale, by_day(scene, back_on), "CARRIER_DAMAGED")
    owed = owed_for(sale, "return_carrier_damaged", clock_on, clock_on, 1)
    owed.is_doubtful = True
    return Claim(owed, back_on)


def back_too_late(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """Refunded, and the goods come back after the day on which the window opened."""
    at = scene.moment(clock_on)
    opened_on = _opening(scene, "return_delayed", clock_on)
    back_on = shown_day(scene, opened_on + timedelta(days=1), opened_on + timedelta(days=16))
    sale = sold(scene, goods, at, units)
    refund(scene, sale, at)
    for _ in range(units):
        send_back(scene, sale, by_day(scene, back_on))
    return Claim(owed_for(sale, "return_delayed", clock_on, clock_on, units), back_on)


def back_the_next_day(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The goods come back on the very day after the window opened."""
    opened_on = _opening(scene, "return_delayed", clock_on)
    back_on = shown_day(scene, opened_on + timedelta(days=1), opened_on + timedelta(days=1))
    sale = sold(scene, goods, scene.moment(clock_on))
    refund(scene, sale, scene.moment(clock_on))
    send_back(scene, sale, by_day(scene, back_on))
    return Claim(owed_for(sale, "return_delayed", clock_on, clock_on, 1), back_on)


def refunded_above_price(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """More than the price is refunded; the goods are back already."""
    more = Decimal(scene.chance.randint(115, 150)) / 100
    return _refunded_more(scene, goods, clock_on, more, scene.chance.randint(1, 2))


def refunded_twice(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """One unit was sold, the price of two is refunded."""
    return _refunded_more(scene, goods, clock_on, Decimal(2), 1)


def _refunded_more(scene: Scene, goods: Goods, clock_on: date, share: Decimal, units: int) -> Claim:
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on - timedelta(days=2), clock_on - timedelta(days=1))
    sale = sold(scene, goods, scene.moment(back_on), units)
    for _ in range(units):
        send_back(scene, sale, by_day(scene, back_on))
    given = refund(scene, sale, at, of_price=share)
    owed = money_owed(sale, "refunded_more", clock_on, rounded(given.goods - sale.principal, scene.currency))
    return Claim(owed, clock_on + timedelta(days=4))


def _plot(category: str, begin: Callable[[Scene, Goods, date, int], Claim], weight: float, decoy: str) -> Plot:
    return Plot(category, begin, scenarios.SOON_OPEN, weight, decoy)


RETURN_PLOTS = (
    Plot("return_lost", never_back, scenarios.OF_GOODS, 6),
    _plot("return_lost", refunded_in_rows, 0.4, "refunded in several rows"),
    _plot("return_lost", refunded_with_shipping, 0.4, "tax and shipping refunded as well"),
    _plot("return_lost", one_of_two_back, 0.5, "one of two came back"),
    _plot("return_lost", two_products, 0.4, "another product of the order came back"),
    _plot("return_lost", back_elsewhere, 0.4, "same product on two marketplaces"),
    Plot(
        "return_lost",
        late_in_the_evening,
        scenarios.of_one((scenarios.TOO_EARLY[1], scenarios.UNPAID[2], scenarios.UNPAID[3])),
        0.4,
        "refunded on the next day in UTC",
    ),
    Plot("replacement_lost", replaced, scenarios.OF_GOODS, 1.5),
    Plot("return_carrier_damaged", back_damaged, scenarios.OF_GOODS, 2),
    Plot(
        "return_carrier_damaged",
        back_damaged_unrefunded,
        scenarios.of_one((scenarios.UNPAID[0], scenarios.UNPAID[-1])),
        0.3,
        "returned, but no refund is seen",
    ),
    Plot("refunded_more", refunded_above_price, scenarios.OF_REFUNDS, 1),
    _plot("refunded_more", refunded_twice, 0.3, "two refunded, one sold"),
    Plot(
        "return_delayed",
        back_too_late,
        (
            *scenarios.of_one((*scenarios.UNPAID, *scenarios.PAID, *scenarios.CLAIMED, *scenarios.TAKEN_BACK)),
            scenarios.SOME_UNITS[1],
        ),
        1,
        after_opening=18,
    ),
    Plot(
        "return_delayed",
        back_the_next_day,
        scenarios.of_one((scenarios.UNPAID[0], scenarios.PAID[0])),
        0.3,
        "came back the day after the window opened",
        after_opening=3,
    ),
)
"""The ways with their weights."""
