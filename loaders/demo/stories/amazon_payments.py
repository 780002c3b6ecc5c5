"""Amazon's payments per unit and their reasons, shared by Amazon's stories."""

from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Incident, Kind, Part, Payment

LOST, DAMAGED = "inventory_lost", "inventory_damaged"
PAID_FOR = {LOST: "Lost_Warehouse", DAMAGED: "Damaged_Warehouse"}
WINDOW = timedelta(days=60)
"""Days from the report of a warehouse loss to the last day of its claim window."""


def value(scene: Scene, incident: Incident, low: float = 1.0, high: float = 1.12) -> Decimal:
    """Amazon's payment per unit: its own estimate of the sourcing cost."""
    cost = incident.line.goods.cost_on(incident.line.on, scene.currency)
    return scene.chance.amount(cost, low, high, scene.currency)


def settle(scene: Scene, incident: Incident, on: date, units: int, per_unit: Decimal, case_id: str = "") -> Payment:
    """Pay in cash; a damaged unit then belongs to Amazon."""
    incident.parts.append(Part(units, Fate.PAID, per_unit))
    payment = scene.pay(incident, on, units, per_unit, PAID_FOR[incident.category], case_id=case_id)
    if incident.category == DAMAGED:
        owned = scene.move(on, incident.line.goods, Kind.RECLASSIFIED, -units, "O", "WAREHOUSE_DAMAGED")
        owned.centre = incident.line.centre
    return payment
