"""Units returned to the seller that never came, or came damaged.

Reports have the day a parcel left, and none its arrival: only the seller's own delivery file has. A parcel missing in
that file may be lost or just not recorded, so open ones are in doubt. Only the case filed for damaged units shows the
damage.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.consignments import RemovalOrder
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.removals.removal_steps import dispatch, order_return
from loaders.demo.stories.scenarios import Scenario, aged, owed_for, play_scenarios, with_days_left

_OPENS_AFTER = timedelta(days=15)

LOST = (
    Scenario(outcomes.unpaid, aged(2, 13), 0.5, decoy="inside its first 15 days"),
    Scenario(outcomes.unpaid, aged(17, 66), 1),
    Scenario(outcomes.unpaid, with_days_left(1, 7), 0.3, decoy="near the last day"),
    Scenario(outcomes.unpaid, with_days_left(0, 0), 0.2, decoy="last day of the window"),
    Scenario(outcomes.unpaid, with_days_left(-1, -1), 0.2, decoy="first day after the window"),
    Scenario(outcomes.unpaid, with_days_left(-300, -2), 0.7, decoy="outside the window"),
    Scenario(outcomes.in_case, aged(40, 120), 1),
    Scenario(outcomes.approved_not_paid, aged(35, 80), 0.4),
    Scenario(outcomes.denied, aged(50, 400), 1),
    Scenario(outcomes.appealed, aged(45, 120), 0.3, decoy="appealed"),
    Scenario(outcomes.paid_case, aged(55, 400), 6),
    Scenario(outcomes.underpaid_case, aged(55, 400), 1),
    Scenario(outcomes.partly_paid_case, aged(55, 400), 0.7),
    Scenario(outcomes.filed_late, with_days_left(-300, -30), 0.3, decoy="filed late"),
    Scenario(outcomes.taken_back, aged(120, 400), 0.4, decoy="reversed, not found"),
    Scenario(outcomes.found_after_paying, aged(125, 400), 0.4, decoy="reversed, found"),
)

DAMAGED = (
    Scenario(outcomes.in_case, aged(25, 100), 1),
    Scenario(outcomes.denied, aged(40, 380), 1),
    Scenario(outcomes.paid_case, aged(45, 380), 4),
    Scenario(outcomes.underpaid_case, aged(45, 380), 1),
    Scenario(outcomes.partly_paid_case, aged(45, 380), 0.7),
    Scenario(outcomes.taken_back, aged(120, 380), 0.4, decoy="reversed, not found"),
)


def lose_and_damage(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of one marketplace, and `more` of each kind by their weights."""
    play_scenarios(scene, "removal_lost", LOST, more, goods, _lose)
    play_scenarios(scene, "removal_damaged", DAMAGED, more // 2, goods, _damage)
    _one_parcel_of_two(scene, goods)
    _never_written_down(scene, goods)
    for _ in range(3 + more):
        _delivered(scene, goods)
    _cancelled(scene, goods)


def _lose(scene: Scene, scenario: Scenario, product: Goods, shipped_on: date) -> tuple[Owed, date]:
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units, shipped_on)
    dispatch(scene, order, units, shipped_on, None)
    owed = _owed(scene, order, "removal_lost", units, shipped_on, scenario)
    owed.is_doubtful = not scene.facts.seller.tracks_removals
    return owed, shipped_on + _OPENS_AFTER


def _damage(scene: Scene, scenario: Scenario, product: Goods, delivered_on: date) -> tuple[Owed, date]:
    units = scenario.draw_units(scene)
    shipped_on = delivered_on - timedelta(days=scene.chance.randint(4, 12))
    order = _ordered(scene, product, units, shipped_on)
    dispatch(scene, order, units, shipped_on, delivered_on)
    return _owed(scene, order, "removal_damaged", units, delivered_on, scenario), delivered_on


def _one_parcel_of_two(scene: Scene, goods: Iterator[Goods]) -> None:
    scenario = Scenario(outcomes.unpaid, aged(20, 66), decoy="one parcel of two")
    product, shipped_on = next(goods, None), scenario.begins(scene, "removal_lost")
    if product is None or shipped_on is None:
        return
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units + 5, shipped_on)
    dispatch(scene, order, 5, shipped_on, scene.later(shipped_on, 4, 9))
    dispatch(scene, order, units, shipped_on + timedelta(days=1), None)
    owed = _owed(scene, order, "removal_lost", units, shipped_on + timedelta(days=1), scenario)
    owed.is_doubtful = not scene.facts.seller.tracks_removals
    outcomes.unpaid(scene, owed, shipped_on)
    scene.facts.owed.append(owed)


def _never_written_down(scene: Scene, goods: Iterator[Goods]) -> None:
    """It came, and a seller who does not track every parcel has not recorded it: nobody can know."""
    if scene.facts.seller.tracks_removals:
        return
    scenario = Scenario(outcomes.unpaid, aged(20, 66), decoy="arrived, and not written down")
    product, shipped_on = next(goods, None), scenario.begins(scene, "removal_lost")
    if product is None or shipped_on is None:
        return
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units, shipped_on)
    dispatch(scene, order, units, shipped_on, scene.later(shipped_on, 4, 9)).is_told = False
    owed = _owed(scene, order, "removal_lost", units, shipped_on, scenario)
    owed.is_doubtful = True
    outcomes.unpaid(scene, owed, shipped_on)
    scene.facts.owed.append(owed)


def _delivered(scene: Scene, goods: Iterator[Goods]) -> None:
    scenario = Scenario(outcomes.unpaid, aged(12, 400), units=(4, 30), decoy="delivered")
    product, shipped_on = next(goods, None), scenario.begins(scene, "removal_lost")
    if product is None or shipped_on is None:
        return
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units, shipped_on)
    first = units // 2
    for number, count in enumerate((first, units - first)):
        on = shipped_on + timedelta(days=number)
        dispatch(scene, order, count, on, scene.later(on, 3, 10))
    scene.facts.owed.append(_owed(scene, order, "removal_lost", 0, shipped_on, scenario))


def _cancelled(scene: Scene, goods: Iterator[Goods]) -> None:
    scenario = Scenario(outcomes.unpaid, aged(12, 300), decoy="cancelled removal")
    product, requested_on = next(goods, None), scenario.begins(scene, "removal_lost")
    if product is None or requested_on is None:
        return
    order = order_return(scene, product, scenario.draw_units(scene), requested_on)
    order.cancelled = order.requested
    scene.facts.owed.append(_owed(scene, order, "removal_lost", 0, requested_on, scenario))


def _ordered(scene: Scene, product: Goods, units: int, shipped_on: date) -> RemovalOrder:
    requested_on = max(scene.facts.since, shipped_on - timedelta(days=scene.chance.randint(3, 12)))
    return order_return(scene, product, units, requested_on)


def _owed(scene: Scene, order: RemovalOrder, category: str, units: int, clock_on: date, scenario: Scenario) -> Owed:
    owed = owed_for(scene.marketplace, order.goods, category, units, clock_on, clock_on)
    owed.decoy = scenario.decoy
    owed.reference = owed.order_id = order.order_id
    return owed
