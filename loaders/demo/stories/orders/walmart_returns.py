"""Walmart's return orders: the customer's request, the refund, and whether the goods came back."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from loaders.demo.model.order_events import ReturnOrder, Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day, refund, send_back
from loaders.demo.stories.orders.course import Played
from loaders.demo.stories.orders.sales import sell

CUSTOMERS_FAULT = ("NO_LONGER_NEEDED", "DEFECTIVE", "NOT_AS_DESCRIBED", "MISSING_PARTS", "POOR_QUALITY")
"""Return reasons at the cost of the customer or the seller."""

LOST = ("LOST_IN_TRANSIT", "LOST_AFTER_DELIVERY")
DAMAGED = ("DAMAGED_IN_TRANSIT", "SHIPPING_BOX_DAMAGED")
"""Return reasons at Walmart's cost."""

_TIME_TO_RETURN = timedelta(days=30)


@dataclass(frozen=True)
class Asked(Played):
    """A return: requested for one of some reasons so many days before its refund, and back so many days after it.

    What was lost never comes back. The refund is a share of the price between two percentages; `is_charged`: the seller
    pays it. `units` are those of the sale, 0 for as many as the scenario has.
    """

    reasons: tuple[str, ...] = CUSTOMERS_FAULT
    units: int = 1
    requested: tuple[int, int] = (3, 9)
    back: tuple[int, int] | None = (0, 0)
    of_price: tuple[int, int] = (100, 100)
    is_charged: bool = True
    description: str = "Return Refund"
    is_keep_it: bool = False
    is_reversed: bool = False
    refund_channel: str = "InstantRefund"
    is_completed: bool = False

    def run(self, scene: Scene, goods: Goods, on: date, units: int) -> tuple[Sale, date | None, Decimal]:
        """Play it with a sale of its own."""
        requested_on = on - timedelta(days=scene.chance.randint(*self.requested))
        back_on = on + timedelta(days=scene.chance.randint(*self.back)) if self.back else None
        if back_on and back_on > scene.today:
            raise OutsideReports
        sale = sold(scene, goods, requested_on, self.units or units)
        return self.ask(scene, sale, by_day(scene, requested_on), on, back_on, sale.units)

    def ask(
        self, scene: Scene, sale: Sale, requested_at: datetime, refunded_on: date, back_on: date | None, units: int
    ) -> tuple[Sale, date | None, Decimal]:
        """Request it for a sale, refund it on a day, and return the goods or not."""
        reason = scene.chance.choice(self.reasons)
        given = refund(
            *(scene, sale, by_day(scene, refunded_on), units),
            of_price=Decimal(scene.chance.randint(*self.of_price)) / 100,
        )
        scene.facts.refunds.pop()
        words = reason.replace("_", " ").capitalize()
        given = replace(given, description=self.description, reason=words, is_reversed=self.is_reversed)
        if self.is_charged:  # only refunds charged to the seller are in the settlements
            scene.facts.refunds.append(given)
        back_on = None if reason in LOST else back_on
        state = "CUSTOMER_DAMAGED" if reason in (*DAMAGED, "DEFECTIVE") else "SELLABLE"
        order = _returned(scene, sale, requested_at, reason, units, back_on, state)
        order = replace(
            order,
            refund=given,
            is_keep_it=self.is_keep_it,
            refund_channel=self.refund_channel,
            is_completed=self.is_completed,
        )
        scene.facts.return_orders.append(order)
        return sale, back_on, given.goods


def sold(scene: Scene, goods: Goods, before: date, units: int = 1) -> Sale:
    """An order some days before its incident."""
    on = max(before - timedelta(days=scene.chance.randint(4, 12)), scene.facts.since + timedelta(days=1))
    return sell(scene, goods, by_day(scene, on), units)


def return_with_refund(scene: Scene, sale: Sale, at: datetime) -> None:
    """One unit comes back and is refunded on that day."""
    on = at.date()
    requested = by_day(scene, max(sale.at.date(), on - timedelta(days=scene.chance.randint(3, 9))))
    Asked().ask(scene, sale, requested, on, on, 1)


def ask_for_another(scene: Scene, sale: Sale, requested_at: datetime, back_on: date | None) -> None:
    """Request a replacement; the original comes back or not. No report dates the replacement's shipment."""
    order = _returned(scene, sale, requested_at, "DEFECTIVE", sale.units, back_on, "DEFECTIVE")
    scene.facts.return_orders.append(replace(order, replacement_order_id=scene.order_id()))


def _returned(
    scene: Scene, sale: Sale, requested_at: datetime, reason: str, units: int, back_on: date | None, state: str
) -> ReturnOrder:
    back_at = by_day(scene, back_on) if back_on else None
    for _ in range(units if back_at else 0):
        send_back(scene, sale, back_at or requested_at, state)
    return_by_on = requested_at.date() + _TIME_TO_RETURN
    name = scene.chance.digits(18)
    return ReturnOrder(name, sale, requested_at, return_by_on, reason, units, back_at=back_at)
