"""Amazon incidents without a case: paid at once, found, replaced, reversed, or unpaid."""

from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Fate, Incident, Kind, Part
from loaders.demo.stories.amazon_payments import DAMAGED, LOST, PAID_FOR, WINDOW, settle, value
from loaders.demo.stories.scenarios import owed_for
from loaders.demo.stories.story import Story, all_of, next_day


def _paid(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 2, 6)
    settle(scene, incident, on, incident.units, value(scene, incident))
    return next_day(on)


def _underpaid(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 2, 6)
    settle(scene, incident, on, incident.units, value(scene, incident, 0.45, 0.8))
    return next_day(on)


def _doubtful_and_paid(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 3, 7)
    settle(scene, incident, on, incident.units, value(scene, incident, 0.2, 0.5))
    return next_day(on)


def _not_paid(_scene: Scene, incident: Incident) -> date:
    all_of(incident, Fate.OPEN)
    last_day = window_of(incident.category, incident.line.marketplace).last_day(incident.line.on)
    return last_day + timedelta(days=2) if last_day else date.max


def _found(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 3, 30)
    scene.find(incident, on, incident.units, "F")
    all_of(incident, Fate.FOUND)
    return next_day(on)


def _partly_found(scene: Scene, incident: Incident) -> date:
    found_on = scene.later(incident.line.on, 2, 4)
    found = scene.chance.randint(1, incident.units - 1)
    scene.find(incident, found_on, found, "F")
    incident.parts.append(Part(found, Fate.FOUND))
    paid_on = scene.later(found_on, 1, 3)
    settle(scene, incident, paid_on, incident.units - found, value(scene, incident))
    return next_day(paid_on)


def _replaced(scene: Scene, incident: Incident) -> date:
    on = scene.later(incident.line.on, 3, 6)
    scene.pay(incident, on, incident.units, Decimal(0), PAID_FOR[incident.category], in_kind=True)
    arrived = scene.move(scene.later(on, 1, 4), incident.line.goods, Kind.FOUND, incident.units, "N")
    arrived.reconciled.append((arrived.on, incident.units))
    all_of(incident, Fate.REPLACED)
    return arrived.on + timedelta(days=46)


def _reconciled_elsewhere(scene: Scene, incident: Incident) -> None:
    """Found under other goods. No report dates it, so a later payment for the same goods would match it."""
    on = scene.later(incident.line.on, 5, 20)
    incident.line.reconciled.append((on, incident.units))
    all_of(incident, Fate.RECONCILED)


def _found_after_paying(scene: Scene, incident: Incident) -> date:
    payment = settle(scene, incident, scene.later(incident.line.on, 2, 6), incident.units, value(scene, incident))
    paid = incident.parts.pop()
    found_on = scene.later(payment.at.date(), 15, 60)
    scene.find(incident, found_on, 1, "F")
    incident.line.reconciled.pop()
    taken_on = scene.later(found_on, 1, 6)
    scene.take_back(payment, taken_on, payment.reason, units=1, was_found=True)
    incident.parts.append(Part(1, Fate.RETURNED_TO_STOCK, paid.per_unit))
    if incident.units > 1:
        incident.parts.append(Part(incident.units - 1, Fate.PAID, paid.per_unit))
    return found_on + timedelta(days=46)


def _taken_back(scene: Scene, incident: Incident) -> date:
    payment = settle(scene, incident, scene.later(incident.line.on, 2, 6), incident.units, value(scene, incident))
    incident.parts[-1].fate = Fate.TAKEN_BACK
    on = scene.later(payment.at.date(), 20, 90)
    scene.take_back(payment, on, "Compensated_Clawback", units=incident.units, was_found=False)
    return on + timedelta(days=46)


def _paid_before(scene: Scene, incident: Incident) -> None:
    """A payment without an event, a few days before an unpaid one: perhaps the same units."""
    on = incident.line.on - timedelta(days=scene.chance.randint(2, 5))
    payment = scene.pay(incident, on, incident.units, value(scene, incident), PAID_FOR[incident.category])
    incident.line.reconciled.clear()
    scene.facts.unexplained.append(payment)
    all_of(incident, Fate.OPEN)
    incident.is_doubtful = True


def _twins(scene: Scene, incident: Incident) -> date:
    """Two units lost at once, as two equal lines, paid in one payment."""
    _repeat(scene, incident)
    on = scene.later(incident.line.on, 2, 6)
    per_unit = value(scene, incident)
    settle(scene, incident, on, 2, per_unit)
    incident.parts[-1].units = 1
    incident.line.reconciled[-1] = (on, 1)
    other = scene.facts.incidents[-1]
    other.line.reconciled.append((on, 1))
    other.parts.append(Part(1, Fate.PAID, per_unit))
    return next_day(on)


