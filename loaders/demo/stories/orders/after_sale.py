"""Events after a sale: refunds, replacements, returns."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model.buyers import comment_of
from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import CustomerReturn, Refund, Replacement, Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Kind
from loaders.demo.stories.orders.sales import ship
from loaders.demo.writers.files import Span, by_month

_RETURN_REASONS = ("UNWANTED_ITEM", "DEFECTIVE", "NOT_AS_DESCRIBED", "ORDERED_WRONG_ITEM", "NO_REASON_GIVEN")
_MOST_KEPT = Decimal(5)
UNSEEN_WEEKS = timedelta(days=30)
"""Days before today on which some sellers' returns reports end."""
_IN_THE_LEDGER = {"DAMAGED": "WAREHOUSE_DAMAGED"}
"""Words that differ between the returns report and the inventory ledger."""


class OutsideReports(Exception):
    """A story needs days that the reports do not have."""


def gap_in_returns(facts: Facts, region: str) -> Span | None:
    """The days that the seller's returns reports of a region lack, or None: two months, the last weeks or all."""
    missing = facts.seller.misses_returns
    if missing == "two months":
        months = by_month(facts.since, facts.today)
        return months[-4][0], months[-3][1]
    if missing == "the last weeks":
        return facts.today - UNSEEN_WEEKS, facts.today
    return (facts.since, facts.today) if missing == "Europe" and region == "EU" else None


def is_in_gap(facts: Facts, region: str, on: date) -> bool:
    """Whether the returns of a region's day were never exported."""
    hole = gap_in_returns(facts, region)
    return hole is not None and hole[0] <= on <= hole[1]


def shown_day(scene: Scene, first: date, last: date) -> date:
    """A day in a span, at most today, that the returns report covers. Raises OutsideReports where there is none."""
    days = [
        first + timedelta(days=number)
        for number in range((min(last, scene.today) - first).days + 1)
        if not is_in_gap(scene.facts, scene.marketplace.api_region, first + timedelta(days=number))
    ]
    if not days:
        raise OutsideReports
    return scene.chance.choice(days)


def by_day(scene: Scene, on: date) -> datetime:
    """A time of that day with the same date in every time zone by which a report may date it."""
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
    kind: str = "Refund",
    is_counted: bool = True,
) -> Refund:
    """Refund the price of units to a customer, or a share of it, in one row or in several of these shares."""
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
        kind=kind,
        is_counted=is_counted,
    )
    scene.facts.refunds.append(given)
    return given


def take_refund_back(scene: Scene, given: Refund, at: datetime) -> None:
    """Charge the customer again for a refund."""
    back = replace(given, principal=tuple(-amount for amount in given.principal), tax=-given.tax, kept=Decimal(0))
    scene.facts.refunds.append(replace(back, at=at, commission=-given.commission, kind="Order_Retrocharge"))


def replace_units(scene: Scene, sale: Sale, at: datetime, goods: Goods | None = None) -> Replacement:
    """Replace all units of a sale, by the same or other goods, for nothing."""
    again = Replacement(
        at=at,
        sale=sale,
        goods=goods or sale.goods,
        order_id=scene.order_id(),
        units=sale.units,
        centre=scene.centre(),
        original_centre=scene.centre(),
        reason=scene.chance.choice(("DAMAGED_BY_CARRIER", "DEFECTIVE", "MISSING_PARTS")),
    )
    scene.facts.replacements.append(again)
    ship(scene, again.goods, at, sale.units, again.centre)
    return again


def send_back(
    scene: Scene,
    sale: Sale,
    at: datetime,
    disposition: str = "SELLABLE",
    *,
    under_order: str = "",
    status: str = "Unit returned to inventory",
    told_again_at: datetime | None = None,
) -> CustomerReturn:
    """Return one unit of a sale to a warehouse, in some state."""
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
        status=status,
        told_again_at=told_again_at,
    )
    scene.facts.returns.append(returned)
    return returned


def _most_kept(currency: str) -> Decimal:
    return rounded(_MOST_KEPT * 150, currency) if currency == "JPY" else _MOST_KEPT.quantize(Decimal("0.01"))
