"""Units that were disposed of. Who asked for it the reports show where somebody did; unsellable units stay in doubt."""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Movement, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.removals.removing import dispose, order_disposal
from loaders.demo.stories.telling import Tale, aged, owed_for, tell_all, with_days_left

DESTROYED = (
    Tale(outcomes.unpaid, aged(0, 6), 0.5, (1, 4), decoy="may still be paid"),
    Tale(outcomes.unpaid, aged(9, 52), 2, (1, 4)),
    Tale(outcomes.unpaid, with_days_left(0, 0), 0.2, (1, 4), decoy="last day of the window"),
    Tale(outcomes.unpaid, with_days_left(-1, -1), 0.2, decoy="first day after the window"),
    Tale(outcomes.unpaid, with_days_left(-300, -2), 1, decoy="outside the window"),
    Tale(outcomes.in_case, aged(32, 90), 0.7),
    Tale(outcomes.denied, aged(45, 400), 1),
    Tale(outcomes.paid_case, aged(50, 400), 1),
)

_CLAIMED_AFTER = timedelta(days=8)


def destroy(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Tell all stories of one marketplace, and `more` by their weights."""
    tell_all(scene, "inventory_destroyed", DESTROYED, more, goods, _happen)
    for ordered, units, decoy in ((3, 3, "disposal was requested"), (3, 5, "more than was requested")):
        tale = Tale(outcomes.unpaid, aged(12, 55), decoy=decoy)
        product, on = next(goods, None), tale.begins(scene, "inventory_destroyed")
        if product is None or on is None:
            return
        line = dispose(scene, product, units, on)
        order_disposal(scene, line, ordered)
        owed = _owed(line, units - ordered, tale)
        if owed.units:
            outcomes.unpaid(scene, owed, on)
        scene.facts.owed.append(owed)


def _happen(scene: Scene, tale: Tale, product: Goods, on: date) -> tuple[Owed, date]:
    units = tale.draw_units(scene)
    return _owed(dispose(scene, product, units, on), units, tale), on + _CLAIMED_AFTER


def _owed(line: Movement, units: int, tale: Tale) -> Owed:
    owed = owed_for(line.marketplace, line.goods, "inventory_destroyed", units, line.on, line.on)
    owed.story, owed.decoy, owed.reference = tale.name, tale.decoy, line.reference
    # of what was unsellable nobody can tell who has to dispose of it
    owed.is_doubtful = line.disposition != "SELLABLE"
    return owed
