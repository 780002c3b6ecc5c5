"""The steps of a removal, from the order to the dispatch, shared by all removal stories."""

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from loaders.demo.model.consignments import Parcel, RemovalOrder
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Kind, Movement

_CARRIERS = {"NA": ("UPS_GR_PL", "FEDEX_GROUND"), "EU": ("DHL", "DPD", "HERMES"), "FE": ("YAMATO", "SAGAWA")}
_PREFIXES = {"UPS_GR_PL": "1Z9E4", "FEDEX_GROUND": "6129", "YAMATO": "4487", "SAGAWA": "3905"}
_UNSELLABLE = ("CUSTOMER_DAMAGED", "DEFECTIVE")


def order_return(scene: Scene, goods: Goods, units: int, requested_on: date) -> RemovalOrder:
    """Order the return of units to the seller: mostly unsellable ones."""
    disposition = scene.chance.weighted(("SELLABLE", *_UNSELLABLE), (4, 3, 3))
    return _order(scene, goods, disposition, "Return", requested_on, requested_on, units)


def order_disposal(scene: Scene, line: Movement, units: int) -> None:
    """Order the disposal of units, matching a line of the warehouse's records."""
    requested_on = max(scene.facts.since, line.on - timedelta(days=scene.chance.randint(2, 9)))
    updated_on = min(scene.today, line.on + timedelta(days=scene.chance.randint(1, 3)))
    order = _order(scene, line.goods, line.disposition, "Disposal", requested_on, updated_on, units)
    order.disposed = units


def _order(
    scene: Scene,
    goods: Goods,
    disposition: str,
    kind: Literal["Return", "Disposal"],
    requested_on: date,
    updated_on: date,
    units: int,
) -> RemovalOrder:
    at = (at_noon(scene, requested_on), at_noon(scene, updated_on))
    order = RemovalOrder(scene.chance.code("", 10), scene.marketplace, goods, disposition, kind, *at, units)
    scene.facts.removals.append(order)
    return order


def dispatch(scene: Scene, order: RemovalOrder, units: int, on: date, delivered_on: date | None) -> Parcel:
    """Send a parcel of the order; `delivered_on` is None where it never comes."""
    carrier = scene.chance.choice(_CARRIERS[scene.marketplace.api_region])
    parcel = Parcel(
        shipped_at=at_noon(scene, on),
        carrier=carrier,
        tracking_number=f"{_PREFIXES.get(carrier, '00340')}{scene.chance.digits(13)}",
        units=units,
        delivered_on=delivered_on,
    )
    order.parcels.append(parcel)
    order.updated_at = at_noon(scene, min(scene.today, on + timedelta(days=1)))
    left = scene.move(on, order.goods, Kind.REMOVED, -units, disposition=order.disposition)
    left.at, left.reference = parcel.shipped_at, order.order_id
    return parcel


def dispose(scene: Scene, goods: Goods, units: int, on: date) -> Movement:
    """Dispose of units in the warehouse."""
    disposition = scene.chance.weighted(("SELLABLE", *_UNSELLABLE, "EXPIRED"), (12, 2, 1, 1))
    return scene.move(on, goods, Kind.DISPOSED, -units, "D", disposition)


def at_noon(scene: Scene, on: date) -> datetime:
    """A time about noon, with the same date in the time zones of all of a region's marketplaces."""
    hour = time(scene.chance.randint(11, 15), scene.chance.randrange(60), scene.chance.randrange(60))
    return datetime.combine(on, hour, ZoneInfo(scene.marketplace.time_zone))
