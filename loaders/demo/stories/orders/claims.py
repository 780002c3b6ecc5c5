"""Incidents of orders: what is owed, when it can be paid or claimed, and the scenarios that can end it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders.after_sale import OutsideReports
from loaders.demo.stories.orders.course import Played
from loaders.demo.stories.orders.sales import value_of_unit
from loaders.demo.stories.scenarios import Scenario, When

_OWED_SINCE_RETURN = ("return_carrier_damaged", "return_delayed")
_PAID_FROM = timedelta(days=4)

OLDEST = 365
"""The oldest clock date, in days before today: earlier events of the story are in the reports as well."""

Begin = Callable[[Scene, Goods, date, int], "Claim"]
"""Plays the events up to the incident: in a scene, with goods, with the clock's date, for so many units."""


@dataclass
class Claim:
    """The amount owed, and the first day of an automatic payment."""

    owed: Owed
    payable_from: date

    @property
    def claimable_from(self) -> date:
        """The first day on which a case may be filed."""
        owed = self.owed
        clock_on = owed.clock_on or owed.happened_on
        return max(self.payable_from, window_of(owed.category, owed.marketplace).first_day(clock_on))


@dataclass(frozen=True)
class Plot:
    """One way in which money becomes owed, its possible scenarios, and its weight.

    `begin` is the course of an Amazon order, or plays the events. `decoy` names the trap that it is, if any;
    `after_opening` is the least age after the window's first day (None: any). Of a course `owes` is the number of units
    if it is not that of the sale, and `before` plays something else first.
    """

    category: str
    begin: "Begin | Played"
    scenarios: Sequence[Scenario]
    weight: float = 1
    decoy: str = ""
    after_opening: int | None = None
    owes: int = 0
    is_doubtful: bool = False
    before: Callable[[Scene, Goods, date], None] | None = None

    def days(self, scene: Scene, scenario: Scenario) -> list[date]:
        """The possible clock dates of a scenario."""
        window = window_of(self.category, scene.marketplace)
        first = 1 if self.after_opening is None else window.opens + self.after_opening
        ages = (age for age in range(first, OLDEST + 1) if scenario.when(window, age, scene.today))
        return [scene.today - timedelta(days=age) for age in ages]


@dataclass(frozen=True)
class Trap:
    """An event that looks like a loss and is none. `play` is its course, or plays it on a day and returns its sale."""

    category: str
    decoy: str
    play: "Callable[[Scene, Goods, date], Sale] | Played"
    ages: tuple[int, int] = (3, 330)


def owed_for(sale: Sale, category: str, clock_on: date | None, happened_on: date, units: int) -> Owed:
    """The amount owed for units of a sale, each worth its proceeds."""
    return Owed(
        marketplace=sale.marketplace,
        goods=sale.goods,
        category=category,
        units=units,
        happened_on=happened_on,
        clock_on=clock_on,
        reference=sale.order_id,
        order_id=sale.order_id,
        unit_value=value_of_unit(sale),
        cost=_told_cost(sale, happened_on),
    )


def money_owed(sale: Sale, category: str, clock_on: date, difference: Decimal) -> Owed:
    """A difference of money: one unit for the order's line."""
    return replace(owed_for(sale, category, clock_on, clock_on, 1), unit_value=difference, cost=None)


def _told_cost(sale: Sale, on: date) -> Decimal | None:
    return sale.goods.cost_on(on, sale.marketplace.currency) if sale.goods.cost_is_known else None


def play_plots(scene: Scene, plots: Sequence[Plot], goods: Sequence[Goods], share: float, more: int) -> None:
    """Play a share of all scenarios once, and `more` of them by their weights."""
    chance = scene.chance
    shown = [(plot, scenario) for plot in plots for scenario in plot.scenarios if _is_shown(scene, scenario)]
    every = [(plot, scenario, days) for plot, scenario in shown if (days := plot.days(scene, scenario))]
    chosen = [entry for entry in every if chance.happens(share)]
    chosen += chance.choices(every, weights=[plot.weight * scenario.weight for plot, scenario, _ in every], k=more)
    for plot, scenario, days in chosen:
        _tell(scene, plot, scenario, chance.choice(goods), chance.choice(days))


def _tell(scene: Scene, plot: Plot, scenario: Scenario, goods: Goods, clock_on: date) -> None:
    """Tell one scenario from its sale to its end; nothing happens where the reports could not show it."""
    try:
        claim = _begin(scene, plot, goods, clock_on, scenario.draw_units(scene))
    except OutsideReports:
        return
    owed = claim.owed
    owed.decoy = plot.decoy or scenario.decoy
    is_automatic = scenario.tell in (outcomes.paid, outcomes.underpaid)
    scenario.tell(scene, owed, claim.payable_from if is_automatic else claim.claimable_from)
    scene.facts.owed.append(owed)


def _begin(scene: Scene, plot: Plot, goods: Goods, clock_on: date, units: int) -> Claim:
    if not isinstance(plot.begin, Played):
        return plot.begin(scene, goods, clock_on, units)
    if plot.before:
        plot.before(scene, goods, clock_on)
    sale, back_on, given = plot.begin.run(scene, goods, clock_on, units)
    payable_from = window_of(plot.category, scene.marketplace).first_day(clock_on)
    if plot.category == "refunded_more":
        # where no more was refunded than paid, all of it was the marketplace's own fault
        more = rounded(given - sale.principal, scene.currency) or value_of_unit(sale)
        owed = money_owed(sale, plot.category, clock_on, more)
        payable_from = clock_on + _PAID_FROM
    else:
        owed = owed_for(sale, plot.category, clock_on, clock_on, plot.owes or sale.units)
        if back_on and plot.category in _OWED_SINCE_RETURN:
            payable_from = back_on
    owed.is_doubtful = plot.is_doubtful
    if not plot.begin.is_counted:
        owed.unit_value = None  # it depends on the number of units
    return Claim(owed, payable_from)


def set_traps(scene: Scene, traps: Iterable[Trap], goods: Sequence[Goods], share: float) -> None:
    """Play a share of the traps; each gets a truth row of 0 units."""
    for trap in traps:
        if not scene.chance.happens(share):
            continue
        happened_on = scene.today - timedelta(days=scene.chance.randint(*trap.ages))
        try:
            product, play = scene.chance.choice(goods), trap.play
            if isinstance(play, Played):
                sale, _, _ = play.run(scene, product, happened_on, 1)
            else:
                sale = play(scene, product, happened_on)
        except OutsideReports:
            continue
        trapped = owed_for(sale, trap.category, None, happened_on, 0)
        scene.facts.owed.append(replace(trapped, decoy=trap.decoy))


def both(*conditions: When) -> When:
    """A condition that requires all of the conditions."""
    return lambda window, age, today: all(condition(window, age, today) for condition in conditions)


def since_opening(low: int, high: int = OLDEST) -> When:
    """So many days after the window's first day."""
    return lambda window, age, _today: window.opens + low <= age <= window.opens + high


def before_opening() -> When:
    """Before the window opens."""
    return lambda window, age, _today: age < window.opens


def _is_shown(scene: Scene, scenario: Scenario) -> bool:
    return scenario.tell not in outcomes.TAKES_BACK or scene.facts.seller.reimbursements == "full"
