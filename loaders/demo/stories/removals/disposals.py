"""Disposed units. The reports have the order, if there was one; unsellable units stay in doubt."""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Movement, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.removals.removal_steps import dispose, order_disposal
from loaders.demo.stories.scenarios import Scenario, aged, owed_for, play_scenarios, with_days_left

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


def destroy(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of one marketplace, and `more` by their weights."""
    play_scenarios(scene, "inventory_destroyed", DESTROYED, more, goods, _happen)
    for ordered, units, decoy in ((3, 3, "disposal was requested"), (3, 5, "more than was requested")):
        scenario = Scenario(outcomes.unpaid, aged(12, 55), decoy=decoy)
        product, on = next(goods, None), scenario.begins(scene, "inventory_destroyed")
        if product is None or on is None:
            return
        line = dispose(scene, product, units, on)
        order_disposal(scene, line, ordered)
        owed = _owed(line, units - ordered, scenario)
        if owed.units:
            outcomes.unpaid(scene, owed, on)
        scene.facts.owed.append(owed)


def _happen(scene: Scene, scenario: Scenario, product: Goods, on: date) -> tuple[Owed, date]:
    units = scenario.draw_units(scene)
    return _owed(dispose(scene, product, units, on), units, scenario), on + _CLAIMED_AFTER


def _owed(line: Movement, units: int, scenario: Scenario) -> Owed:
    owed = owed_for(line.marketplace, line.goods, "inventory_destroyed", units, line.on, line.on)
    owed.decoy, owed.reference = scenario.decoy, line.reference
    # nobody knows who has to dispose of unsellable units
    owed.is_doubtful = line.disposition != "SELLABLE"
    return owed
