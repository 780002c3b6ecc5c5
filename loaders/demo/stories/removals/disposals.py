"""Disposed units. The reports have the order, if there was one; unsellable units stay in doubt."""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.removals.removal_steps import dispose, order_disposal
from loaders.demo.stories.scenarios import Scenario, aged, owed_for, play_one, play_scenarios, with_days_left

DESTROYED = (
    Scenario(outcomes.unpaid, aged(0, 6), 0.5, (1, 4), decoy="may still be paid"),
    Scenario(outcomes.unpaid, aged(9, 52), 2, (1, 4)),
    Scenario(outcomes.unpaid, with_days_left(0, 0), 0.2, (1, 4), decoy="last day of the window"),
    Scenario(outcomes.unpaid, with_days_left(-1, -1), 0.2, decoy="first day after the window"),
    Scenario(outcomes.unpaid, with_days_left(-300, -2), 1, decoy="outside the window"),
    Scenario(outcomes.in_case, aged(32, 90), 0.7),
    Scenario(outcomes.denied, aged(45, 400), 1),
    Scenario(outcomes.paid_case, aged(50, 400), 1),
)

_CLAIMED_AFTER = timedelta(days=8)


_REQUESTED = {"disposal was requested": (3, 3), "more than was requested": (3, 5)}
"""How many units were requested, and how many disposed of."""


def destroy(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of one marketplace, and `more` by their weights."""
    play_scenarios(scene, "inventory_destroyed", DESTROYED, more, goods, _happen)
    for decoy in _REQUESTED:
        scenario = Scenario(outcomes.unpaid, aged(12, 55), decoy=decoy)
        play_one(scene, "inventory_destroyed", scenario, goods, _happen)


def _happen(scene: Scene, scenario: Scenario, product: Goods, on: date) -> list[tuple[Owed, date]]:
    ordered, units = _REQUESTED.get(scenario.decoy) or (0, scenario.draw_units(scene))
    line = dispose(scene, product, units, on)
    if ordered:
        order_disposal(scene, line, ordered)
    owed = owed_for(line.marketplace, line.goods, "inventory_destroyed", units - ordered, on, on)
    owed.reference = line.reference
    # nobody knows who has to dispose of unsellable units
    owed.is_doubtful = line.disposition != "SELLABLE"
    return [(owed, on + _CLAIMED_AFTER)]
