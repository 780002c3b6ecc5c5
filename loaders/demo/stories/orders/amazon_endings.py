"""Endings of Amazon's customer returns only: paid as a "reversal", paid in goods, reversed when the goods return."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Fate, Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day, is_in_gap, refund, send_back
from loaders.demo.stories.orders.amazon_plots import never_back, sold
from loaders.demo.stories.orders.claims import Claim, Plot, both, owed_for, since_opening
from loaders.demo.stories.scenarios import Scenario, aged


def paid_as_reversal(scene: Scene, owed: Owed, since: date) -> None:
    """A credit named reversal: the customer was refunded, the goods never came back."""
    outcomes.paid(scene, owed, since)
    scene.facts.payments[-1].reason = "Reversal_Reimbursement"


def paid_by_service(scene: Scene, owed: Owed, since: date) -> None:
    """Paid for an error of Amazon's customer service."""
    outcomes.paid(scene, owed, since)
    scene.facts.payments[-1].reason = "CustomerServiceIssue"


def paid_in_goods(scene: Scene, owed: Owed, since: date) -> None:
    """Amazon puts another unit into stock instead of paying."""
    on, nothing = scene.later(since, 3, 12), rounded(Decimal(0), scene.currency)
    scene.pay(owed.goods, on, "CustomerReturn", nothing, 0, inventory=owed.units, order_id=owed.order_id)
    owed.end(Fate.REPLACED)


def not_back_in_time(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded; the goods come back, but only after Amazon paid for them."""
    at = scene.moment(clock_on)
    sale = sold(scene, goods, at)
    refund(scene, sale, at)
    owed = owed_for(sale, "return_delayed", clock_on, clock_on, 1)
    return Claim(owed, window_of(owed.category, owed.marketplace).first_day(clock_on))


def back_after_paying(scene: Scene, owed: Owed, since: date) -> None:
    """Paid, then the goods come back and the payment is reversed."""
    outcomes.paid(scene, owed, since)
    payment, part = scene.facts.payments[-1], owed.parts.pop()
    back_on = scene.later(payment.at.date(), 6, 20)
    _come_back(scene, owed, back_on)
    scene.take_back(payment, scene.later(back_on, 2, 8), "Compensated_Clawback", units=owed.units, was_found=True)
    owed.end(Fate.RETURNED_TO_STOCK, per_unit=part.per_unit)


def _come_back(scene: Scene, owed: Owed, on: date) -> None:
    for _ in range(owed.units):
        send_back(scene, _sale_of(scene, owed), by_day(scene, on))


def _sale_of(scene: Scene, owed: Owed) -> Sale:
    return next(s for s in reversed(scene.facts.sales) if s.order_id == owed.order_id and s.goods is owed.goods)


def _not_in_a_hole(begin: Callable[[Scene, Goods, date, int], Claim]) -> Callable[[Scene, Goods, date, int], Claim]:
    """Raises OutsideReports where a later return could be in a gap of the reports."""

    def begun(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
        days = (clock_on + timedelta(days=number) for number in range(150))
        if any(is_in_gap(scene.facts, scene.marketplace.api_region, day) for day in days):
            raise OutsideReports
        return begin(scene, goods, clock_on, units)

    return begun


REVERSAL_PLOTS = (
    Plot(
        "return_lost",
        never_back,
        scenarios.of_one(
            (
                Scenario(paid_as_reversal, since_opening(20), decoy="a reversal that is a credit"),
                Scenario(paid_by_service, since_opening(20)),
            )
        ),
        4,
    ),
)
"""Credits under misleading names."""

IN_KIND_PLOTS = (
    Plot(
        "return_lost", never_back, scenarios.of_one((Scenario(paid_in_goods, since_opening(20)),)), 1, "paid in goods"
    ),
)

GIVEN_BACK_PLOTS = (
    Plot(
        "return_delayed",
        _not_in_a_hole(not_back_in_time),
        scenarios.of_one((Scenario(back_after_paying, both(since_opening(60), aged(110, 365))),)),
        1,
        "reversed, found",
    ),
)
"""Endings for goods without any other story: their units in stock would match those."""
