"""Stories of lost and damaged units, distributed over time and over the seller's goods."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.chance import Chance
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Incident, Part


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

    `tell` plays it, adds the incident's parts, and returns the day from which the goods are free for another incident,
    or None where they never are. `ages` are the days before today at which it may begin, first and last. `needs_clean`
    requires goods without open units, `leaves_open`: some units stay open; `lead` are the days before the beginning for
    which the goods must be free as well. `needs_reconciled` and `takes_back` are features that a seller's reports must
    have; `needs_deadline` requires a window that closes within the reports.
    """

    tell: Callable[[Scene, Incident], date | None]
    ages: tuple[int, int]
    weight: float
    units: tuple[int, int] = (1, 3)
    categories: tuple[str, ...] = ("inventory_lost", "inventory_damaged")
    needs_clean: bool = False
    leaves_open: bool = False
    decoy: str = ""
    is_doubtful: bool = False
    needs_reconciled: bool = False
    takes_back: bool = False
    needs_deadline: bool = False
    lead: int = 0

    @property
    def name(self) -> str:
        """The story in two or three words."""
        return self.tell.__name__.strip("_")


def next_day(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1)


def all_of(incident: Incident, fate: Fate, per_unit: Decimal = Decimal(0)) -> None:
    """Give all units of the incident one fate."""
    incident.parts.append(Part(incident.units, fate, per_unit))


def play(
    scene: Scene,
    stories: tuple[Story, ...],
    shelves: list[Shelf],
    count: int,
    happen: Callable[[Scene, Story, Shelf, date], Incident],
) -> None:
    """Play `count` incidents, and each story at least once, with goods that are free for them, oldest first."""
    chance = scene.chance
    chosen = [(chance.randint(*story.ages), story) for story in stories]
    while len(chosen) < count:
        age = _age(chance)
        fitting = [story for story in stories if story.ages[0] <= age <= story.ages[1]]
        chosen.append((age, chance.weighted(fitting, [story.weight for story in fitting])))
    for age, story in sorted(chosen, key=lambda entry: -entry[0]):
        on = scene.today - timedelta(days=age)
        shelf = _free_shelf(chance, shelves, story, on)
        if shelf is None:
            continue
        incident = happen(scene, story, shelf, on)
        free_from = story.tell(scene, incident)
        shelf.free_from = date.max if free_from is None else max(free_from, on + timedelta(days=1))
        shelf.has_open = shelf.has_open or story.leaves_open
        scene.facts.incidents.append(incident)


def _age(chance: Chance) -> int:
    """Days before today: over the whole period, with more in recent weeks."""
    return round(chance.triangular(0, 75, 5)) if chance.happens(0.3) else chance.randint(0, 420)


def _free_shelf(chance: Chance, shelves: list[Shelf], story: Story, on: date) -> Shelf | None:
    """Goods that are free for the story; a few products have most of the incidents, as they have most of the sales."""
    needed = on - timedelta(days=story.lead)
    for _ in range(12):
        shelf = shelves[int(len(shelves) * chance.random() ** 1.7)]
        if shelf.free_from <= needed and not (story.needs_clean and shelf.has_open):
            return shelf
    free = [shelf for shelf in shelves if shelf.free_from <= needed and not (story.needs_clean and shelf.has_open)]
    return chance.choice(free) if free else None
