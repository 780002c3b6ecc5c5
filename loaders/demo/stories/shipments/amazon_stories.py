"""Units that Amazon did not receive, or received damaged."""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.scenarios import Scenario, aged, at_a_month_end, owed_for, play_scenarios, with_days_left
from loaders.demo.stories.shipments.arrivals import arrive, close, receive, unload

_MOST = 26
"""Days after its arrival by which a shipment is closed."""

_OUTCOMES = (
    Scenario(outcomes.paid, aged(48, 400), 8),
    Scenario(outcomes.underpaid, aged(48, 400), 1),
    Scenario(outcomes.unpaid, aged(_MOST, 180), 2),
    Scenario(outcomes.unpaid, with_days_left(1, 7), 0.5, decoy="near the last day"),
    Scenario(outcomes.unpaid, with_days_left(0, 0), 0.2, decoy="last day of the window"),
    Scenario(outcomes.unpaid, with_days_left(-1, -1), 0.2, decoy="first day after the window"),
    Scenario(outcomes.unpaid, with_days_left(-120, -2), 0.5, decoy="outside the window"),
    Scenario(outcomes.unpaid, at_a_month_end(_MOST, 250), 0.2, decoy="nine calendar months"),
    Scenario(outcomes.partly_paid, aged(50, 250), 1),
    Scenario(outcomes.partly_paid, with_days_left(-120, -2), 0.3, decoy="outside the window"),
    Scenario(outcomes.in_case, aged(48, 200), 1.5),
    Scenario(outcomes.denied, aged(70, 400), 1),
    Scenario(outcomes.paid_case, aged(70, 400), 5),
    Scenario(outcomes.partly_paid_case, aged(70, 400), 0.7),
    Scenario(outcomes.taken_back, aged(140, 400), 0.4, decoy="reversed, not found"),
    Scenario(outcomes.found_after_paying, aged(140, 400), 0.4, decoy="reversed, found"),
)

LOST = (
    *_OUTCOMES,
    Scenario(outcomes.approved_not_paid, aged(50, 120), 0.5),
    Scenario(outcomes.appealed, aged(70, 200), 0.3, decoy="appealed"),
    Scenario(outcomes.filed_late, with_days_left(-120, -30), 0.3, decoy="filed late"),
)
"""Scenarios of units shipped and not received."""

DAMAGED = _OUTCOMES
"""Scenarios of units received damaged by the carrier or in the warehouse."""


def lose_and_damage(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of one marketplace, and `more` of each kind by their weights."""
    play_scenarios(scene, "shipment_lost", LOST, more, goods, _arrive_short)
    play_scenarios(scene, "shipment_damaged", DAMAGED, more // 2, goods, _arrive_damaged)
    _never_closed(scene, goods)
    _short_and_damaged(scene, goods)


def _arrive_short(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> tuple[Owed, date]:
    short = scenario.draw_units(scene)
    return _arrive(scene, scenario, product, clock_on, "shipment_lost", short)


def _arrive_damaged(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> tuple[Owed, date]:
    units = scenario.draw_units(scene)
    return _arrive(scene, scenario, product, clock_on, "shipment_damaged", units)


def _arrive(
    scene: Scene, scenario: Scenario, product: Goods, clock_on: date, category: str, units: int
) -> tuple[Owed, date]:
    """A shipment of the product and others that arrive complete; it is closed with some units short or damaged."""
    shipped = units + scene.chance.randint(8, 40)
    shipment = arrive(scene, [(product, shipped), *companions(scene, product)], clock_on)
    line, others = shipment.lines[0], shipment.lines[1:]
    unload(scene, shipment, [shipped - units, *(other.shipped for other in others)], clock_on)
    if category == "shipment_damaged":
        on = line.receipts[0][0] + timedelta(days=1)
        receive(scene, shipment, line, on, units, scene.chance.choice(("CARRIER_DAMAGED", "WAREHOUSE_DAMAGED")))
    closed_on = close(scene, shipment, clock_on)
    return owed_of(scene, product, category, units, shipment.shipment_id, clock_on, scenario), closed_on


def _never_closed(scene: Scene, goods: Iterator[Goods]) -> None:
    """The shipment is not closed, and its delivery is more than three weeks ago."""
    scenario = Scenario(outcomes.unpaid, aged(24, 120), decoy="not closed for three weeks")
    for received in (0, 6):
        product, clock_on = next(goods, None), scenario.begins(scene, "shipment_lost")
        if product is None or clock_on is None:
            return
        units = scenario.draw_units(scene)
        shipment = arrive(scene, [(product, units + received), *companions(scene, product)[:1]], clock_on)
        unload(scene, shipment, [received, *(line.shipped for line in shipment.lines[1:])], clock_on)
        owed = owed_of(scene, product, "shipment_lost", units, shipment.shipment_id, clock_on, scenario)
        outcomes.unpaid(scene, owed, clock_on)
        scene.facts.owed.append(owed)


def _short_and_damaged(scene: Scene, goods: Iterator[Goods]) -> None:
    """Of one line some units are missing and some damaged."""
    scenario = Scenario(outcomes.unpaid, aged(30, 200), units=(1, 4), decoy="damaged and short on one line")
    product, clock_on = next(goods, None), scenario.begins(scene, "shipment_lost")
    if product is None or clock_on is None:
        return
    lost, since = _arrive(scene, scenario, product, clock_on, "shipment_lost", scenario.draw_units(scene))
    shipment = scene.facts.inbound[-1]
    line, units = shipment.lines[0], scenario.draw_units(scene)
    line.shipped += units
    receive(scene, shipment, line, line.receipts[0][0] + timedelta(days=1), units, "CARRIER_DAMAGED")
    damaged = owed_of(scene, product, "shipment_damaged", units, shipment.shipment_id, clock_on, scenario)
    for owed in (lost, damaged):
        outcomes.unpaid(scene, owed, since)
        scene.facts.owed.append(owed)


def companions(scene: Scene, product: Goods) -> list[tuple[Goods, int]]:
    """One or two other products that travel in the same shipment."""
    others = scene.chance.sample([goods for goods in scene.facts.goods[:40] if goods != product], 2)
    return [(goods, scene.chance.randint(6, 30)) for goods in others[: scene.chance.randint(1, 2)]]


def owed_of(
    scene: Scene, product: Goods, category: str, units: int, shipment_id: str, clock_on: date | None, scenario: Scenario
) -> Owed:
    """The amount owed for units of a shipment."""
    owed = owed_for(scene.marketplace, product, category, units, clock_on, clock_on or scene.today)
    owed.decoy = scenario.decoy
    owed.reference = owed.shipment_id = shipment_id
    return owed
