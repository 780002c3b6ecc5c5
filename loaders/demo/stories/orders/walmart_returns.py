"""Walmart's return orders: the customer's request, the refund, and whether the goods came back."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from loaders.demo.model.order_events import Refund, ReturnOrder, Sale
from loaders.demo.model.scene import Scene
from loaders.demo.stories.orders.after_sale import by_day, refund, send_back

CUSTOMERS_FAULT = ("NO_LONGER_NEEDED", "DEFECTIVE", "NOT_AS_DESCRIBED", "MISSING_PARTS", "POOR_QUALITY")
"""Return reasons at the cost of the customer or the seller."""

LOST = ("LOST_IN_TRANSIT", "LOST_AFTER_DELIVERY")
DAMAGED = ("DAMAGED_IN_TRANSIT", "SHIPPING_BOX_DAMAGED")
"""Return reasons at Walmart's cost."""

_TIME_TO_RETURN = timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """The request and the answer of a return. `is_charged`: the seller pays the refund."""

    reason: str
    is_charged: bool = True
    of_price: Decimal = Decimal(1)
    units: int = 1
    description: str = "Return Refund"
    is_keep_it: bool = False
    is_reversed: bool = False
    refund_channel: str = "InstantRefund"
    is_completed: bool = False


def return_with_refund(scene: Scene, sale: Sale, at: datetime) -> None:
    """One unit comes back and is refunded on that day."""
    reason = scene.chance.choice(CUSTOMERS_FAULT)
    requested = by_day(scene, max(sale.at.date(), at.date() - timedelta(days=scene.chance.randint(3, 9))))
    ask(scene, sale, requested, Asked(reason), refunded_on=at.date(), back_on=at.date())


def ask(
    scene: Scene, sale: Sale, requested_at: datetime, asked: Asked, *, refunded_on: date, back_on: date | None = None
) -> ReturnOrder:
    """Request a return, refund it on a day, and return the goods or not."""
    given = _refund(scene, sale, asked, refunded_on)
    back_at = by_day(scene, back_on) if back_on else None
    if back_at:
        disposition = "CUSTOMER_DAMAGED" if asked.reason in (*DAMAGED, "DEFECTIVE") else "SELLABLE"
        for _ in range(asked.units):
            send_back(scene, sale, back_at, disposition)
    order = ReturnOrder(
        return_order_id=scene.chance.digits(18),
        sale=sale,
        requested_at=requested_at,
        return_by_on=requested_at.date() + _TIME_TO_RETURN,
        reason=asked.reason,
        units=asked.units,
        refund=given,
        back_at=back_at,
        is_keep_it=asked.is_keep_it,
        refund_channel=asked.refund_channel,
        is_completed=asked.is_completed,
    )
    scene.facts.return_orders.append(order)
    return order


def ask_for_another(scene: Scene, sale: Sale, requested_at: datetime, back_on: date | None) -> ReturnOrder:
    """Request a replacement; the original comes back or not. No report dates the replacement's shipment."""
    back_at = by_day(scene, back_on) if back_on else None
    if back_at:
        send_back(scene, sale, back_at, "DEFECTIVE")
    order = ReturnOrder(
        return_order_id=scene.chance.digits(18),
        sale=sale,
        requested_at=requested_at,
        return_by_on=requested_at.date() + _TIME_TO_RETURN,
        reason="DEFECTIVE",
        units=sale.units,
        back_at=back_at,
        replacement_order_id=scene.order_id(),
    )
    scene.facts.return_orders.append(order)
    return order


def _refund(scene: Scene, sale: Sale, asked: Asked, on: date) -> Refund:
    """The customer's refund; only refunds charged to the seller are in the settlements."""
    given = refund(scene, sale, by_day(scene, on), asked.units, of_price=asked.of_price)
    scene.facts.refunds.pop()
    given = replace(
        given,
        description=asked.description,
        reason=asked.reason.replace("_", " ").capitalize(),
        is_reversed=asked.is_reversed,
    )
    if asked.is_charged:
        scene.facts.refunds.append(given)
    return given
