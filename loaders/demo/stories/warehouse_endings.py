"""How a loss or damage in a warehouse can end, beside the outcomes that it shares with all that is owed."""

from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Incident, Kind, Owed, incident_of
from loaders.demo.stories.outcomes import PAID_FOR, deny, file_case, pay, unpaid, worth


def found(scene: Scene, incident: Incident, since: date) -> None:
    """All units are found."""
    scene.find(incident, scene.later(since, 3, 30), incident.units)
    incident.end(Fate.FOUND)


def partly_found(scene: Scene, incident: Incident, since: date) -> None:
    """Some units are found, and the others paid soon after."""
    on, units = scene.later(since, 2, 4), scene.chance.randint(1, incident.units - 1)
    scene.find(incident, on, units)
    incident.end(Fate.FOUND, units)
    pay(scene, incident, scene.later(on, 1, 3), incident.units - units, worth(scene, incident))


def replaced(scene: Scene, incident: Incident, since: date) -> None:
    """Amazon gives the units back, and books them days later."""
    on, reason = scene.later(since, 3, 6), PAID_FOR[incident.category]
    scene.pay(incident.goods, on, reason, rounded(Decimal(0), scene.currency), 0, inventory=incident.units)
    incident.line.reconciled.append((on, incident.units))
    arrived = scene.move(scene.later(on, 1, 4), incident.goods, Kind.FOUND, incident.units, "N")
    arrived.reconciled.append((arrived.on, incident.units))
    incident.end(Fate.REPLACED)


def reconciled_elsewhere(scene: Scene, incident: Incident, since: date) -> None:
    """Found under other goods. No report dates it, so a later payment for the same goods would match it."""
    incident.line.reconciled.append((scene.later(since, 5, 20), incident.units))
    incident.end(Fate.RECONCILED)


def found_after_paying(scene: Scene, incident: Incident, since: date) -> None:
    """Paid, then one unit is found and its payment reversed."""
    payment = pay(scene, incident, scene.later(since, 2, 12), incident.units, worth(scene, incident))
    found_on = scene.later(payment.at.date(), 15, 60)
    scene.find(incident, found_on, 1)
    incident.line.reconciled.pop()
    reason = "WFS FoundInventory" if scene.is_walmart else payment.reason
    scene.take_back(payment, scene.later(found_on, 1, 6), reason, units=1, was_found=True)
    incident.return_one()


def clawed_back(scene: Scene, incident: Incident, since: date) -> None:
    """Paid without a case, then reversed."""
    payment = pay(scene, incident, scene.later(since, 2, 6), incident.units, worth(scene, incident))
    incident.parts[-1].fate = Fate.TAKEN_BACK
    on = scene.later(payment.at.date(), 20, 90)
    scene.take_back(payment, on, "Compensated_Clawback", units=incident.units, was_found=False)


def paid_before(scene: Scene, incident: Incident, since: date) -> None:
    """A payment without an event, a few days before an unpaid one: perhaps the same units."""
    on = since - timedelta(days=scene.chance.randint(2, 5))
    pay_beside(scene, incident, on, PAID_FOR[incident.category])
    incident.is_doubtful = True
    incident.end(Fate.OPEN)


def pay_beside(scene: Scene, incident: Incident, on: date, reason: str) -> None:
    """A payment for as many units that nothing connects with the incident."""
    scene.pay_unexplained(incident.goods, on, reason, worth(scene, incident), incident.units)


def twins(scene: Scene, incident: Incident, since: date) -> None:
    """Two units lost at once, as two equal lines, paid in one payment."""
    other, on, per_unit = _repeated(scene, incident), scene.later(since, 2, 6), worth(scene, incident)
    scene.pay(incident.goods, on, PAID_FOR[incident.category], per_unit, 2, is_batched=True)
    for one in (incident, other):
        one.end(Fate.PAID, 1, per_unit)
        one.line.reconciled.append((on, 1))


def unpaid_twins(scene: Scene, incident: Incident, since: date) -> None:
    """Two units lost at once, as two equal lines, never paid."""
    for one in (incident, _repeated(scene, incident)):
        unpaid(scene, one, since)


def _repeated(scene: Scene, incident: Incident) -> Incident:
    """A second incident whose line in the ledger equals the first one's."""
    first = incident.line
    line = scene.move(first.on, first.goods, Kind.LOST, first.units, first.reason)
    line.at, line.centre, line.reference = first.at, first.centre, first.reference
    other = incident_of(line, incident.category, incident.decoy)
    scene.facts.incidents.append(other)
    return other


def paid_too_much(scene: Scene, incident: Incident, since: date) -> None:
    """One unit more is paid than was lost."""
    on = scene.later(since, 2, 6)
    payment = pay(scene, incident, on, incident.units, worth(scene, incident))
    payment.cash += 1
    surplus = Owed(incident.marketplace, incident.goods, incident.category, 1, on, None)
    surplus.reference, surplus.decoy = payment.reimbursement_id, incident.decoy
    surplus.end(Fate.PAID, 1, payment.per_unit)
    scene.facts.owed.append(surplus)


def in_a_case_of_many(scene: Scene, incident: Incident, since: date) -> None:
    """An open case, sometimes one already open for other goods."""
    last = min(since + timedelta(days=40), scene.today - timedelta(days=1))
    opened = [case for case in scene.cases_of_many if since < case.opened_on <= last]
    if opened and scene.chance.happens(0.5):
        file_case(scene, incident, opened[-1].opened_on, worth(scene, incident), case_id=opened[-1].case_id)
    else:
        on = scene.later(since, 1, (last - since).days)
        scene.cases_of_many.append(file_case(scene, incident, on, worth(scene, incident)))
    incident.end(Fate.IN_CASE)


def paid_beside_case(scene: Scene, incident: Incident, since: date) -> None:
    """A case is filed, and the payment does not name it."""
    case = file_case(scene, incident, scene.later(since, 1, 7), worth(scene, incident))
    pay(scene, incident, scene.later(case.opened_on, 2, 8), incident.units, worth(scene, incident))


def paid_case_of_others(scene: Scene, incident: Incident, since: date) -> None:
    """The payment names a case that the seller's file lacks."""
    incident.case_id = scene.chance.digits(11)
    on = scene.later(since, 4, 32)
    pay(scene, incident, on, incident.units, worth(scene, incident), incident.case_id)


def denied_lately(scene: Scene, incident: Incident, since: date) -> None:
    """Denied within the last 30 days."""
    deny(scene, file_case(scene, incident, scene.later(since, 13, 23), worth(scene, incident)))
    incident.end(Fate.DENIED)


def appealed_late(scene: Scene, incident: Incident, since: date) -> None:
    """Filed again more than 45 days after the denial: too late, and the denial stands."""
    first = file_case(scene, incident, scene.later(since, 1, 6), worth(scene, incident))
    deny(scene, first)
    again = scene.later(first.closed_on or since, 46, 60)
    file_case(scene, incident, again, worth(scene, incident), f"Appeal of {first.case_id}")
    incident.end(Fate.DENIED)


CLAIMS = (in_a_case_of_many, paid_beside_case, paid_case_of_others, denied_lately, appealed_late)
"""The endings that begin with a case."""
