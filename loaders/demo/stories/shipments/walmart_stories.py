"""Units that Walmart did not receive, or received damaged.

Walmart pays as disputes, which name no reason: each story has goods of its own, so that a dispute's purpose is
unambiguous.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.scenarios import Scenario, aged, play_scenarios, with_days_left
from loaders.demo.stories.shipments.amazon_stories import companions, owed_of
from loaders.demo.stories.shipments.arrivals import arrive, close, send, unload

_OPENS_AFTER = timedelta(days=10)

_OUTCOMES = (
    Scenario(outcomes.paid, aged(30, 400), 6),
    Scenario(outcomes.underpaid, aged(30, 400), 1),
    Scenario(outcomes.unpaid, aged(4, 8), 1, decoy="first ten days"),
    Scenario(outcomes.unpaid, aged(12, 40), 2),
    Scenario(outcomes.unpaid, with_days_left(1, 6), 0.5, decoy="near the last day"),
    Scenario(outcomes.unpaid, with_days_left(0, 0), 0.2, decoy="last day of the window"),
    Scenario(outcomes.unpaid, with_days_left(-1, -1), 0.2, decoy="first day after the window"),
    Scenario(outcomes.unpaid, with_days_left(-300, -2), 0.7, decoy="outside the window"),
    Scenario(outcomes.partly_paid, aged(30, 300), 1),
    Scenario(outcomes.in_case, aged(32, 90), 1),
    Scenario(outcomes.denied, aged(45, 400), 1),
    Scenario(outcomes.paid_case, aged(50, 400), 5),
    Scenario(outcomes.partly_paid_case, aged(50, 400), 0.7),
)

LOST = (
    *_OUTCOMES,
    Scenario(outcomes.approved_not_paid, aged(30, 60), 0.5),
    Scenario(outcomes.appealed, aged(40, 80), 0.3, decoy="appealed"),
    Scenario(outcomes.filed_late, aged(70, 300), 0.3, decoy="filed late"),
)
"""Scenarios of units shipped and not received."""

DAMAGED = _OUTCOMES
"""Scenarios of units received damaged."""


def lose_and_damage(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of Walmart, and `more` of each kind by their weights."""
    play_scenarios(scene, "shipment_lost", LOST, more, goods, _arrive_short)
    play_scenarios(scene, "shipment_damaged", DAMAGED, more // 2, goods, _arrive_damaged)
    for tell, when in ((outcomes.unpaid, aged(12, 45)), (outcomes.paid, aged(40, 200))):
        _short_and_damaged(scene, goods, Scenario(tell, when, units=(1, 4), decoy="damaged and short on one line"))
    _set_traps(scene, goods)


def _arrive_short(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> tuple[Owed, date]:
    return _arrive(scene, scenario, product, clock_on, "shipment_lost", scenario.draw_units(scene))


def _arrive_damaged(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> tuple[Owed, date]:
    return _arrive(scene, scenario, product, clock_on, "shipment_damaged", scenario.draw_units(scene))


def _arrive(
    scene: Scene, scenario: Scenario, product: Goods, clock_on: date, category: str, units: int
) -> tuple[Owed, date]:
    """A shipment closed within days, with units short or damaged. Walmart counts damaged units separately."""
    shipped = units + scene.chance.randint(8, 40)
    shipment = arrive(scene, [(product, shipped), *companions(scene, product)], clock_on)
    unload(scene, shipment, [shipped - units, *(line.shipped for line in shipment.lines[1:])], clock_on)
    shipment.closed_on = min(scene.today, clock_on + timedelta(days=scene.chance.randint(3, 8)))
    shipment.lines[0].damaged = units if category == "shipment_damaged" else 0
    owed = owed_of(scene, product, category, units, shipment.shipment_id, clock_on, scenario)
    return owed, clock_on + _OPENS_AFTER


def _short_and_damaged(scene: Scene, goods: Iterator[Goods], scenario: Scenario) -> None:
    product, clock_on = next(goods, None), scenario.begins(scene, "shipment_lost")
    if product is None or clock_on is None:
        return
    lost, since = _arrive(scene, scenario, product, clock_on, "shipment_lost", scenario.draw_units(scene))
    shipment, units = scene.facts.inbound[-1], scenario.draw_units(scene)
    shipment.lines[0].shipped += units
    shipment.lines[0].damaged = units
    damaged = owed_of(scene, product, "shipment_damaged", units, shipment.shipment_id, clock_on, scenario)
    for owed in (lost, damaged):
        scenario.tell(scene, owed, since)
        scene.facts.owed.append(owed)


def _set_traps(scene: Scene, goods: Iterator[Goods]) -> None:
    """Shipments for which nothing is owed: one still being received, one cancelled."""
    for decoy, when in (("still receiving", aged(3, 18)), ("cancelled shipment", aged(20, 250))):
        scenario = Scenario(outcomes.unpaid, when, decoy=decoy)
        product, clock_on = next(goods, None), scenario.begins(scene, "shipment_lost")
        if product is None or clock_on is None:
            return
        if decoy == "still receiving":
            shipment = arrive(scene, [(product, 30)], clock_on)
            unload(scene, shipment, [12], clock_on)
        else:
            shipment = send(scene, [(product, 24)], clock_on, is_tracked=False)
            shipment.ended, shipment.delivered_on = "CANCELLED", None
        owed = owed_of(scene, product, "shipment_lost", 0, shipment.shipment_id, shipment.clock_on, scenario)
        owed.happened_on = clock_on
        scene.facts.owed.append(owed)
    _no_delivery_known(scene, goods)


def _no_delivery_known(scene: Scene, goods: Iterator[Goods]) -> None:
    """Closed, nothing received, and nobody recorded the delivery."""
    scenario = Scenario(outcomes.unpaid, aged(30, 300), decoy="no delivery date known")
    product, happened_on = next(goods, None), scenario.begins(scene, "shipment_lost")
    if product is None or happened_on is None:
        return
    units = scenario.draw_units(scene)
    shipment = send(scene, [(product, units)], happened_on, is_tracked=False)
    close(scene, shipment, happened_on)
    owed = owed_of(scene, product, "shipment_lost", units, shipment.shipment_id, None, scenario)
    owed.happened_on = happened_on
    outcomes.unpaid(scene, owed, happened_on)
    scene.facts.owed.append(owed)
