"""Endings of Amazon's customer returns only: paid as a "reversal", paid in goods, reversed when the goods return."""

from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day, is_in_gap, send_back
from loaders.demo.stories.orders.amazon_returns import NEVER_BACK
from loaders.demo.stories.orders.claims import Plot, both, since_opening
from loaders.demo.stories.orders.course import Course
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


def back_after_paying(scene: Scene, owed: Owed, since: date) -> None:
    """Paid, then the goods come back and the payment is reversed."""
    outcomes.paid(scene, owed, since)
    payment, part = scene.facts.payments[-1], owed.parts.pop()
    back_on = scene.later(payment.at.date(), 6, 20)
    sale = next(s for s in reversed(scene.facts.sales) if s.order_id == owed.order_id and s.goods is owed.goods)
    for _ in range(owed.units):
        send_back(scene, sale, by_day(scene, back_on))
    scene.take_back(payment, scene.later(back_on, 2, 8), "Compensated_Clawback", units=owed.units, was_found=True)
    owed.end(Fate.RETURNED_TO_STOCK, per_unit=part.per_unit)


def _refuse_holes(scene: Scene, _goods: Goods, clock_on: date) -> None:
    """Raises OutsideReports where a later return could be in a gap of the reports."""
    days = (clock_on + timedelta(days=number) for number in range(150))
    if any(is_in_gap(scene.facts, scene.marketplace.api_region, day) for day in days):
        raise OutsideReports


_REVERSALS = (
    Scenario(paid_as_reversal, since_opening(20), decoy="a reversal that is a credit"),
    Scenario(paid_by_service, since_opening(20)),
)
_GIVEN_BACK = (Scenario(back_after_paying, both(since_opening(60), aged(110, 365))),)

REVERSAL_PLOTS = (Plot("return_lost", NEVER_BACK, scenarios.of_one(_REVERSALS), 4),)
"""Credits under misleading names."""

IN_KIND_PLOTS = (
    Plot(
        "return_lost", NEVER_BACK, scenarios.of_one((Scenario(paid_in_goods, since_opening(20)),)), 1, "paid in goods"
    ),
)

GIVEN_BACK_PLOTS = (
    Plot(
        *("return_delayed", Course(units=1), scenarios.of_one(_GIVEN_BACK), 1, "reversed, found"),
        before=_refuse_holes,
    ),
)
"""Endings for goods without any other story: their units in stock would match those."""