def _unpaid_twins(scene: Scene, incident: Incident) -> date:
    _repeat(scene, incident)
    all_of(scene.facts.incidents[-1], Fate.OPEN)
    return _not_paid(scene, incident)


def _repeat(scene: Scene, incident: Incident) -> None:
    """A second incident whose line in the ledger equals the first one's."""
    line = scene.move(incident.line.on, incident.line.goods, Kind.LOST, incident.line.units, incident.line.reason)
    line.at, line.centre, line.reference = incident.line.at, incident.line.centre, incident.line.reference
    scene.facts.incidents.append(Incident(line, incident.category, incident.story, incident.decoy))


def _paid_late(scene: Scene, incident: Incident) -> date:
    """Amazon pays automatically, after the last day to claim."""
    on = scene.later(incident.line.on + WINDOW, 3, 30)
    settle(scene, incident, on, incident.units, value(scene, incident))
    return next_day(on)


def _paid_too_much(scene: Scene, incident: Incident) -> date:
    """One unit more is paid than was lost."""
    line, on = incident.line, scene.later(incident.line.on, 2, 6)
    settle(scene, incident, on, incident.units, value(scene, incident))
    payment = scene.facts.payments[-1]
    payment.cash += 1
    surplus = owed_for(line.marketplace, line.goods, incident.category, 1, None, on)
    surplus.reference, surplus.decoy = payment.reimbursement_id, "paid more than was lost"
    surplus.parts.append(Part(1, Fate.PAID, payment.per_unit))
    scene.facts.owed.append(surplus)
    return on + timedelta(days=9)


_LOST_ONLY, _DAMAGED_ONLY = (LOST,), (DAMAGED,)

INVENTORY_STORIES = (
    Story(_paid, (2, 420), 66),
    Story(_underpaid, (8, 420), 4),
    Story(_paid_late, (96, 420), 0.7, needs_clean=True, decoy="paid after the window", needs_deadline=True),
    Story(_paid_too_much, (180, 420), 0.7, needs_clean=True, decoy="paid more than was lost"),
    Story(_doubtful_and_paid, (9, 420), 2, categories=_DAMAGED_ONLY, is_doubtful=True, decoy="unsellable before"),
    Story(_not_paid, (0, 6), 90, leaves_open=True, decoy="may still be paid"),
    Story(_not_paid, (8, 59), 12, leaves_open=True),
    Story(_not_paid, (60, 60), 5, leaves_open=True, decoy="last day of the window", needs_deadline=True),
    Story(_not_paid, (61, 61), 5, leaves_open=True, decoy="first day after the window", needs_deadline=True),
    Story(_not_paid, (62, 420), 5, leaves_open=True, decoy="outside the window", needs_deadline=True),
    Story(
        _not_paid, (8, 58), 4, categories=_DAMAGED_ONLY, leaves_open=True, is_doubtful=True, decoy="unsellable before"
    ),
    Story(_found, (4, 420), 8, categories=_LOST_ONLY, needs_clean=True, decoy="found later"),
    Story(_partly_found, (8, 420), 2, (2, 6), _LOST_ONLY, needs_clean=True, decoy="partly found"),
    Story(_replaced, (12, 420), 3, categories=_LOST_ONLY, needs_clean=True, decoy="replaced, with an N row"),
    Story(
        _reconciled_elsewhere,
        (22, 420),
        1,
        categories=_LOST_ONLY,
        needs_clean=True,
        needs_reconciled=True,
        decoy="reconciled under other goods",
    ),
    Story(
        _found_after_paying,
        (70, 420),
        2,
        (1, 3),
        _LOST_ONLY,
        needs_clean=True,
        takes_back=True,
        decoy="reversed, found",
    ),
    Story(_taken_back, (98, 420), 2, (1, 2), needs_clean=True, takes_back=True, decoy="reversed, not found"),
    Story(_paid_before, (9, 56), 0.5, (1, 1), needs_clean=True, leaves_open=True, decoy="paid before", lead=7),
    Story(_twins, (8, 420), 2, (1, 1), _LOST_ONLY, needs_clean=True, decoy="equal rows"),
    Story(_unpaid_twins, (8, 59), 1, (1, 1), _LOST_ONLY, leaves_open=True, decoy="equal rows"),
)
"""The stories with their weights. Day 7 is left out where an automatic payment may still arrive on it or not. Overpaid
losses are so old that nothing else of the goods can be open for the surplus.
"""
