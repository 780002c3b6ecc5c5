"""Losses in Amazon's warehouses that must be judged with another fact: a payment under another name, a find elsewhere,
a second event of the same unit.

Each story has goods of its own, so that the matching facts are unambiguous.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Incident, Kind, Owed, incident_of
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders.after_sale import OutsideReports
from loaders.demo.stories.scenarios import owed_for
from loaders.demo.stories.shipments.arrivals import arrive, close, unload
from loaders.demo.stories.warehouse_endings import pay_beside
from loaders.demo.stories.warehouse_lines import damage, lose
from loaders.demo.stories.warehouses import DAMAGED, LOST

UNKNOWN_REASONS = ("General_Adjustment", "CARRIER_DAMAGED_DISCARD")
"""Undocumented payment reasons."""


@dataclass(frozen=True)
class PathStory:
    """A path: `tell` plays it on a day and returns what is owed, or raises OutsideReports.

    `ages` are the days from its last loss to today. `takes_back` marks a story that the older layout of the
    reimbursements can not show.
    """

    decoy: str
    tell: Callable[[Scene, Goods, date], list[Incident | Owed]]
    ages: tuple[int, int] = (10, 56)
    takes_back: bool = False


def tell_paths(scene: Scene, goods: Iterator[Goods], share: float) -> None:
    """Play a share of the stories, each with goods of its own."""
    for story in PATH_STORIES:
        is_shown = not story.takes_back or scene.facts.seller.reimbursements == "full"
        if not (is_shown and scene.chance.happens(share)):
            continue
        on = scene.today - timedelta(days=scene.chance.randint(*story.ages))
        try:
            owed = story.tell(scene, next(goods), on)
        except (OutsideReports, StopIteration):
            continue
        for one in owed:
            one.decoy = story.decoy
            if isinstance(one, Incident):
                scene.facts.incidents.append(one)
            else:
                scene.facts.owed.append(one)


def _lost(scene: Scene, goods: Goods, on: date) -> Incident:
    return incident_of(lose(scene, goods, on, scene.chance.randint(1, 2)), LOST)


def _damaged(scene: Scene, goods: Goods, on: date) -> Incident:
    return incident_of(damage(scene, goods, on, scene.chance.randint(1, 2)), DAMAGED)


def _open(incident: Incident, *, is_doubtful: bool = True) -> Incident:
    """Nobody pays for it."""
    incident.is_doubtful = is_doubtful
    incident.end(Fate.OPEN)
    return incident


def _paid_under_an_unknown_reason(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    incident = _open(scene.chance.choice((_lost, _damaged))(scene, goods, on))
    pay_beside(scene, incident, scene.later(on, 3, 40), scene.chance.choice(UNKNOWN_REASONS))
    return [incident]


def _lost_unsellable(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    incident = _open(_lost(scene, goods, on))
    incident.line.disposition = scene.chance.choice(("CUSTOMER_DAMAGED", "DEFECTIVE"))
    return [incident]


def _damaged_then_disposed(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    """One claim: the disposed units are the damaged ones."""
    incident = _open(_damaged(scene, goods, on), is_doubtful=False)
    gone = scene.move(scene.later(on, 3, 20), goods, Kind.DISPOSED, -incident.units, "D", "WAREHOUSE_DAMAGED")
    return [incident, owed_for(scene.marketplace, goods, "inventory_destroyed", 0, None, gone.on)]


def _graded_sellable_again(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    incident = _open(_damaged(scene, goods, on))
    again = scene.later(on, 2, 30)
    scene.move(again, goods, Kind.RECLASSIFIED, -incident.units, "Q", "WAREHOUSE_DAMAGED")
    scene.move(again, goods, Kind.RECLASSIFIED, incident.units, "P")
    return [incident]


def _found_in_a_sister_country(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    """A region has one stock: a loss in one country is found in another."""
    region = scene.marketplace.region
    sisters = [m for m in scene.facts.seller.marketplaces if m.region == region and m != scene.marketplace]
    if not sisters:
        raise OutsideReports
    incident = _lost(scene, goods, on)
    incident.end(Fate.FOUND)
    found = scene.move(scene.later(on, 3, 30), goods, Kind.FOUND, incident.units, "F")
    found.marketplace = sisters[0]
    found.reconciled.append((found.on, incident.units))
    return [incident]


def _found_shortly_before(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    incident = _lost(scene, goods, on)
    found_on = on - timedelta(days=scene.chance.randint(1, 7))
    scene.find(incident, found_on, incident.units)
    incident.end(Fate.FOUND)
    return [incident]


def _paid_anew(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    """Paid, reversed and paid again while younger units of the same goods are lost already: those stay open."""
    younger = _open(_lost(scene, goods, on), is_doubtful=False)
    taken_on = on - timedelta(days=scene.chance.randint(1, 5))
    older = _lost(scene, goods, taken_on - timedelta(days=scene.chance.randint(20, 40)))
    first = outcomes.pay(scene, older, scene.later(older.line.on, 2, 6), older.units, outcomes.worth(scene, older))
    scene.take_back(first, taken_on, "Compensated_Clawback", units=older.units, was_found=False)
    older.parts.clear()
    older.line.reconciled.clear()
    outcomes.pay(scene, older, scene.later(on, 2, 8), older.units, outcomes.worth(scene, older))
    return [older, younger]


def _topped_up(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    """Paid too little, then the rest by a payment that names the first one."""
    incident, worth = _lost(scene, goods, on), goods.cost_on(on, scene.currency)
    little, more = (scene.chance.amount(worth, *share, scene.currency) for share in ((0.4, 0.6), (0.3, 0.4)))
    first = outcomes.pay(scene, incident, scene.later(on, 2, 6), incident.units, little)
    incident.parts[-1].per_unit += more
    scene.pay(goods, scene.later(first.at.date(), 10, 40), first.reason, more, incident.units, original=first)
    return [incident]


def _filed_before_its_day(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    """The case was filed on the day of the portal; the ledger dates the loss later."""
    incident = _lost(scene, goods, on)
    filed_on = on - timedelta(days=scene.chance.randint(1, 6))
    outcomes.file_case(scene, incident, filed_on, outcomes.worth(scene, incident))
    incident.end(Fate.IN_CASE)
    return [incident]


def _short_and_then_lost(scene: Scene, goods: Goods, on: date) -> list[Incident | Owed]:
    """A short shipment, and as many units lost in the warehouse soon after: perhaps the same."""
    incident = _open(_lost(scene, goods, on))
    clock_on = on - timedelta(days=scene.chance.randint(6, 25))
    shipment = arrive(scene, [(goods, 20 + incident.units)], clock_on)
    unload(scene, shipment, [20], clock_on)
    close(scene, shipment, clock_on)
    short = owed_for(scene.marketplace, goods, "shipment_lost", incident.units, clock_on, clock_on)
    short.reference = short.shipment_id = shipment.shipment_id
    outcomes.unpaid(scene, short, clock_on)
    return [incident, short]


PATH_STORIES = (
    PathStory("paid under a reason that nobody lists", _paid_under_an_unknown_reason),
    PathStory("lost when it was unsellable", _lost_unsellable),
    PathStory("damaged, then disposed of", _damaged_then_disposed, (24, 58)),
    PathStory("graded sellable again", _graded_sellable_again),
    PathStory("found in a sister country", _found_in_a_sister_country, (10, 400)),
    PathStory("found shortly before", _found_shortly_before, (10, 400)),
    PathStory("paid anew after a taking-back", _paid_anew, (12, 56), takes_back=True),
    PathStory("topped up", _topped_up, (50, 400), takes_back=True),
    PathStory("filed before its day", _filed_before_its_day),
    PathStory("short, then lost", _short_and_then_lost, (24, 56)),
)
"""The stories, equally likely."""
