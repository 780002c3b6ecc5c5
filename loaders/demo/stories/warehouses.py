"""Losses and damages in the marketplaces' warehouses, distributed over time and over the seller's goods."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from loaders.demo.model.chance import Chance
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Fate, Goods, Incident, incident_of
from loaders.demo.stories import outcomes
from loaders.demo.stories import warehouse_endings as endings
from loaders.demo.stories.warehouse_lines import damage, lose

CENTRES = {
    "AMAZON_US": ("ONT8", "PHX6", "LAS2", "DFW7", "MDW6", "CLT2", "TEB9", "LGB8"),
    "AMAZON_CA": ("YYZ4", "YVR2", "YYC1", "YOW1"),
    "AMAZON_JP": ("NRT5", "KIX2", "FSZ1", "TYO8"),
    "AMAZON_UK": ("BHX4", "LTN4", "MAN1", "EMA2"),
    "AMAZON_DE": ("DTM2", "LEJ1", "MUC3", "HAM2", "FRA3"),
    "WALMART_US": ("PHL4S", "ATL2N", "DFW5S", "LAX8N", "IND1N"),
}

LOST, DAMAGED = "inventory_lost", "inventory_damaged"


@dataclass
class Shelf:
    """One product in one marketplace.

    The next incident may happen from `free_from` on. Payments are meant for particular units; while nothing else of the
    same goods is open, matching oldest first finds those units. `has_open`: earlier units stay open for good, so that a
    find would match them.
    """

    goods: Goods
    free_from: date
    has_open: bool = False


@dataclass(frozen=True)
class Story:
    """One possible story of lost or damaged units.

    `tell` plays it and adds the incident's parts. `ages` are the days before today at which it may begin, first and
    last. `is_clean` requires goods without open units, `stays_open`: some units stay open; `rests` are the days after
    its last event until the goods are free for another incident, None where they never are, and `leads` the days before
    its beginning for which they must be free as well. `needs_reconciled` and `takes_back` are features that a seller's
    reports must have; `has_deadline` requires a window that closes within the reports.
    """

    tell: Callable[[Scene, Any, date], None]
    ages: tuple[int, int]
    weight: float
    decoy: str = ""
    units: tuple[int, int] = (1, 3)
    categories: tuple[str, ...] = (LOST, DAMAGED)
    is_clean: bool = False
    stays_open: bool = False
    is_doubtful: bool = False
    needs_reconciled: bool = False
    takes_back: bool = False
    has_deadline: bool = False
    rests: int | None = 1
    leads: int = 0

    def fits(self, shelf: Shelf, on: date) -> bool:
        """Whether the goods are free for it."""
        return shelf.free_from <= on - timedelta(days=self.leads) and not (self.is_clean and shelf.has_open)


_ONE, _SOME = (1, 1), (2, 6)
_AFTER_RETURN = 46
"""Days after a reversal or a replacement within which a payment could be meant for it."""

AMAZON_STORIES = (
    Story(outcomes.paid, (2, 420), 66),
    Story(outcomes.underpaid, (8, 420), 4),
    Story(outcomes.paid_late, (96, 420), 0.7, "paid after the window", is_clean=True, has_deadline=True),
    Story(endings.paid_too_much, (180, 420), 0.7, "paid more than was lost", is_clean=True, rests=3),
    Story(outcomes.underpaid, (9, 420), 2, "unsellable before", categories=(DAMAGED,), is_doubtful=True),
    Story(outcomes.unpaid, (0, 6), 90, "may still be paid", stays_open=True),
    Story(outcomes.unpaid, (8, 59), 12, stays_open=True),
    Story(outcomes.unpaid, (60, 60), 5, "last day of the window", stays_open=True, has_deadline=True),
    Story(outcomes.unpaid, (61, 61), 5, "first day after the window", stays_open=True, has_deadline=True),
    Story(outcomes.unpaid, (62, 420), 5, "outside the window", stays_open=True, has_deadline=True),
    Story(outcomes.unpaid, (8, 58), 4, "unsellable before", categories=(DAMAGED,), stays_open=True, is_doubtful=True),
    Story(endings.found, (4, 420), 8, "found later", categories=(LOST,), is_clean=True),
    Story(endings.partly_found, (8, 420), 2, "partly found", _SOME, (LOST,), is_clean=True),
    Story(
        endings.replaced, (12, 420), 3, "replaced, with an N row", (1, 3), (LOST,), is_clean=True, rests=_AFTER_RETURN
    ),
    Story(
        *(endings.reconciled_elsewhere, (22, 420), 1, "reconciled under other goods", (1, 3), (LOST,)),
        is_clean=True,
        needs_reconciled=True,
        rests=None,
    ),
    Story(
        *(endings.found_after_paying, (70, 420), 2, "reversed, found", (1, 3), (LOST,)),
        is_clean=True,
        takes_back=True,
        rests=_AFTER_RETURN,
    ),
    Story(
        *(endings.clawed_back, (98, 420), 2, "reversed, not found", (1, 2)),
        is_clean=True,
        takes_back=True,
        rests=_AFTER_RETURN,
    ),
    Story(endings.paid_before, (9, 56), 0.5, "paid before", _ONE, is_clean=True, stays_open=True, rests=None, leads=7),
    Story(endings.twins, (8, 420), 2, "equal rows", _ONE, (LOST,), is_clean=True),
    Story(endings.unpaid_twins, (8, 59), 1, "equal rows", _ONE, (LOST,), stays_open=True),
    Story(endings.in_a_case_of_many, (14, 80), 6, stays_open=True),
    Story(outcomes.approved_not_paid, (24, 60), 2, stays_open=True),
    Story(outcomes.appealed, (36, 80), 0.7, "appealed", is_clean=True, stays_open=True),
    Story(outcomes.denied, (52, 420), 2, stays_open=True),
    Story(outcomes.partly_paid_case, (45, 420), 1.5, units=(2, 5), stays_open=True),
    Story(outcomes.paid_case, (45, 420), 3),
    Story(
        *(outcomes.taken_back, (110, 420), 0.5, "reversed, not found"),
        is_clean=True,
        takes_back=True,
        rests=_AFTER_RETURN,
    ),
    Story(endings.paid_beside_case, (24, 120), 1, is_clean=True),
    Story(endings.paid_case_of_others, (42, 420), 1.5, is_clean=True),
    Story(
        outcomes.filed_late, (92, 420), 1, "filed late", is_clean=True, stays_open=True, has_deadline=True, rests=None
    ),
)
"""Amazon's stories with their weights. Day 7 is left out where an automatic payment may still arrive on it or not.
Overpaid losses are so old that nothing else of the goods can be open for the surplus.
"""

WALMART_STORIES = (
    Story(outcomes.paid, (20, 420), 60),
    Story(outcomes.unpaid, (0, 40), 18, stays_open=True),
    Story(outcomes.unpaid, (41, 420), 3, "no published deadline", stays_open=True),
    Story(endings.found, (4, 420), 10, "found later", categories=(LOST,), is_clean=True),
    Story(
        *(endings.found_after_paying, (40, 420), 5, "reversed, found", (1, 3), (LOST,)),
        is_clean=True,
        rests=_AFTER_RETURN,
    ),
    Story(outcomes.in_case, (8, 90), 8, stays_open=True),
    Story(outcomes.denied, (45, 420), 4, stays_open=True),
    Story(endings.denied_lately, (44, 48), 4, "appeal still possible", stays_open=True),
    Story(outcomes.appealed, (56, 110), 1, "appealed", is_clean=True, stays_open=True),
    Story(endings.appealed_late, (90, 420), 1, "appealed too late", is_clean=True, stays_open=True),
    Story(outcomes.paid_case, (52, 420), 4, is_clean=True),
)

_CLAIMS = (*outcomes.CLAIMS, *endings.CLAIMS)
_CLAIMED_AFTER = timedelta(days=7)


def play(scene: Scene, shelves: list[Shelf], count: int) -> None:
    """Play about `count` incidents, and each story at least once, with goods that are free for them, oldest first.

    Stories that the seller's reports could not show are left out.
    """
    chance, stories = scene.chance, [story for story in _of(scene) if _is_shown(scene, story)]
    chosen = [(chance.randint(*story.ages), story) for story in stories]
    while len(chosen) < count:
        age = _age(chance)
        fitting = [story for story in stories if story.ages[0] <= age <= story.ages[1]]
        chosen.append((age, chance.weighted(fitting, [story.weight for story in fitting])))
    for age, story in sorted(chosen, key=lambda entry: -entry[0]):
        on = scene.today - timedelta(days=age)
        shelf = _free_shelf(chance, shelves, story, on)
        if shelf is not None:
            _tell(scene, story, shelf, on)


def _of(scene: Scene) -> tuple[Story, ...]:
    return WALMART_STORIES if scene.is_walmart else AMAZON_STORIES


def _is_shown(scene: Scene, story: Story) -> bool:
    """Whether the reports show reconciled quantities and name reversed payments, and the window closes within them."""
    seller, window = scene.facts.seller, window_of(LOST, scene.marketplace)
    return (
        (seller.shows_reconciled or not story.needs_reconciled)
        and (seller.reimbursements == "full" or not story.takes_back)
        and (window.days is not None or not story.has_deadline)
    )


def _tell(scene: Scene, story: Story, shelf: Shelf, on: date) -> None:
    facts = scene.facts
    incident = _happen(scene, story, shelf.goods, on)
    payments, cases, movements = len(facts.payments), len(facts.cases), len(facts.movements)
    story.tell(scene, incident, on + _CLAIMED_AFTER if story.tell in _CLAIMS else on)
    facts.incidents.append(incident)
    days = [on, *(payment.at.date() for payment in facts.payments[payments:])]
    days += [day for case in facts.cases[cases:] for day in (case.opened_on, case.closed_on) if day]
    days += [movement.on for movement in facts.movements[movements:]]
    if any(part.fate is Fate.OPEN for part in incident.parts):
        last_day = window_of(incident.category, incident.marketplace).last_day(on)
        days.append(last_day + timedelta(days=1) if last_day else date.max - timedelta(days=1))
    shelf.free_from = date.max if story.rests is None else max(days) + timedelta(days=story.rests)
    shelf.has_open = shelf.has_open or story.stays_open


def _happen(scene: Scene, story: Story, goods: Goods, on: date) -> Incident:
    category = scene.chance.choice(story.categories)
    units = scene.chance.randint(*story.units)
    if category == LOST:
        line = lose(scene, goods, on, units, scene.chance.weighted(("M", "5"), (9, 1)))
    else:
        reason = scene.chance.choice("HKU7") if story.is_doubtful else scene.chance.weighted(("E", "6"), (8, 2))
        line = damage(scene, goods, on, units, reason)
    return incident_of(line, category, story.decoy, is_doubtful=story.is_doubtful)


def _age(chance: Chance) -> int:
    """Days before today: over the whole period, with more in recent weeks."""
    return round(chance.triangular(0, 75, 5)) if chance.happens(0.3) else chance.randint(0, 420)


def _free_shelf(chance: Chance, shelves: list[Shelf], story: Story, on: date) -> Shelf | None:
    """Goods that are free for the story; a few products have most of the incidents, as they have most of the sales."""
    for _ in range(12):
        shelf = shelves[int(len(shelves) * chance.random() ** 1.7)]
        if story.fits(shelf, on):
            return shelf
    free = [shelf for shelf in shelves if story.fits(shelf, on)]
    return chance.choice(free) if free else None


_UNEXPLAINED = (
    # reason, share of the price, most units, whether it names an order and a case
    ("CustomerReturn", (0.55, 0.75), 1, True, False),
    ("Lost_Inbound", (0.25, 0.4), 4, False, True),
    ("CustomerReturn", (0.55, 0.75), 1, True, False),
    ("Fee_Correction", (0.03, 0.12), 1, False, False),
    # a credit in spite of its name: the customer was refunded, the goods never came back
    ("Reversal_Reimbursement", (0.55, 0.75), 1, True, False),
)
_DISPUTES = (("Dispute", (0.6, 0.8), 1, True, False),)


def pay_unexplained(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Pay for returns, inbound shipments, fees and orders without an event in the current reports."""
    chance, currency = scene.chance, scene.currency
    kinds = _DISPUTES if scene.is_walmart else _UNEXPLAINED
    for reason, share, most, has_order, has_case in islice(cycle(kinds), count):
        product, on = chance.choice(goods), scene.today - timedelta(days=chance.randint(0, 420))
        per_unit = chance.amount(product.prices[currency], *share, currency)
        case_id = chance.digits(11) if has_case else ""
        order_id = scene.order_id() if has_order else ""
        scene.pay_unexplained(product, on, reason, per_unit, chance.randint(1, most), case_id, order_id)


