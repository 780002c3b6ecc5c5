"""Scenarios of an order's incident: its outcome, and when it must have begun."""

from dataclasses import replace

from loaders.demo.stories import outcomes
from loaders.demo.stories.orders.claims import before_opening, both, since_opening
from loaders.demo.stories.scenarios import Scenario, aged, with_days_left

UNPAID = (
    Scenario(outcomes.unpaid, both(since_opening(1), with_days_left(8, 600)), 5),
    Scenario(outcomes.unpaid, with_days_left(1, 6), 1.5, decoy="near the last day of the window"),
    Scenario(outcomes.unpaid, with_days_left(0, 0), 0.5, decoy="last day of the window"),
    Scenario(outcomes.unpaid, with_days_left(-1, -1), 0.5, decoy="first day after the window"),
    Scenario(outcomes.unpaid, with_days_left(-600, -2), 3, decoy="outside the window"),
)
"""Never paid or claimed."""

TOO_EARLY = (
    Scenario(outcomes.unpaid, before_opening(), 8, decoy="window not open yet"),
    Scenario(outcomes.unpaid, since_opening(0, 0), 0.5, decoy="first day of the window"),
)

PAID = (
    Scenario(outcomes.paid, since_opening(20), 40),
    Scenario(outcomes.underpaid, since_opening(20), 3),
    Scenario(outcomes.paid_late, with_days_left(-600, -25), 1, decoy="paid after the window"),
)

CLAIMED = (
    Scenario(outcomes.in_case, both(since_opening(4), with_days_left(-20, 600)), 4),
    Scenario(outcomes.approved_not_paid, both(since_opening(20), with_days_left(-10, 600)), 1),
    Scenario(outcomes.denied, since_opening(34), 2),
    Scenario(outcomes.paid_case, since_opening(40), 3),
    Scenario(outcomes.filed_late, with_days_left(-600, -25), 0.7, decoy="filed late"),
)

TAKEN_BACK = (Scenario(outcomes.taken_back, both(since_opening(96), aged(96, 365)), 1, decoy="reversed, not found"),)

SOME_UNITS = (
    Scenario(outcomes.partly_paid, both(since_opening(20), with_days_left(2, 600)), 1, (2, 3)),
    Scenario(outcomes.partly_paid_case, since_opening(40), 1, (2, 3)),
)
"""For incidents counted in units."""


def of_one(scenarios: tuple[Scenario, ...]) -> tuple[Scenario, ...]:
    """The same scenarios with one unit."""
    return tuple(replace(scenario, units=(1, 1)) for scenario in scenarios)


OF_MONEY = of_one((*UNPAID, *PAID, *CLAIMED, *TAKEN_BACK))
"""For differences of money in one order line, from its own day on."""

OF_REFUNDS = of_one((*TOO_EARLY, *OF_MONEY))

OF_GOODS = (*of_one((*TOO_EARLY, *UNPAID, *PAID, *CLAIMED, *TAKEN_BACK)), *SOME_UNITS)

SOON_OPEN = of_one((TOO_EARLY[0], UNPAID[0], PAID[0], UNPAID[-1]))
"""Four stages of one incident: not yet, ready, paid, too late."""
