"""Shipments to Amazon that look as if units were owed: some are not, others are undecidable.

A trap without an event has 0 units in the truth. One that the reports can not decide is in doubt.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from loaders.demo.model.consignments import InboundShipment
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Owed, Part
from loaders.demo.stories import outcomes
from loaders.demo.stories.scenarios import Scenario, aged
from loaders.demo.stories.shipments.amazon_stories import companions, owed_of
from loaders.demo.stories.shipments.arrivals import arrive, close, receive, send, unload

Trap = Callable[[Scene, Goods, date, Scenario], None]


def set_traps(scene: Scene, goods: Iterator[Goods]) -> None:
    """Play each trap once."""
    for trap, scenario in _TRAPS:
        product, clock_on = next(goods, None), scenario.begins(scene, "shipment_lost")
        if product is not None and clock_on is not None:
            trap(scene, product, clock_on, scenario)


def _still_receiving(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    shipment = arrive(scene, [(product, 30), *companions(scene, product)], clock_on)
    unload(scene, shipment, [12, *(line.shipped // 2 for line in shipment.lines[1:])], clock_on)
    _nothing(scene, product, shipment, clock_on, scenario)


def _ended(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    """Cancelled or deleted before it left."""
    shipment = send(scene, [(product, 24), *companions(scene, product)], clock_on, is_tracked=False)
    shipment.ended = "CANCELLED" if "cancelled" in scenario.decoy else "DELETED"
    shipment.delivered_on = None
    _nothing(scene, product, shipment, clock_on, scenario)


def _on_its_way(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    shipment = send(scene, [(product, 24)], clock_on, is_tracked=False)
    shipment.delivered_on = None
    _nothing(scene, product, shipment, clock_on, scenario)


def _over_receipt(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    """One line is short, and another has as many units too many: perhaps the same."""
    other, units = companions(scene, product)[0][0], scenario.draw_units(scene)
    is_listed = "another line" in scenario.decoy
    shipment = arrive(scene, [(product, 20 + units), (other, 15 if is_listed else 0)], clock_on)
    unload(scene, shipment, [20, (15 if is_listed else 0) + units], clock_on)
    close(scene, shipment, clock_on)
    owed = owed_of(scene, product, "shipment_lost", units, shipment.shipment_id, clock_on, scenario)
    owed.is_doubtful = True
    outcomes.unpaid(scene, owed, clock_on)
    scene.facts.owed.append(owed)


def _over_with_another(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    """One shipment is short, and an earlier one has as many units too many: perhaps the same."""
    units, earlier = scenario.draw_units(scene), clock_on - timedelta(days=scene.chance.randint(8, 40))
    other = arrive(scene, [(product, 20)], earlier)
    unload(scene, other, [20 + units], earlier)
    close(scene, other, earlier)
    shipment = arrive(scene, [(product, 20 + units)], clock_on)
    unload(scene, shipment, [20], clock_on)
    close(scene, shipment, clock_on)
    owed = owed_of(scene, product, "shipment_lost", units, shipment.shipment_id, clock_on, scenario)
    owed.is_doubtful = True
    outcomes.unpaid(scene, owed, clock_on)
    scene.facts.owed.append(owed)


def _received_late(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    """Closed with units short; they are received weeks later, sometimes after their payment."""
    units = scenario.draw_units(scene)
    shipment = arrive(scene, [(product, 20 + units), *companions(scene, product)], clock_on)
    unload(scene, shipment, [20, *(line.shipped for line in shipment.lines[1:])], clock_on)
    closed_on = close(scene, shipment, clock_on)
    late_on = scene.later(closed_on, 20, 40)
    receive(scene, shipment, shipment.lines[0], late_on, units)
    if "paid" not in scenario.decoy:
        _nothing(scene, product, shipment, clock_on, scenario)
        return
    owed = owed_of(scene, product, "shipment_lost", units, shipment.shipment_id, clock_on, scenario)
    outcomes.paid(scene, owed, closed_on)
    scene.facts.owed.append(_without_event(owed))


def _no_delivery_known(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    """Closed, nothing received, and nobody recorded the delivery."""
    units = scenario.draw_units(scene)
    shipment = send(scene, [(product, units)], clock_on, is_tracked=False)
    closed_on = close(scene, shipment, clock_on)
    owed = owed_of(scene, product, "shipment_lost", units, shipment.shipment_id, None, scenario)
    owed.happened_on = clock_on
    scenario.tell(scene, owed, closed_on)
    scene.facts.owed.append(owed)


def _received_defective(scene: Scene, product: Goods, clock_on: date, scenario: Scenario) -> None:
    """Units arrive that were defective when they left: not Amazon's fault."""
    shipment = arrive(scene, [(product, 22), *companions(scene, product)], clock_on)
    unload(scene, shipment, [20, *(line.shipped for line in shipment.lines[1:])], clock_on)
    on = shipment.lines[0].receipts[0][0] + timedelta(days=1)
    receive(scene, shipment, shipment.lines[0], on, 2, scene.chance.choice(("DEFECTIVE", "EXPIRED")))
    close(scene, shipment, clock_on)
    _nothing(scene, product, shipment, clock_on, scenario, "shipment_damaged")


def _nothing(
    scene: Scene,
    product: Goods,
    shipment: InboundShipment,
    clock_on: date,
    scenario: Scenario,
    category: str = "shipment_lost",
) -> None:
    """Nothing is owed for the shipment."""
    owed = owed_of(scene, product, category, 0, shipment.shipment_id, shipment.clock_on, scenario)
    owed.happened_on = clock_on
    scene.facts.owed.append(owed)


def _without_event(paid: Owed) -> Owed:
    """A payment without an owed unit in the reports any more."""
    paid.clock_on = None
    paid.shipment_id, paid.unit_value = "", None
    paid.parts = [Part(part.units, Fate.PAID, part.per_unit) for part in paid.parts]
    return paid


_TRAPS: tuple[tuple[Trap, Scenario], ...] = (
    (_still_receiving, Scenario(outcomes.unpaid, aged(3, 18), decoy="still receiving")),
    (_ended, Scenario(outcomes.unpaid, aged(20, 250), decoy="cancelled shipment")),
    (_ended, Scenario(outcomes.unpaid, aged(20, 250), decoy="deleted shipment")),
    (_on_its_way, Scenario(outcomes.unpaid, aged(5, 60), decoy="not delivered yet")),
    (_over_receipt, Scenario(outcomes.unpaid, aged(30, 240), units=(1, 2), decoy="received on another line")),
    (_over_receipt, Scenario(outcomes.unpaid, aged(30, 240), units=(1, 2), decoy="received under another SKU")),
    (
        _over_with_another,
        Scenario(outcomes.unpaid, aged(30, 240), units=(1, 2), decoy="received with another shipment"),
    ),
    (_received_late, Scenario(outcomes.unpaid, aged(90, 300), decoy="received late")),
    (_received_late, Scenario(outcomes.unpaid, aged(90, 300), decoy="received late, and paid before")),
    (_no_delivery_known, Scenario(outcomes.unpaid, aged(40, 380), decoy="no delivery date known")),
    (_no_delivery_known, Scenario(outcomes.in_case, aged(50, 200), decoy="no delivery date known")),
    (_no_delivery_known, Scenario(outcomes.paid_case, aged(80, 380), decoy="no delivery date known")),
    (_received_defective, Scenario(outcomes.unpaid, aged(30, 300), decoy="was no good when it left")),
)
