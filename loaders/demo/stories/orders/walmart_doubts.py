"""Walmart orders that must be judged with another fact: the state of the goods in a return, a dispute that is too
small.
"""

from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Owed
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import by_day
from loaders.demo.stories.orders.claims import Claim, Plot, money_owed, owed_for, since_opening
from loaders.demo.stories.orders.sales import value_of_unit
from loaders.demo.stories.orders.walmart_plots import sold
from loaders.demo.stories.orders.walmart_returns import DAMAGED, Asked, ask
from loaders.demo.stories.scenarios import Scenario


def completed_on_its_way(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The return is COMPLETED, its delivery says that the goods are on their way; they never arrive."""
    requested = clock_on - timedelta(days=scene.chance.randint(31, 35))
    sale = sold(scene, goods, requested)
    asked = Asked(scene.chance.choice(DAMAGED), is_completed=True)
    ask(scene, sale, by_day(scene, requested), asked, refunded_on=clock_on)
    return Claim(owed_for(sale, "return_lost", clock_on, clock_on, 1), clock_on)


def back_at_walmarts_fault(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Back in time, and the seller was charged for a return that was Walmart's own fault."""
    requested = clock_on - timedelta(days=scene.chance.randint(3, 9))
    sale = sold(scene, goods, requested)
    asked = Asked(scene.chance.choice(("ARRIVED_LATE", "INCORRECT_ITEM")))
    ask(scene, sale, by_day(scene, requested), asked, refunded_on=clock_on, back_on=clock_on)
    owed = money_owed(sale, "refunded_more", clock_on, value_of_unit(sale))
    owed.is_doubtful = True
    return Claim(owed, clock_on)


def never_back(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Damaged on its way, refunded after the last day to return, and never back."""
    requested = clock_on - timedelta(days=scene.chance.randint(31, 35))
    sale = sold(scene, goods, requested)
    ask(scene, sale, by_day(scene, requested), Asked(scene.chance.choice(DAMAGED)), refunded_on=clock_on)
    return Claim(owed_for(sale, "return_lost", clock_on, clock_on, 1), clock_on)


def paid_less_than_half(scene: Scene, owed: Owed, since: date) -> None:
    """A dispute pays less than half of a unit's value: the money counts, and the unit stays open."""
    per_unit = scene.chance.amount(owed.unit_value or owed.goods.prices["USD"], 0.2, 0.4, "USD")
    scene.pay(owed.goods, scene.later(since, 2, 10), "Dispute", per_unit, 1, order_id=owed.order_id)
    owed.beside, owed.is_doubtful = per_unit, True
    owed.end(Fate.OPEN)


WALMART_DOUBT_PLOTS = (
    Plot(
        "return_lost",
        completed_on_its_way,
        scenarios.of_one((scenarios.UNPAID[0], scenarios.PAID[0])),
        0.3,
        "completed while the goods are on their way",
    ),
    Plot(
        "refunded_more",
        back_at_walmarts_fault,
        scenarios.of_one((scenarios.UNPAID[0],)),
        0.3,
        "back at Walmart's own fault",
    ),
    Plot(
        "return_lost",
        never_back,
        scenarios.of_one((Scenario(paid_less_than_half, since_opening(12, 40)),)),
        0.3,
        "a dispute of less than half a unit",
    ),
)
"""What can happen."""
