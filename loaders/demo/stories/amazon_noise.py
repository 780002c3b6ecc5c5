"""Ledger lines besides losses: transfers between warehouses, lines of no units, unknown event types."""

from datetime import timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Kind


def make_noise(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Write such lines for the goods. Nothing is owed for them."""
    for _ in range(count):
        _transfer(scene, scene.chance.choice(goods))
    for _ in range(1 + count // 8):
        _no_units(scene, scene.chance.choice(goods))
        _of_unknown_kind(scene, scene.chance.choice(goods))


def _transfer(scene: Scene, goods: Goods) -> None:
    """Units leave one warehouse and reach another days later, or are still on their way."""
    left_on = scene.today - timedelta(days=scene.chance.randint(0, 400))
    units = scene.chance.randint(1, 12)
    left = scene.move(left_on, goods, Kind.TRANSFERRED, -units)
    arrives_on = left_on + timedelta(days=scene.chance.randint(1, 9))
    if arrives_on <= scene.today:
        scene.move(arrives_on, goods, Kind.TRANSFERRED, units).reference = left.reference


def _no_units(scene: Scene, goods: Goods) -> None:
    """A loss of no units, which Amazon writes as −0."""
    scene.move(scene.today - timedelta(days=scene.chance.randint(8, 50)), goods, Kind.LOST, 0, "M")


def _of_unknown_kind(scene: Scene, goods: Goods) -> None:
    """An undocumented event type, and an unknown reason code."""
    on = scene.today - timedelta(days=scene.chance.randint(8, 50))
    scene.move(on, goods, Kind.UNKNOWN, -1, "Z")
    scene.move(on, goods, Kind.ADJUSTED, -2, scene.chance.choice(("X", "W2", "")))
