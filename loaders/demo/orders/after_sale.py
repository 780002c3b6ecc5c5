"""What can happen to an order after it is sold: refunded, sent again, sent back."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.buyers import comment_of
from loaders.demo.orders.events import CustomerReturn, Refund, Replacement, Sale
from loaders.demo.orders.selling import ship
from loaders.demo.scene import Scene
from loaders.demo.world import Facts, Kind
from loaders.demo.writing import Span, by_month

_RETURN_REASONS = ("UNWANTED_ITEM", "DEFECTIVE", "NOT_AS_DESCRIBED", "ORDERED_WRONG_ITEM", "NO_REASON_GIVEN")
_MOST_KEPT = Decimal(5)
_IN_THE_LEDGER = {"DAMAGED": "WAREHOUSE_DAMAGED"}
"""What the returns report calls otherwise than the inventory ledger."""


class Untold(Exception):
    """A story can not be told: the days that it needs are not in the reports."""


def hole_in_returns(facts: Facts) -> Span | None:
    """The two calendar months that the seller's returns reports miss, or None."""
    if not facts.seller.misses_returns:
        return None
    months = by_month(facts.since, facts.today)
    return months[-4][0], months[-3][1]


def is_in_hole(facts: Facts, on: date) -> bool:
    """Whether the returns of a day were never exported."""
    hole = hole_in_returns(facts)
    return hole is not None and hole[0] <= on <= hole[1]


def shown_day(scene: Scene, first: date, last: date) -> date:
    """A day between two, today at the latest, of which the returns report tells. Raises Untold where there is none."""
    days = [
        first + timedelta(days=number)
        for number in range((min(last, scene.today) - first).days + 1)
        if not is_in_hole(scene.facts, first + timedelta(days=number))
    ]
    if not days:
        raise Untold
    return scene.chance.choice(days)


def by_day(scene: Scene, on: date) -> datetime:
    """A time of that day at which it is the same day in every time zone by which a report may date it."""
    chance = scene.chance
    clock = time(chance.randint(10, 14), chance.randrange(60), chance.randrange(60))
    return datetime.combine(on, clock, ZoneInfo(scene.marketplace.time_zone))


def refund(
    scene: Scene,
    sale: Sale,
    at: datetime,
    units: int | None = None,
    *,
    of_price: Decimal = Decimal(1),
    rows: tuple[Decimal, ...] = (Decimal(1),),
    with_shipping: bool = False,
) -> Refund:
    """Give a customer the price of units back, or a share of it, in one row or in several of these shares."""
    count, currency = units or sale.units, scene.currency
    total = rounded(sale.price * count * of_price, currency)
    principal = tuple(rounded(total * share, currency) for share in rows[:-1])
    commission = rounded(min(total, sale.principal) / sale.principal * sale.commission, currency)
    is_amazon = scene.marketplace.channel is Channel.AMAZON
    given = Refund(
        at=at,
        sale=sale,
        units=count,
        principal=(*principal, total - sum(principal, Decimal(0))),
        tax=rounded(sale.tax * min(of_price, Decimal(1)) * count / sale.units, currency),
        shipping=sale.shipping if with_shipping else Decimal(0),
        commission=commission,
        kept=min(_most_kept(currency), rounded(commission / 5, currency)) if is_amazon else Decimal(0),
        adjustment_id=scene.chance.digits(15) if is_amazon else "",
    )
    scene.facts.refunds.append(given)
    return given


def replace_units(scene: Scene, sale: Sale, at: datetime) -> Replacement:
    """Send all units of a sale again, for nothing."""
    again = Replacement(
        at=at,
        sale=sale,
        order_id=scene.order_id(),
        units=sale.units,
        centre=scene.centre(),
        original_centre=scene.centre(),
        reason=scene.chance.choice(("DAMAGED_BY_CARRIER", "DEFECTIVE", "MISSING_PARTS")),
    )
    scene.facts.replacements.append(again)
    ship(scene, sale.goods, at, sale.units, again.centre)
    return again


def send_back(
    scene: Scene, sale: Sale, at: datetime, disposition: str = "SELLABLE", *, under_order: str = ""
) -> CustomerReturn:
    """One unit of a sale comes back to a warehouse, in some state."""
    chance = scene.chance
    back = scene.move(at.date(), sale.goods, Kind.RETURN, 1, disposition=_IN_THE_LEDGER.get(disposition, disposition))
    back.at = at
    if scene.marketplace.channel is Channel.AMAZON:
        back.reference = ""
    returned = CustomerReturn(
        at=back.at,
        sale=sale,
        centre=back.centre,
        disposition=disposition,
        reason=chance.choice(_RETURN_REASONS),
        plate=chance.code("LPN", 11),
        comment=comment_of(chance, scene.marketplace),
        under_order=under_order,
    )
    scene.facts.returns.append(returned)
    return returned


def _most_kept(currency: str) -> Decimal:
    return rounded(_MOST_KEPT * 150, currency) if currency == "JPY" else _MOST_KEPT.quantize(Decimal("0.01"))
