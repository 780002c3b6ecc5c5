"""Amazon incidents with a case: open, denied, paid in part or in full, filed late."""

from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Incident, Part
from loaders.demo.stories.amazon_payments import WINDOW, settle, value
from loaders.demo.stories.story import Story, all_of, next_day


def _in_case(scene: Scene, incident: Incident) -> date:
    """An open case, sometimes one already open for other goods."""
    age = (scene.today - incident.line.on).days
    first, last = (incident.line.on + timedelta(days=days) for days in (8, min(50, age - 1)))
    opened = [case for case in scene.cases_of_many if first <= case.opened_on <= last]
    if opened and scene.chance.happens(0.5):
        case = scene.join(opened[-1], incident, value(scene, incident))
    else:
        case = scene.file(incident, scene.later(first, 0, (last - first).days), value(scene, incident))
        scene.cases_of_many.append(case)
    all_of(incident, Fate.IN_CASE)
    return next_day(case.opened_on)


def _approved_not_paid(scene: Scene, incident: Incident) -> date:
    case = scene.file(incident, scene.later(incident.line.on, 8, 14), value(scene, incident), "Approved in chat")
    case.decision, case.decided_on = "approved", scene.later(case.opened_on, 2, 6)
    all_of(incident, Fate.IN_CASE)
    return next_day(case.decided_on)


def _denied(scene: Scene, incident: Incident) -> date:
    case = scene.file(incident, scene.later(incident.line.on, 8, 40), value(scene, incident))
    case.decision = "denied"
    case.decided_on = case.closed_on = scene.later(case.opened_on, 3, 10)
    case.note = "Proof of sourcing cost was not accepted"
    all_of(incident, Fate.DENIED)
    return next_day(case.closed_on)


def _partly_paid_case(scene: Scene, incident: Incident) -> date:
    per_unit = value(scene, incident)
    case = scene.file(incident, scene.later(incident.line.on, 8, 20), per_unit)
    paid = scene.chance.randint(1, incident.units - 1)
    on = scene.later(case.opened_on, 5, 14)
    settle(scene, incident, on, paid, per_unit, case.case_id)
    incident.parts.append(Part(incident.units - paid, Fate.DENIED))
    case.decision, case.decided_on, case.closed_on = "partially_approved", on, on
    return next_day(on)


def _paid_case(scene: Scene, incident: Incident) -> date:
    per_unit = value(scene, incident)
    case = scene.file(incident, scene.later(incident.line.on, 8, 25), per_unit)
    on = scene.later(case.opened_on, 4, 14)
    settle(scene, incident, on, incident.units, per_unit, case.case_id)
    case.decision, case.decided_on, case.closed_on = "approved", on, on
    return next_day(on)


def _paid_beside_case(scene: Scene, incident: Incident) -> date:
    per_unit = value(scene, incident)
    case = scene.file(incident, scene.later(incident.line.on, 8, 14), per_unit)
    on = scene.later(case.opened_on, 2, 8)
    settle(scene, incident, on, incident.units, per_unit)
    return next_day(on)


def _paid_case_of_others(scene: Scene, incident: Incident) -> date:
    case_id = scene.chance.digits(11)
    on = scene.later(incident.line.on, 12, 40)
    settle(scene, incident, on, incident.units, value(scene, incident), case_id)
    incident.case_id = case_id
    return next_day(on)


def _filed_late(scene: Scene, incident: Incident) -> None:
    case = scene.file(incident, scene.later(incident.line.on + WINDOW, 2, 30), value(scene, incident))
    if scene.chance.happens(0.5) and case.opened_on + timedelta(days=10) < scene.today:
        case.decision = "denied"
        case.decided_on = case.closed_on = scene.later(case.opened_on, 2, 8)
        case.note = "Outside the claim window"
    all_of(incident, Fate.OPEN)


def _appealed(scene: Scene, incident: Incident) -> date:
    """A denied case, and a second one for the same units that is still open."""
    per_unit = value(scene, incident)
    first = scene.file(incident, scene.later(incident.line.on, 8, 14), per_unit)
    first.decision = "denied"
    first.decided_on = first.closed_on = scene.later(first.opened_on, 3, 8)
    second = scene.file(incident, scene.later(first.closed_on, 2, 12), per_unit, f"Appeal of {first.case_id}")
    all_of(incident, Fate.IN_CASE)
    return next_day(second.opened_on)


def _paid_case_taken_back(scene: Scene, incident: Incident) -> date:
    per_unit = value(scene, incident)
    case = scene.file(incident, scene.later(incident.line.on, 8, 20), per_unit)
    paid_on = scene.later(case.opened_on, 4, 14)
    payment = settle(scene, incident, paid_on, incident.units, per_unit, case.case_id)
    case.decision, case.decided_on, case.closed_on = "approved", paid_on, paid_on
    incident.parts[-1].fate = Fate.TAKEN_BACK
    taken_on = scene.later(paid_on, 20, 60)
    scene.take_back(payment, taken_on, payment.reason, units=incident.units, was_found=False)
    return taken_on + timedelta(days=46)


CASE_STORIES = (
    Story(_in_case, (14, 80), 6, leaves_open=True),
    Story(_approved_not_paid, (24, 60), 2, leaves_open=True),
    Story(_appealed, (36, 80), 0.7, needs_clean=True, leaves_open=True, decoy="appealed"),
    Story(_denied, (52, 420), 2, leaves_open=True),
    Story(_partly_paid_case, (36, 420), 1.5, (2, 5), leaves_open=True),
    Story(_paid_case, (42, 420), 3),
    Story(_paid_case_taken_back, (96, 420), 0.5, needs_clean=True, takes_back=True, decoy="reversed, not found"),
    Story(_paid_beside_case, (24, 120), 1, needs_clean=True),
    Story(_paid_case_of_others, (42, 420), 1.5, needs_clean=True),
    Story(_filed_late, (92, 420), 1, needs_clean=True, leaves_open=True, decoy="filed late", needs_deadline=True),
)
"""The stories with their weights."""
