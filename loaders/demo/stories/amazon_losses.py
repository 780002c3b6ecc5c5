"""Losses and damages in Amazon's warehouses, as the inventory ledger has them."""

from datetime import date

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
    return scene.move(on, goods, Kind.LOST, -units, reason)


def damage(scene: Scene, goods: Goods, on: date, units: int, reason: str = "E") -> Movement:
    """Damage units; the reason depends on their former state. A twin line adds them to the damaged ones."""
    line = scene.move(on, goods, Kind.DAMAGED, -units, reason, _DISPOSITION[reason])
    twin = scene.move(on, goods, Kind.RECLASSIFIED, units, "P", "WAREHOUSE_DAMAGED")
    twin.centre = line.centre
    return line