def lose_somewhere(scene: Scene, goods: Iterator[Goods]) -> None:
    """Lose units without a country in Amazon's ledger: nobody knows where they are owed, so open ones are in doubt.

    A payment or a case of any of the seller's marketplaces could be meant for them, so each has goods of its own, and
    one is paid only where the payer is unambiguous.
    """
    is_unambiguous = len([place for place in scene.facts.seller.marketplaces if place.code != "WALMART_US"]) == 1
    tells = ((outcomes.unpaid, 9, 50), (outcomes.unpaid, 70, 400), (outcomes.paid, 12, 400))
    for (tell, youngest, oldest), product in zip(tells[: 3 if is_unambiguous else 2], goods, strict=False):
        on = scene.today - timedelta(days=scene.chance.randint(youngest, oldest))
        line = lose(scene, product, on, scene.chance.randint(1, 3))
        line.names_country = False
        incident = incident_of(line, LOST, "no country", is_doubtful=True)
        tell(scene, incident, on)
        scene.facts.incidents.append(incident)


def pay_without_count(scene: Scene, goods: Iterator[Goods]) -> None:
    """Walmart pays the sourcing cost of lost units without a number of units: the amount determines it."""
    product = next((product for product in goods if product.cost_is_known), None)
    if product is None:
        return
    on = scene.today - timedelta(days=scene.chance.randint(20, 400))
    line = lose(scene, product, on, scene.chance.randint(2, 3))
    incident = incident_of(line, LOST, "credit without a number of units")
    per_unit = product.cost_on(on, scene.currency)
    outcomes.pay(scene, incident, scene.later(on, 4, 15), incident.units, per_unit).is_counted = False
    scene.facts.incidents.append(incident)
