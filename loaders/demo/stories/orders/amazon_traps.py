"""Events at Amazon that look like a loss and are none."""

from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders.after_sale import by_day, refund, replace_units, send_back, shown_day
from loaders.demo.stories.orders.amazon_plots import sold
from loaders.demo.stories.orders.claims import Trap
from loaders.demo.stories.orders.sales import Terms, sell


def _opens_after(scene: Scene) -> int:
    return window_of("return_lost", scene.marketplace).opens


def _goodwill(scene: Scene, goods: Goods, on: date) -> Sale:
    """Less than half of the price is refunded, and the customer keeps the goods."""
    sale = sold(scene, goods, scene.moment(on))
    refund(scene, sale, scene.moment(on), of_price=Decimal(scene.chance.randint(10, 45)) / 100)
    return sale


def _goodwill_for_several(scene: Scene, goods: Goods, on: date) -> Sale:
    """Less than half of one unit's price is refunded for three units."""
    sale = sold(scene, goods, scene.moment(on), 3)
    refund(scene, sale, scene.moment(on), of_price=Decimal(scene.chance.randint(5, 14)) / 100)
    return sale


def _back(scene: Scene, goods: Goods, on: date, first: int, last: int, disposition: str = "SELLABLE") -> Sale:
    back_on = shown_day(scene, on + timedelta(days=first), on + timedelta(days=last))
    sale = sold(scene, goods, scene.moment(on))
    refund(scene, sale, scene.moment(on))
    send_back(scene, sale, by_day(scene, back_on), disposition)
    return sale


def _back_in_time(scene: Scene, goods: Goods, on: date) -> Sale:
    return _back(scene, goods, on, 0, _opens_after(scene) - 2)


def _back_the_day_before(scene: Scene, goods: Goods, on: date) -> Sale:
    return _back(scene, goods, on, _opens_after(scene) - 1, _opens_after(scene) - 1)


def _back_on_the_day(scene: Scene, goods: Goods, on: date) -> Sale:
    return _back(scene, goods, on, _opens_after(scene), _opens_after(scene))


def _spoilt_by_customer(scene: Scene, goods: Goods, on: date) -> Sale:
    return _back(scene, goods, on, 1, 20, scene.chance.choice(("CUSTOMER_DAMAGED", "DEFECTIVE", "EXPIRED")))


def _both_back(scene: Scene, goods: Goods, on: date) -> Sale:
    """Two units, refunded and sent back one by one."""
    days = (on, min(on + timedelta(days=3), scene.today))
    shown = [shown_day(scene, day, day + timedelta(days=9)) for day in days]
    sale = sold(scene, goods, scene.moment(on), 2)
    for day, back_on in zip(days, shown, strict=True):
        refund(scene, sale, scene.moment(day), 1)
        send_back(scene, sale, by_day(scene, back_on))
    return sale


def _original_back(scene: Scene, goods: Goods, on: date) -> Sale:
    back_on = shown_day(scene, on + timedelta(days=3), on + timedelta(days=25))
    sale = sold(scene, goods, scene.moment(on))
    replace_units(scene, sale, scene.moment(on))
    send_back(scene, sale, by_day(scene, back_on), scene.chance.choice(("DEFECTIVE", "SELLABLE")))
    return sale


def _back_under_the_new_order(scene: Scene, goods: Goods, on: date) -> Sale:
    back_on = shown_day(scene, on + timedelta(days=3), on + timedelta(days=25))
    sale = sold(scene, goods, scene.moment(on))
    again = replace_units(scene, sale, scene.moment(on))
    send_back(scene, sale, by_day(scene, back_on), "DEFECTIVE", under_order=again.order_id)
    return sale


def _tax_and_shipping(scene: Scene, goods: Goods, on: date) -> Sale:
    """Price, shipping and tax are refunded: more than the price, but no more than was charged."""
    back_on = shown_day(scene, on, on + timedelta(days=12))
    shipping = scene.chance.amount(goods.prices[scene.currency], 0.1, 0.25, scene.currency)
    sale = sold(scene, goods, scene.moment(on), terms=Terms(shipping=shipping))
    refund(scene, sale, scene.moment(on), with_shipping=True)
    send_back(scene, sale, by_day(scene, back_on))
    return sale


def _several_units(scene: Scene, goods: Goods, on: date) -> Sale:
    """Three units are refunded in one row: three times the price of one."""
    back_on = shown_day(scene, on, on + timedelta(days=12))
    sale = sold(scene, goods, scene.moment(on), 3)
    refund(scene, sale, scene.moment(on))
    for _ in range(3):
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


def _same_order_elsewhere(scene: Scene, goods: Goods, on: date) -> Sale:
    """Sold in the seller's own shop and sent by Amazon, which is not responsible for its returns."""
    price = rounded(Decimal(0), scene.currency)
    return sold(scene, goods, scene.moment(on), terms=Terms(price=price, is_elsewhere=True))


_SINCE_OPEN = (62, 330)

RETURN_TRAPS = (
    Trap("return_lost", "goodwill", _goodwill),
    Trap("return_lost", "goodwill for several units", _goodwill_for_several),
    Trap("return_lost", "came back in time", _back_in_time),
    Trap("return_lost", "came back the day before the window opened", _back_the_day_before, _SINCE_OPEN),
    Trap("return_lost", "two units came back one by one", _both_back, (14, 330)),
    Trap("return_lost", "multi-channel order", _same_order_elsewhere),
    Trap("replacement_lost", "the original came back", _original_back, (30, 330)),
    Trap("replacement_lost", "came back under the replacement's order", _back_under_the_new_order, (30, 330)),
    Trap("return_carrier_damaged", "spoilt by the customer", _spoilt_by_customer, (22, 330)),
    Trap("refunded_more", "tax and shipping refunded", _tax_and_shipping, (14, 330)),
    Trap("refunded_more", "several units refunded", _several_units, (14, 330)),
    Trap("refunded_more", "one order in two parcels", _in_two_parcels, (14, 330)),
    Trap("return_delayed", "came back on the day the window opened", _back_on_the_day, _SINCE_OPEN),
)
