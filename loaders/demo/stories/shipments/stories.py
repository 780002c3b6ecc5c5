"""Units that a marketplace did not receive, or received damaged, and shipments that look as if units were owed.

Each story has goods of its own: Walmart pays as disputes, which name no reason. A trap that the reports can not decide
is in doubt.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.demo.model.consignments import InboundShipment
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.scenarios import (
    Happen,
    Scenario,
    aged,
    at_a_month_end,
    owed_for,
    play_one,
    play_scenarios,
    with_days_left,
)
from loaders.demo.stories.shipments.arrivals import arrive, close, companions, damage, deliver, receive, send, unload

_MOST = 26
"""Days after its arrival by which Amazon closes a shipment."""

_AMAZON = (
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
_AMAZON_LOST = (
    Scenario(outcomes.approved_not_paid, aged(50, 120), 0.5),
    Scenario(outcomes.appealed, aged(70, 200), 0.3, decoy="appealed"),
    Scenario(outcomes.filed_late, with_days_left(-120, -30), 0.3, decoy="filed late"),
)
_WALMART = (
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
_WALMART_LOST = (
    Scenario(outcomes.approved_not_paid, aged(30, 60), 0.5),
    Scenario(outcomes.appealed, aged(40, 80), 0.3, decoy="appealed"),
    Scenario(outcomes.filed_late, aged(70, 300), 0.3, decoy="filed late"),
)

Found = list[tuple[Owed, date]]


def lose_and_damage(scene: Scene, goods: Iterator[Goods], more: int) -> None:
    """Play all stories of one marketplace, and `more` of each kind by their weights, and each trap once."""
    both, lost = (_WALMART, _WALMART_LOST) if scene.is_walmart else (_AMAZON, _AMAZON_LOST)
    play_scenarios(scene, "shipment_lost", (*both, *lost), more, goods, _short)
    play_scenarios(scene, "shipment_damaged", both, more // 2, goods, _damaged)
    for happen, scenario in _WALMART_TRAPS if scene.is_walmart else _AMAZON_TRAPS:
        play_one(scene, "shipment_lost", scenario, goods, happen)


def _owed(
    scene: Scene, shipment: InboundShipment, clock_on: date | None, units: int, category: str = "shipment_lost"
) -> Owed:
    """What is owed for units of the first product of a shipment."""
    owed = owed_for(scene.marketplace, shipment.lines[0].goods, category, units, clock_on, clock_on or scene.today)
    owed.reference = owed.shipment_id = shipment.shipment_id
    return owed


def _nothing(scene: Scene, shipment: InboundShipment, clock_on: date, category: str = "shipment_lost") -> Found:
    owed = _owed(scene, shipment, shipment.clock_on, 0, category)
    owed.happened_on = clock_on
    return [(owed, clock_on)]


def _short(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Closed with some units short."""
    units, whole = scenario.draw_units(scene), scene.chance.randint(8, 40)
    shipment = deliver(scene, product, clock_on, units + whole, whole)
    return [(_owed(scene, shipment, clock_on, units), close(scene, shipment, clock_on))]


