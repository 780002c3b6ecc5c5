"""Steps of a shipment's transport and arrival, shared by all shipment stories."""

from collections.abc import Sequence
from datetime import date, timedelta

from loaders.demo.model.consignments import InboundLine, InboundShipment
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Kind

_OPENS_AFTER = timedelta(days=10)
"""Days after its arrival from which Walmart takes a claim for a shipment."""


def send(scene: Scene, goods: Sequence[tuple[Goods, int]], delivered_on: date, *, is_tracked: bool) -> InboundShipment:
    """Send units of some goods to a warehouse, arriving on a day."""
    shipment = InboundShipment(
        shipment_id=f"{scene.chance.digits(7)}GDM" if scene.is_walmart else scene.chance.code("FBA1", 8),
        marketplace=scene.marketplace,
        centre=scene.centre(),
        created_on=delivered_on - timedelta(days=scene.chance.randint(6, 14)),
        delivered_on=delivered_on,
        is_tracked=is_tracked,
        lines=[InboundLine(product, units) for product, units in goods],
    )
    scene.facts.inbound.append(shipment)
    return shipment


def receive(
    scene: Scene, shipment: InboundShipment, line: InboundLine, on: date, units: int, disposition: str = "SELLABLE"
) -> None:
    """Receive units of a line in the warehouse, before anything else of that day."""
    if units <= 0:
        return
    receipt = scene.move(on, line.goods, Kind.RECEIPT, units, disposition=disposition)
    receipt.at = receipt.at.replace(hour=0, minute=scene.chance.randrange(60))
    receipt.reference, receipt.centre = shipment.shipment_id, shipment.centre
    line.receipts.append((on, units))


def arrive(scene: Scene, goods: Sequence[tuple[Goods, int]], clock_on: date) -> InboundShipment:
    """Send goods whose delivery, as the seller can know it, is on `clock_on`: tracked, or the first receipt. A second
    receipt of the first goods follows days later.
    """
    is_tracked = scene.chance.happens(0.55)
    delivered_on = (
        clock_on if is_tracked else max(scene.facts.since, clock_on - timedelta(days=scene.chance.randint(1, 3)))
    )
    return send(scene, goods, delivered_on, is_tracked=is_tracked)


def unload(scene: Scene, shipment: InboundShipment, received: Sequence[int], clock_on: date) -> None:
    """Receive the units of each line in one or two steps, the first on the clock's day unless it is a tracked one."""
    first = clock_on if not shipment.is_tracked else scene.later(clock_on, 1, 4)
    for line, units in zip(shipment.lines, received, strict=True):
        later = units // 3 if (scene.today - first).days > 6 else 0
        receive(scene, shipment, line, first, units - later)
        receive(scene, shipment, line, first + timedelta(days=scene.chance.randint(1, 6)), later)


def deliver(
    scene: Scene, product: Goods, clock_on: date, sent: int, received: int, *, has_others: bool = True
) -> InboundShipment:
    """Deliver a product, possibly with missing units, mostly beside products that arrive complete."""
    others = companions(scene, product) if has_others else []
    shipment = arrive(scene, [(product, sent), *others], clock_on)
    unload(scene, shipment, [received, *(line.shipped for line in shipment.lines[1:])], clock_on)
    return shipment


def companions(scene: Scene, product: Goods) -> list[tuple[Goods, int]]:
    """One or two other products that travel in the same shipment."""
    others = scene.chance.sample([goods for goods in scene.facts.goods[:40] if goods != product], 2)
    return [(goods, scene.chance.randint(6, 30)) for goods in others[: scene.chance.randint(1, 2)]]


def damage(scene: Scene, shipment: InboundShipment, units: int) -> None:
    """Receive units of the first product damaged by the carrier or in the warehouse; Walmart counts them apart."""
    line = shipment.lines[0]
    if scene.is_walmart:
        line.damaged = units
    else:
        on = line.receipts[0][0] + timedelta(days=1) if line.receipts else scene.today
        receive(scene, shipment, line, on, units, scene.chance.choice(("CARRIER_DAMAGED", "WAREHOUSE_DAMAGED")))


def close(scene: Scene, shipment: InboundShipment, clock_on: date) -> date:
    """Close the shipment, at Amazon weeks after its arrival and maybe in the future; returns the first day to claim."""
    if scene.is_walmart:
        shipment.closed_on = min(scene.today, clock_on + timedelta(days=scene.chance.randint(3, 8)))
        return clock_on + _OPENS_AFTER
    shipment.closed_on = clock_on + timedelta(days=scene.chance.randint(12, 24))
    return shipment.closed_on
