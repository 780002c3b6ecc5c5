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
from loaders.demo.stories.scenarios import Scenario, aged, owed_for, play_one, play_scenarios, with_days_left

_OPENS_AFTER = timedelta(days=15)

Found = list[tuple[Owed, date]]

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


def _open(first: int, last: int, decoy: str, units: tuple[int, int] = (1, 8)) -> Scenario:
    return Scenario(outcomes.unpaid, aged(first, last), units=units, decoy=decoy)


def lose_and_damage(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of one marketplace, and `more` of each kind by their weights."""
    play_scenarios(scene, "removal_lost", LOST, more, goods, _lose)
    play_scenarios(scene, "removal_damaged", DAMAGED, more // 2, goods, _damage)
    traps = [(_one_parcel_of_two, _open(20, 66, "one parcel of two"))]
    if not scene.facts.seller.tracks_removals:
        traps.append((_never_written_down, _open(20, 66, "arrived, and not written down")))
    traps += [(_delivered, _open(12, 400, "delivered", (4, 30)))] * (3 + more)
    for happen, scenario in (*traps, (_cancelled, _open(12, 300, "cancelled removal"))):
        play_one(scene, "removal_lost", scenario, goods, happen)


def _lose(scene: Scene, scenario: Scenario, product: Goods, shipped_on: date) -> Found:
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units, shipped_on)
    dispatch(scene, order, units, shipped_on, None)
    return [(_owed(scene, order, "removal_lost", units, shipped_on), shipped_on + _OPENS_AFTER)]


def _damage(scene: Scene, scenario: Scenario, product: Goods, delivered_on: date) -> Found:
    units = scenario.draw_units(scene)
    shipped_on = delivered_on - timedelta(days=scene.chance.randint(4, 12))
    order = _ordered(scene, product, units, shipped_on)
    dispatch(scene, order, units, shipped_on, delivered_on)
    return [(_owed(scene, order, "removal_damaged", units, delivered_on), delivered_on)]


def _one_parcel_of_two(scene: Scene, scenario: Scenario, product: Goods, shipped_on: date) -> Found:
    units, later_on = scenario.draw_units(scene), shipped_on + timedelta(days=1)
    order = _ordered(scene, product, units + 5, shipped_on)
    dispatch(scene, order, 5, shipped_on, scene.later(shipped_on, 4, 9))
    dispatch(scene, order, units, later_on, None)
    return [(_owed(scene, order, "removal_lost", units, later_on), shipped_on)]


def _never_written_down(scene: Scene, scenario: Scenario, product: Goods, shipped_on: date) -> Found:
    """It came, and a seller who does not track every parcel has not recorded it: nobody can know."""
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units, shipped_on)
    dispatch(scene, order, units, shipped_on, scene.later(shipped_on, 4, 9)).is_told = False
    return [(_owed(scene, order, "removal_lost", units, shipped_on), shipped_on)]


def _delivered(scene: Scene, scenario: Scenario, product: Goods, shipped_on: date) -> Found:
    units = scenario.draw_units(scene)
    order = _ordered(scene, product, units, shipped_on)
    for number, count in enumerate((units // 2, units - units // 2)):
        on = shipped_on + timedelta(days=number)
        dispatch(scene, order, count, on, scene.later(on, 3, 10))
    return [(_owed(scene, order, "removal_lost", 0, shipped_on), shipped_on)]


def _cancelled(scene: Scene, scenario: Scenario, product: Goods, requested_on: date) -> Found:
    order = order_return(scene, product, scenario.draw_units(scene), requested_on)
    order.cancelled = order.requested
    return [(_owed(scene, order, "removal_lost", 0, requested_on), requested_on)]


def _ordered(scene: Scene, product: Goods, units: int, shipped_on: date) -> RemovalOrder:
    requested_on = max(scene.facts.since, shipped_on - timedelta(days=scene.chance.randint(3, 12)))
    return order_return(scene, product, units, requested_on)


def _owed(scene: Scene, order: RemovalOrder, category: str, units: int, clock_on: date) -> Owed:
    owed = owed_for(scene.marketplace, order.goods, category, units, clock_on, clock_on)
    owed.reference = owed.order_id = order.order_id
    owed.is_doubtful = category == "removal_lost" and units > 0 and not scene.facts.seller.tracks_removals
    return owed
