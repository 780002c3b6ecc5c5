"""Incidents in Walmart's warehouses, and the payments for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Incident, Kind, Part, Payment
from loaders.demo.stories.story import Shelf, Story, all_of, next_day, play

CENTRES = ("PHL4S", "ATL2N", "DFW5S", "LAX8N", "IND1N")

_LOST, _DAMAGED = "inventory_lost", "inventory_damaged"
_PAID_FOR = {_LOST: "WFS LostInventory", _DAMAGED: "WFS DamageInWarehouse"}


def simulate_walmart(scene: Scene, shelves: list[Shelf], count: int) -> None:
    """Simulate about `count` incidents of Walmart's warehouses."""
    play(scene, STORIES, shelves, count, _happen)


def pay_disputes(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Pay disputes about orders without an event in the current reports."""
    chance = scene.chance
    for _ in range(count):
        product = chance.choice(goods)
        payment = Payment(
            at=scene.moment(scene.today - timedelta(days=chance.randint(0, 420))),
            marketplace=scene.marketplace,
            goods=product,
            reason="Dispute",
            reimbursement_id=chance.digits(12),
            per_unit=chance.amount(product.prices["USD"], 0.6, 0.8, "USD"),
            cash=1,
            order_id=scene.order_id(),
        )
        scene.facts.payments.append(payment)
        scene.facts.unexplained.append(payment)


def _happen(scene: Scene, story: Story, shelf: Shelf, on: date) -> Incident:
    category = scene.chance.choice(story.categories)
    units = scene.chance.randint(*story.units)
    if category == _LOST:
        return Incident(scene.move(on, shelf.goods, Kind.LOST, -units), category, story.name, story.decoy)
    line = scene.move(on, shelf.goods, Kind.DAMAGED, -units)
    salvage = scene.move(on, shelf.goods, Kind.DAMAGED, units, disposition="SALVAGE")
    salvage.at, salvage.centre = line.at, line.centre
    return Incident(line, category, story.name, story.decoy)


def _value(scene: Scene, incident: Incident) -> Decimal:
    cost = incident.line.goods.cost_on(incident.line.on, scene.currency)
    return scene.chance.amount(cost, 1.0, 1.3, scene.currency)


def _settle(scene: Scene, incident: Incident, on: date, units: int, per_unit: Decimal) -> Payment:
    incident.parts.append(Part(units, Fate.PAID, per_unit))
    return scene.pay(incident, on, units, per_unit, _PAID_FOR[incident.category])


def _paid(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 4, 20)
    _settle(scene, incident, on, incident.units, _value(scene, incident))
    return next_day(on)


def _not_paid(_scene: Scene, incident: Incident) -> None:
    all_of(incident, Fate.OPEN)


def _found(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 3, 25)
    scene.find(incident, on, incident.units, "")
    all_of(incident, Fate.FOUND)
    return next_day(on)


def _found_after_paying(scene: Scene, incident: Incident) -> date:
    payment = _settle(scene, incident, scene.later(incident.line.on, 4, 12), incident.units, _value(scene, incident))
    paid = incident.parts.pop()
    found_on = scene.later(payment.at.date(), 15, 60)
    scene.find(incident, found_on, 1, "")
    scene.take_back(payment, scene.later(found_on, 1, 10), "WFS FoundInventory", units=1, was_found=True)
    incident.parts.append(Part(1, Fate.RETURNED_TO_STOCK, paid.per_unit))
    if incident.units > 1:
        incident.parts.append(Part(incident.units - 1, Fate.PAID, paid.per_unit))
    return found_on + timedelta(days=46)


def pay_without_count(scene: Scene, goods: Iterator[Goods]) -> None:
    """Pay the sourcing cost of lost units without a number of units: the amount determines it."""
    product = next((product for product in goods if product.cost_is_known), None)
    if product is None:
        return
    on = scene.today - timedelta(days=scene.chance.randint(20, 400))
    line = scene.move(on, product, Kind.LOST, -scene.chance.randint(2, 3))
    incident = Incident(line, _LOST, "pay without count", "credit without a number of units")
    per_unit = product.cost_on(on, scene.currency)
    _settle(scene, incident, scene.later(on, 4, 15), incident.units, per_unit).is_counted = False
    scene.facts.incidents.append(incident)


def _in_case(scene: Scene, incident: Incident) -> date:
    case = scene.file(incident, scene.later(incident.line.on, 5, 30), _value(scene, incident))
    all_of(incident, Fate.IN_CASE)
    return next_day(case.opened_on)


def _denied(scene: Scene, incident: Incident) -> date:
    return _deny(scene, incident, scene.later(incident.line.on, 5, 30))


def _denied_lately(scene: Scene, incident: Incident) -> date:
    return _deny(scene, incident, scene.later(incident.line.on, 20, 30))


def _deny(scene: Scene, incident: Incident, opened_on: date) -> date:
    case = scene.file(incident, opened_on, _value(scene, incident))
    case.decision = "denied"
    case.decided_on = case.closed_on = scene.later(case.opened_on, 3, 12)
    case.note = "Walmart found no error in its count"
    all_of(incident, Fate.DENIED)
    return next_day(case.closed_on)


def _appealed(scene: Scene, incident: Incident, low: int, high: int) -> date:
    """Denied, and filed again so many days later."""
    denied_on = _deny(scene, incident, scene.later(incident.line.on, 5, 10)) - timedelta(days=1)
    incident.parts.clear()
    first = incident.case_id
    again = scene.file(incident, scene.later(denied_on, low, high), _value(scene, incident), f"Appeal of {first}")
    return next_day(again.opened_on)


def _appealed_in_time(scene: Scene, incident: Incident) -> date:
    free_from = _appealed(scene, incident, 3, 25)
    all_of(incident, Fate.IN_CASE)
    return free_from


def _appealed_late(scene: Scene, incident: Incident) -> date:
    """More than 45 days after the denial: too late, and the denial stands."""
    free_from = _appealed(scene, incident, 46, 60)
    all_of(incident, Fate.DENIED)
    return free_from


def _paid_case(scene: Scene, incident: Incident) -> date:
    per_unit = _value(scene, incident)
    case = scene.file(incident, scene.later(incident.line.on, 5, 30), per_unit)
    on = scene.later(case.opened_on, 5, 20)
    _settle(scene, incident, on, incident.units, per_unit)
    case.decision, case.decided_on, case.closed_on = "approved", on, on
    return next_day(on)


_LOST_ONLY = (_LOST,)

STORIES = (
    Story(_paid, (20, 420), 60),
    Story(_not_paid, (0, 40), 18, leaves_open=True),
    Story(_not_paid, (41, 420), 3, leaves_open=True, decoy="no published deadline"),
    Story(_found, (4, 420), 10, categories=_LOST_ONLY, needs_clean=True, decoy="found later"),
    Story(_found_after_paying, (40, 420), 5, (1, 3), _LOST_ONLY, needs_clean=True, decoy="reversed, found"),
    Story(_in_case, (8, 90), 8, leaves_open=True),
    Story(_denied, (45, 420), 4, leaves_open=True),
    Story(_denied_lately, (44, 48), 4, leaves_open=True, decoy="appeal still possible"),
    Story(_appealed_in_time, (56, 110), 1, needs_clean=True, leaves_open=True, decoy="appealed"),
    Story(_appealed_late, (90, 420), 1, needs_clean=True, leaves_open=True, decoy="appealed too late"),
    Story(_paid_case, (52, 420), 4, needs_clean=True),
)
"""The stories with their weights."""
