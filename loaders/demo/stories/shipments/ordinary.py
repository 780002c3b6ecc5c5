"""Ordinary shipments: they bring the outgoing units, and everything arrives."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from loaders.demo.model.facts import Facts
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Movement
from loaders.demo.stories.shipments.arrivals import close, receive, send

_LINES = 14
"""How many products a shipment holds."""

_EVERY = 145
"""Days from one delivery to the next."""


def stock_up(scene: Scene) -> None:
    """Deliver every few months the outgoing units until the next delivery and a few more, so that no stock is ever
    below zero.

    Runs last: it must know all outgoing units.
    """
    facts = scene.facts
    needed: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    goods: dict[str, Goods] = {}
    for movement in facts.movements:
        if movement.marketplace == scene.marketplace and movement.units < 0:
            goods[movement.goods.sku] = movement.goods
            needed[_season(facts, movement)][movement.goods.sku] -= movement.units
    for season, units in sorted(needed.items()):
        lines = [(goods[sku], count + scene.chance.randint(2, 12)) for sku, count in sorted(units.items())]
        for start in range(0, len(lines), _LINES):
            _deliver(scene, lines[start : start + _LINES], facts.since + timedelta(days=season * _EVERY))


def _deliver(scene: Scene, goods: Sequence[tuple[Goods, int]], on: date) -> None:
    shipment = send(scene, goods, on, is_tracked=scene.chance.happens(0.4))
    for line in shipment.lines:
        receive(scene, shipment, line, on, line.shipped)
    close(scene, shipment, on)


def _season(facts: Facts, movement: Movement) -> int:
    return (movement.on - facts.since).days // _EVERY
