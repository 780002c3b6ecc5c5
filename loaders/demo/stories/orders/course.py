"""The course of an Amazon order: sold, refunded or replaced, and back or not; days are counted from the refund."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders.after_sale import by_day, refund, replace_units, send_back, shown_day
from loaders.demo.stories.orders.sales import PLAIN, Terms, earlier, sell

_ONE = Decimal(1)


class Played(ABC):
    """What happens to an order, as data."""

    is_counted: bool = True
    """Whether the refund has a number of units."""

    @abstractmethod
    def run(self, scene: Scene, goods: Goods, on: date, units: int) -> tuple[Sale, date | None, Decimal]:
        """Play it with its refund on a day; returns the sale, the day on which it came back, and the refund for the
        goods. Raises OutsideReports where the reports lack the days.
        """


@dataclass(frozen=True)
class Back:
    """Units that come back between two days, in one of some states. With `after_opening` the days are counted from the
    first day of the claim window. `units` are those of the sale unless stated; `is_told_twice`: a second export has
    another date.
    """

    first: int
    last: int
    states: tuple[str, ...] = ("SELLABLE",)
    units: int = 0
    after_opening: bool = False
    is_under_new_order: bool = False
    is_told_twice: bool = False
    status: str = "Unit returned to inventory"


@dataclass(frozen=True)
class Course(Played):
    """What happens to an order of a number of units, or of as many as the scenario has.

    The refund is a share of the price between two percentages, in one row or several. `other` is another product of the
    order, which comes back instead, refunded or not; `shipping` is its share of the price, refunded as well.
    """

    units: int = 0
    is_refunded: bool = True
    of_price: tuple[int, int] = (100, 100)
    rows: tuple[Decimal, ...] = (_ONE,)
    shipping: tuple[float, float] | None = None
    is_counted: bool = True
    replaced_by: Literal["", "the same", "another"] = ""
    other: Literal["", "refunded", "only sold"] = ""
    back: Back | None = None
    at: time | None = None

    def run(self, scene: Scene, goods: Goods, on: date, units: int) -> tuple[Sale, date | None, Decimal]:
        """Play it with a sale of its own."""
        zone = ZoneInfo(scene.marketplace.time_zone)
        moment = datetime.combine(on, self.at, zone) if self.at else scene.moment(on)
        back_on = _shown(scene, self.back, on) if self.back else None
        terms = PLAIN
        if self.shipping:
            terms = Terms(shipping=scene.chance.amount(goods.prices[scene.currency], *self.shipping, scene.currency))
        before = scene.moment(back_on) if back_on and back_on < on else moment
        sale = sold(scene, goods, before, self.units or units, terms)
        returned = self._another(scene, sale, moment) if self.other else sale
        again = self._replace(scene, sale, moment) if self.replaced_by else ""
        given = self._refund(scene, sale, moment) if self.is_refunded else Decimal(0)
        if self.back and back_on:
            self._return(scene, self.back, returned, back_on, again)
        return sale, back_on, given

    def _another(self, scene: Scene, sale: Sale, moment: datetime) -> Sale:
        other = sell(scene, another(scene, sale.goods), sale.at, 1, Terms(order_id=sale.order_id))
        if self.other == "refunded":
            refund(scene, other, moment)
        return other

    def _replace(self, scene: Scene, sale: Sale, moment: datetime) -> str:
        goods = another(scene, sale.goods) if self.replaced_by == "another" else None
        return replace_units(scene, sale, moment, goods).order_id

    def _refund(self, scene: Scene, sale: Sale, moment: datetime) -> Decimal:
        share = Decimal(scene.chance.randint(*self.of_price)) / 100
        given = refund(
            *(scene, sale, moment),
            of_price=share,
            rows=self.rows,
            with_shipping=self.shipping is not None,
            is_counted=self.is_counted,
        )
        return given.goods

    def _return(self, scene: Scene, back: Back, sale: Sale, on: date, new_order: str) -> None:
        again_at = None
        if back.is_told_twice:
            again_at = by_day(scene, shown_day(scene, on + timedelta(days=1), on + timedelta(days=6)))
        for _ in range(back.units or sale.units):
            send_back(
                *(scene, sale, by_day(scene, on), scene.chance.choice(back.states)),
                under_order=new_order if back.is_under_new_order else "",
                status=back.status,
                told_again_at=again_at,
            )


def _shown(scene: Scene, back: Back, on: date) -> date:
    """A day that the returns reports cover."""
    opens = window_of("return_lost", scene.marketplace).opens if back.after_opening else 0
    first, last = (on + timedelta(days=opens + day) for day in (back.first, back.last))
    return shown_day(scene, first, last)


def sold(scene: Scene, goods: Goods, before: datetime, units: int = 1, terms: Terms = PLAIN) -> Sale:
    """An order some weeks before its incident."""
    return sell(scene, goods, earlier(before, 4, 26, scene), units, terms)


def another(scene: Scene, goods: Goods) -> Goods:
    """Other goods of the same department."""
    others = [other for other in scene.facts.goods if other.department == goods.department and other is not goods]
    return scene.chance.choice(others)
