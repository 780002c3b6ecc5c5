"""Incidents in Amazon's warehouses, and the payments for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods, Incident, Payment
from loaders.demo.stories.amazon_cases import CASE_STORIES
from loaders.demo.stories.amazon_inventory import INVENTORY_STORIES
from loaders.demo.stories.amazon_losses import damage, lose
from loaders.demo.stories.amazon_payments import LOST
from loaders.demo.stories.story import Shelf, Story, play

CENTRES = {
    "AMAZON_US": ("ONT8", "PHX6", "LAS2", "DFW7", "MDW6", "CLT2", "TEB9", "LGB8"),
    "AMAZON_CA": ("YYZ4", "YVR2", "YYC1", "YOW1"),
    "AMAZON_JP": ("NRT5", "KIX2", "FSZ1", "TYO8"),
    "AMAZON_UK": ("BHX4", "LTN4", "MAN1", "EMA2"),
    "AMAZON_DE": ("DTM2", "LEJ1", "MUC3", "HAM2", "FRA3"),
}


@dataclass(frozen=True)
class _Unexplained:
    """A payment whose event no current report has: its reason, its share of the price, and the names in it."""

    reason: str
    share_of_price: tuple[float, float]
    units: int = 1
    has_order: bool = False
    has_case: bool = False


def simulate_amazon(scene: Scene, shelves: list[Shelf], count: int) -> None:
    """Simulate about `count` incidents of one Amazon marketplace.

    Stories that the seller's reports could not show are left out: goods explained only by a reconciled quantity that is
    blank, reversals where the older layout does not name the payment, and events after a window that does not close
    within the reports.
    """
    shows_reconciled = scene.facts.seller.shows_reconciled
    shows_originals = scene.facts.seller.reimbursements == "full"
    has_deadline = window_of(LOST, scene.marketplace).days is not None
    stories = tuple(
        story
        for story in (*INVENTORY_STORIES, *CASE_STORIES)
        if (shows_reconciled or not story.needs_reconciled)
        and (shows_originals or not story.takes_back)
        and (has_deadline or not story.needs_deadline)
    )
    play(scene, stories, shelves, count, _happen)


_UNEXPLAINED = (
    _Unexplained("CustomerReturn", (0.55, 0.75), has_order=True),
    _Unexplained("Lost_Inbound", (0.25, 0.4), units=4, has_case=True),
    _Unexplained("CustomerReturn", (0.55, 0.75), has_order=True),
    _Unexplained("Fee_Correction", (0.03, 0.12)),
    _Unexplained("Reversal_Reimbursement", (0.55, 0.75), has_order=True),
)
"""A "reversal reimbursement" is a credit in spite of its name: the customer was refunded, the goods never came back."""


def pay_unexplained(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Pay for returns, inbound shipments and fees without an event in the current reports."""
    chance = scene.chance
    for kind in islice(cycle(_UNEXPLAINED), count):
        product = chance.choice(goods)
        payment = Payment(
            at=scene.moment(scene.today - timedelta(days=chance.randint(0, 420))),
            marketplace=scene.marketplace,
            goods=product,
            reason=kind.reason,
            reimbursement_id=chance.digits(11),
            per_unit=chance.amount(product.prices[scene.currency], *kind.share_of_price, scene.currency),
            cash=chance.randint(1, kind.units),
            case_id=chance.digits(11) if kind.has_case else "",
            order_id=scene.order_id() if kind.has_order else "",
        )
        scene.facts.payments.append(payment)
        scene.facts.unexplained.append(payment)


def _happen(scene: Scene, story: Story, shelf: Shelf, on: date) -> Incident:
    category = scene.chance.choice(story.categories)
    units = scene.chance.randint(*story.units)
    if category == LOST:
        reason = scene.chance.weighted(("M", "5"), (9, 1))
        line = lose(scene, shelf.goods, on, units, reason)
        return Incident(line, category, story.name, story.decoy)
    reason = scene.chance.choice("HKU7") if story.is_doubtful else scene.chance.weighted(("E", "6"), (8, 2))
    line = damage(scene, shelf.goods, on, units, reason)
    return Incident(line, category, story.name, story.decoy, is_doubtful=story.is_doubtful)
