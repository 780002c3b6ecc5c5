"""Scenarios: an outcome, and when it must begin so that it ends as intended: open, near its last day, expired."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.vocabulary import Marketplace
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import Window, window_of
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories.outcomes import NEEDS_TWO, TAKES_BACK

OLDEST = 405
"""The oldest beginning, in days before today, so that the whole scenario is within the reports."""

When = Callable[[Window, int, date], bool]
"""Whether a scenario may begin on a day: by the claim window, the day's age in days, and today."""

Tell = Callable[[Scene, Owed, date], None]


@dataclass(frozen=True)
class Scenario:
    """One outcome with its possible beginnings, weight and units, and the trap that it is, if any."""

    tell: Tell
    when: When
    weight: float = 1
    units: tuple[int, int] = (1, 8)
    decoy: str = ""

    def begins(self, scene: Scene, category: str) -> date | None:
        """A random day on which it may begin; None without any."""
        days = _days(self.when, window_of(category, scene.marketplace), scene.today)
        return scene.chance.choice(days) if days else None

    def draw_units(self, scene: Scene) -> int:
        """A random number of units."""
        low, high = self.units
        return scene.chance.randint(max(low, 2) if self.tell in NEEDS_TWO else low, high)


def aged(youngest: int, oldest: int) -> When:
    """So many days before today."""
    return lambda _window, age, _today: youngest <= age <= oldest


def with_days_left(low: int, high: int, youngest: int = 0) -> When:
    """So many days before the last day of the claim window; negative after it."""

    def fits(window: Window, age: int, today: date) -> bool:
        last_day = window.last_day(today - timedelta(days=age))
        return last_day is not None and age >= youngest and low <= (last_day - today).days <= high

    return fits


def at_a_month_end(youngest: int, oldest: int) -> When:
    """On a day that the window's last month does not have: 31 May and nine months."""

    def fits(window: Window, age: int, today: date) -> bool:
        day = today - timedelta(days=age)
        last_day = window.last_day(day)
        return youngest <= age <= oldest and last_day is not None and last_day.day < day.day

    return fits


Happen = Callable[[Scene, Scenario, Goods, date], list[tuple[Owed, date]]]
"""Plays the event of a scenario on a day; gives what is owed, each with the first possible day of its outcome."""


def play_scenarios(
    scene: Scene, category: str, scenarios: Sequence[Scenario], more: int, goods: Iterator[Goods], happen: Happen
) -> None:
    """Play each scenario once where possible, and `more` by their weights."""
    chosen = [scenario for scenario in scenarios if _can_be_shown(scene, scenario)]
    chosen += scene.chance.choices(chosen, weights=[scenario.weight for scenario in chosen], k=more)
    for scenario in chosen:
        play_one(scene, category, scenario, goods, happen)


def play_one(scene: Scene, category: str, scenario: Scenario, goods: Iterator[Goods], happen: Happen) -> None:
    """Play one scenario with goods of its own, if the window has a day for it. A trap without an event owes 0 units."""
    begins = scenario.begins(scene, category)
    product = next(goods, None) if begins else None
    if begins is None or product is None:
        return
    for owed, since in happen(scene, scenario, product, begins):
        owed.decoy = scenario.decoy
        if owed.units and not owed.parts:
            scenario.tell(scene, owed, since)
        scene.facts.owed.append(owed)


def owed_for(
    marketplace: Marketplace, goods: Goods, category: str, units: int, clock_on: date | None, happened_on: date
) -> Owed:
    """The amount owed before a customer's order: the sourcing cost of the goods, where the seller told it."""
    is_known = goods.cost_is_known and clock_on is not None
    return Owed(
        marketplace=marketplace,
        goods=goods,
        category=category,
        units=units,
        happened_on=happened_on,
        clock_on=clock_on,
        unit_value=goods.cost_on(clock_on, marketplace.currency) if is_known and clock_on else None,
    )


def _can_be_shown(scene: Scene, scenario: Scenario) -> bool:
    return scenario.tell not in TAKES_BACK or scene.facts.seller.reimbursements == "full"


def _days(when: When, window: Window, today: date) -> list[date]:
    return [today - timedelta(days=age) for age in range(OLDEST + 1) if when(window, age, today)]
