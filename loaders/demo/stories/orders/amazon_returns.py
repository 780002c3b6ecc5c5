"""Customers' returns at Amazon: ways in which money becomes owed for them, and events that only look so."""

from datetime import date, time, timedelta
from decimal import Decimal

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day, refund, send_back, shown_day
from loaders.demo.stories.orders.claims import Plot, Trap
from loaders.demo.stories.orders.course import Back, Course, sold
from loaders.demo.stories.orders.sales import Terms, sell
from loaders.demo.stories.warehouses import CENTRES

NEVER_BACK = Course()


def _back_elsewhere(scene: Scene, goods: Goods, on: date) -> None:
    """The same product comes back to another marketplace of the seller."""
    marketplaces = scene.facts.seller.marketplaces
    later = marketplaces[marketplaces.index(scene.marketplace) + 1 :]  # products already played have their stock
    other = next((m for m in later if m.channel is Channel.AMAZON), None)
    if other is None:
        raise OutsideReports
    there = Scene(scene.facts, other, scene.chance, CENTRES[other.code])
    Course(units=1, back=Back(0, 14)).run(there, goods, on, 1)


_SOON, _OPEN = scenarios.SOON_OPEN, scenarios.of_one((scenarios.UNPAID[0], scenarios.UNPAID[-1]))
_LATE = scenarios.of_one((scenarios.TOO_EARLY[1], scenarios.UNPAID[2], scenarios.UNPAID[3]))
_DELAYED = (
    *scenarios.of_one((*scenarios.UNPAID, *scenarios.PAID, *scenarios.CLAIMED, *scenarios.TAKEN_BACK)),
    scenarios.SOME_UNITS[1],
)
_NEXT_DAY = scenarios.of_one((scenarios.UNPAID[0], scenarios.PAID[0]))
_PARTS = (Decimal("0.6"), Decimal("0.4"))
_DAMAGED = ("CARRIER_DAMAGED", "DAMAGED")
_LOST, _HARMED, _MORE, _LATER = "return_lost", "return_carrier_damaged", "refunded_more", "return_delayed"

RETURN_PLOTS = (
    Plot(_LOST, NEVER_BACK, scenarios.OF_GOODS, 6),
    Plot(_LOST, Course(units=1, rows=_PARTS), _SOON, 0.4, "refunded in several rows"),
    Plot(_LOST, Course(units=1, shipping=(0.1, 0.2)), _SOON, 0.4, "tax and shipping refunded as well"),
    Plot(_LOST, Course(units=2, back=Back(0, 14, units=1)), _SOON, 0.5, "one of two came back", owes=1),
    Plot(
        *(_LOST, Course(units=1, other="refunded", back=Back(0, 14)), _SOON, 0.4),
        "another product of the order came back",
    ),
    Plot(_LOST, Course(units=1), _SOON, 0.4, "same product on two marketplaces", before=_back_elsewhere),
    # in America half past eleven in the evening is the next day in UTC
    Plot(_LOST, Course(units=1, at=time(23, 30)), _LATE, 0.4, "refunded on the next day in UTC"),
    Plot("replacement_lost", Course(is_refunded=False, replaced_by="the same"), scenarios.OF_GOODS, 1.5),
    Plot(_HARMED, Course(back=Back(0, 20, _DAMAGED)), scenarios.OF_GOODS, 2),
    Plot(
        *(_HARMED, Course(units=1, is_refunded=False, back=Back(0, 0, _DAMAGED[:1])), _OPEN, 0.3),
        "returned, but no refund is seen",
        is_doubtful=True,
    ),
    Plot(_MORE, Course(units=2, of_price=(115, 150), back=Back(-2, -1)), scenarios.OF_REFUNDS, 1),
    Plot(_MORE, Course(units=1, of_price=(200, 200), back=Back(-2, -1)), _SOON, 0.3, "two refunded, one sold"),
    Plot(_LATER, Course(back=Back(1, 16, after_opening=True)), _DELAYED, 1, after_opening=18),
    Plot(
        *(_LATER, Course(units=1, back=Back(1, 1, after_opening=True)), _NEXT_DAY, 0.3),
        "came back the day after the window opened",
        after_opening=3,
    ),
)
"""The ways with their weights."""


def _both_back(scene: Scene, goods: Goods, on: date) -> Sale:
    """Two units, refunded and sent back one by one."""
    days = (on, min(on + timedelta(days=3), scene.today))
    shown = [shown_day(scene, day, day + timedelta(days=9)) for day in days]
    sale = sold(scene, goods, scene.moment(on), 2)
    for day, back_on in zip(days, shown, strict=True):
        refund(scene, sale, scene.moment(day), 1)
        send_back(scene, sale, by_day(scene, back_on))
    return sale


def _in_two_parcels(scene: Scene, goods: Goods, on: date) -> Sale:
    """Two units of one product in one order, sent a day apart, and both refunded: twice the price of either line."""
    back_on = shown_day(scene, on, on + timedelta(days=12))
    sale = sold(scene, goods, scene.moment(on - timedelta(days=2)))
    other = sell(scene, goods, scene.moment(sale.at.date() + timedelta(days=1)), 1, Terms(order_id=sale.order_id))
    for line in (sale, other):
        refund(scene, line, scene.moment(on))
        send_back(scene, line, by_day(scene, back_on))
    return sale


def _sold_elsewhere(scene: Scene, goods: Goods, on: date) -> Sale:
    """Sold in the seller's own shop and sent by Amazon, which is not responsible for its returns."""
    price = rounded(Decimal(0), scene.currency)
    return sold(scene, goods, scene.moment(on), terms=Terms(price=price, is_elsewhere=True))


def _replaced(states: tuple[str, ...], *, is_under_new_order: bool = False) -> Course:
    back = Back(3, 25, states, is_under_new_order=is_under_new_order)
    return Course(units=1, is_refunded=False, replaced_by="the same", back=back)


def _opening(day: int, first: int | None = None) -> Course:
    return Course(units=1, back=Back(day if first is None else first, day, after_opening=True))


_SPOILT = ("CUSTOMER_DAMAGED", "DEFECTIVE", "EXPIRED")
_SINCE_OPEN = (62, 330)

RETURN_TRAPS = (
    Trap(_LOST, "goodwill", Course(units=1, of_price=(10, 45))),
    Trap(_LOST, "goodwill for several units", Course(units=3, of_price=(5, 14))),
    Trap(_LOST, "came back in time", _opening(-2, -40)),
    Trap(_LOST, "came back the day before the window opened", _opening(-1), _SINCE_OPEN),
    Trap(_LOST, "two units came back one by one", _both_back, (14, 330)),
    Trap(_LOST, "multi-channel order", _sold_elsewhere),
    Trap("replacement_lost", "the original came back", _replaced(("DEFECTIVE", "SELLABLE")), (30, 330)),
    Trap(
        *("replacement_lost", "came back under the replacement's order"),
        _replaced(("DEFECTIVE",), is_under_new_order=True),
        (30, 330),
    ),
    Trap(_HARMED, "spoilt by the customer", Course(units=1, back=Back(1, 20, _SPOILT)), (22, 330)),
    Trap(_MORE, "tax and shipping refunded", Course(units=1, shipping=(0.1, 0.25), back=Back(0, 12)), (14, 330)),
    Trap(_MORE, "several units refunded", Course(units=3, back=Back(0, 12)), (14, 330)),
    Trap(_MORE, "one order in two parcels", _in_two_parcels, (14, 330)),
    Trap(_LATER, "came back on the day the window opened", _opening(0), _SINCE_OPEN),
)
"""Events at Amazon that look like a loss and are none."""