def _damaged(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Closed with some units received damaged."""
    units, whole = scenario.draw_units(scene), scene.chance.randint(8, 40)
    shipment = deliver(scene, product, clock_on, units + whole, whole)
    damage(scene, shipment, units)
    return [(_owed(scene, shipment, clock_on, units, "shipment_damaged"), close(scene, shipment, clock_on))]


def _short_and_damaged(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Of one line some units are missing and some damaged."""
    ((lost, since),) = _short(scene, scenario, product, clock_on)
    shipment, units = scene.facts.inbound[-1], scenario.draw_units(scene)
    shipment.lines[0].shipped += units
    damage(scene, shipment, units)
    return [(lost, since), (_owed(scene, shipment, clock_on, units, "shipment_damaged"), since)]


def _never_closed(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """The shipment is not closed, and its delivery is more than three weeks ago."""
    units, received = scenario.draw_units(scene), scene.chance.choice((0, 6))
    shipment = deliver(scene, product, clock_on, units + received, received)
    return [(_owed(scene, shipment, clock_on, units), clock_on)]


def _still_receiving(scene: Scene, _scenario: Scenario, product: Goods, clock_on: date) -> Found:
    shipment = arrive(scene, [(product, 30), *companions(scene, product)], clock_on)
    unload(scene, shipment, [12, *(line.shipped // 2 for line in shipment.lines[1:])], clock_on)
    return _nothing(scene, shipment, clock_on)


def _never_came(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Cancelled or deleted before it left, or on its way."""
    shipment = send(scene, [(product, 24), *companions(scene, product)], clock_on, is_tracked=False)
    if scenario.decoy != "not delivered yet":
        shipment.ended = "CANCELLED" if "cancelled" in scenario.decoy else "DELETED"
    shipment.delivered_on = None
    return _nothing(scene, shipment, clock_on)


def _over_receipt(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """One line is short, and another has as many units too many: perhaps the same."""
    other, units = companions(scene, product)[0][0], scenario.draw_units(scene)
    listed = 15 if "another line" in scenario.decoy else 0
    shipment = arrive(scene, [(product, 20 + units), (other, listed)], clock_on)
    unload(scene, shipment, [20, listed + units], clock_on)
    return _doubtful(scene, shipment, clock_on, units)


def _over_with_another(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """One shipment is short, and an earlier one has as many units too many: perhaps the same."""
    units, earlier = scenario.draw_units(scene), clock_on - timedelta(days=scene.chance.randint(8, 40))
    close(scene, deliver(scene, product, earlier, 20, 20 + units, has_others=False), earlier)
    shipment = deliver(scene, product, clock_on, 20 + units, 20, has_others=False)
    return _doubtful(scene, shipment, clock_on, units)


def _doubtful(scene: Scene, shipment: InboundShipment, clock_on: date, units: int) -> Found:
    close(scene, shipment, clock_on)
    owed = _owed(scene, shipment, clock_on, units)
    owed.is_doubtful = True
    return [(owed, clock_on)]


def _received_late(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Closed with units short; they are received weeks later, sometimes after their payment: then the reports have a
    payment without an owed unit.
    """
    units = scenario.draw_units(scene)
    shipment = deliver(scene, product, clock_on, 20 + units, 20)
    closed_on = close(scene, shipment, clock_on)
    receive(scene, shipment, shipment.lines[0], scene.later(closed_on, 20, 40), units)
    if "paid" not in scenario.decoy:
        return _nothing(scene, shipment, clock_on)
    owed = _owed(scene, shipment, clock_on, units)
    outcomes.paid(scene, owed, closed_on)
    owed.clock_on, owed.shipment_id, owed.unit_value = None, "", None
    return [(owed, closed_on)]


def _no_delivery_known(scene: Scene, scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Closed, nothing received, and nobody recorded the delivery."""
    units = scenario.draw_units(scene)
    shipment = send(scene, [(product, units)], clock_on, is_tracked=False)
    owed = _owed(scene, shipment, None, units)
    owed.happened_on = clock_on
    return [(owed, close(scene, shipment, clock_on))]


def _received_defective(scene: Scene, _scenario: Scenario, product: Goods, clock_on: date) -> Found:
    """Units arrive that were defective when they left: not Amazon's fault."""
    shipment = deliver(scene, product, clock_on, 22, 20)
    on = shipment.lines[0].receipts[0][0] + timedelta(days=1)
    receive(scene, shipment, shipment.lines[0], on, 2, scene.chance.choice(("DEFECTIVE", "EXPIRED")))
    close(scene, shipment, clock_on)
    return _nothing(scene, shipment, clock_on, "shipment_damaged")


Traps = tuple[tuple[Happen, Scenario], ...]


def _open(first: int, last: int, decoy: str, units: tuple[int, int] = (1, 8)) -> Scenario:
    return Scenario(outcomes.unpaid, aged(first, last), units=units, decoy=decoy)


_AMAZON_TRAPS: Traps = (
    (_never_closed, _open(24, 120, "not closed for three weeks")),
    (_never_closed, _open(24, 120, "not closed for three weeks")),
    (_short_and_damaged, _open(30, 200, "damaged and short on one line", (1, 4))),
    (_still_receiving, _open(3, 18, "still receiving")),
    (_never_came, _open(20, 250, "cancelled shipment")),
    (_never_came, _open(20, 250, "deleted shipment")),
    (_never_came, _open(5, 60, "not delivered yet")),
    (_over_receipt, _open(30, 240, "received on another line", (1, 2))),
    (_over_receipt, _open(30, 240, "received under another SKU", (1, 2))),
    (_over_with_another, _open(30, 240, "received with another shipment", (1, 2))),
    (_received_late, _open(90, 300, "received late")),
    (_received_late, _open(90, 300, "received late, and paid before")),
    (_no_delivery_known, _open(40, 380, "no delivery date known")),
    (_no_delivery_known, Scenario(outcomes.in_case, aged(50, 200), decoy="no delivery date known")),
    (_no_delivery_known, Scenario(outcomes.paid_case, aged(80, 380), decoy="no delivery date known")),
    (_received_defective, _open(30, 300, "was no good when it left")),
)
_WALMART_TRAPS: Traps = (
    (_short_and_damaged, _open(12, 45, "damaged and short on one line", (1, 4))),
    (_short_and_damaged, Scenario(outcomes.paid, aged(40, 200), 1, (1, 4), "damaged and short on one line")),
    (_still_receiving, _open(3, 18, "still receiving")),
    (_never_came, _open(20, 250, "cancelled shipment")),
    (_no_delivery_known, _open(30, 300, "no delivery date known")),
)
