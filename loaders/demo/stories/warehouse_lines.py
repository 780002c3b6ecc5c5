"""Lines of the warehouses' records: losses, damages, and lines for which nothing is owed."""

from datetime import date, timedelta

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Kind, Movement

_DISPOSITION = {
    "E": "SELLABLE",
    "6": "CARRIER_DAMAGED",
    "7": "EXPIRED",
    "H": "CUSTOMER_DAMAGED",
    "K": "DEFECTIVE",
    "U": "DISTRIBUTOR_DAMAGED",
}


def lose(scene: Scene, goods: Goods, on: date, units: int, reason: str = "M") -> Movement:
    """Misplace sellable units."""
    return scene.move(on, goods, Kind.LOST, -units, "" if scene.is_walmart else reason)


def damage(scene: Scene, goods: Goods, on: date, units: int, reason: str = "E") -> Movement:
    """Damage units; Amazon's reason depends on their former state. A twin line adds them to the damaged ones."""
    if scene.is_walmart:
        line = scene.move(on, goods, Kind.DAMAGED, -units)
        twin = scene.move(on, goods, Kind.DAMAGED, units, disposition="SALVAGE")
        twin.at = line.at
    else:
        line = scene.move(on, goods, Kind.DAMAGED, -units, reason, _DISPOSITION[reason])
        twin = scene.move(on, goods, Kind.RECLASSIFIED, units, "P", "WAREHOUSE_DAMAGED")
    twin.centre = line.centre
    return line


def make_noise(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Transfers between Amazon's warehouses, losses of no units, and event types that nobody documents."""
    for _ in range(count):
        _transfer(scene, scene.chance.choice(goods))
    for _ in range(1 + count // 8):
        # which Amazon writes as −0
        scene.move(_lately(scene), scene.chance.choice(goods), Kind.LOST, 0, "M")
        unknown = scene.chance.choice(goods)
        scene.move(_lately(scene), unknown, Kind.UNKNOWN, -1, "Z")
        scene.move(_lately(scene), unknown, Kind.ADJUSTED, -2, scene.chance.choice(("X", "W2", "")))


def _transfer(scene: Scene, goods: Goods) -> None:
    """Units leave one warehouse and reach another days later, or are still on their way."""
    left_on = scene.today - timedelta(days=scene.chance.randint(0, 400))
    units = scene.chance.randint(1, 12)
    left = scene.move(left_on, goods, Kind.TRANSFERRED, -units)
    arrives_on = left_on + timedelta(days=scene.chance.randint(1, 9))
    if arrives_on <= scene.today:
        scene.move(arrives_on, goods, Kind.TRANSFERRED, units).reference = left.reference


def _lately(scene: Scene) -> date:
    return scene.today - timedelta(days=scene.chance.randint(8, 50))
