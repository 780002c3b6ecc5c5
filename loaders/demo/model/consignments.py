"""Consignments: shipments to the marketplaces' warehouses, and removals from them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from core.vocabulary import Marketplace
from loaders.demo.model.world import Goods


@dataclass
class InboundLine:
    """One product of a shipment: units shipped, and its receipts. `damaged` are units that Walmart counts apart from
    the received ones.
    """

    goods: Goods
    shipped: int
    receipts: list[tuple[date, int]] = field(default_factory=list)
    damaged: int = 0

    def received(self, by: date) -> int:
        """Units received up to a day."""
        return sum(units for on, units in self.receipts if on <= by)


@dataclass
class InboundShipment:
    """A shipment to a warehouse. `is_tracked`: the seller records its delivery for Recoup; `ended`: the marketplace's
    word for a shipment that never came.
    """

    shipment_id: str
    marketplace: Marketplace
    centre: str
    created_on: date
    delivered_on: date | None
    is_tracked: bool = False
    closed_on: date | None = None
    ended: Literal["", "CANCELLED", "DELETED"] = ""
    lines: list[InboundLine] = field(default_factory=list)

    @property
    def first_receipt_on(self) -> date | None:
        """The first day on which anything of it was received."""
        return min((on for line in self.lines for on, _ in line.receipts), default=None)

    @property
    def clock_on(self) -> date | None:
        """The day of its delivery, as the seller's file or the warehouse's records have it."""
        return self.delivered_on if self.is_tracked else self.first_receipt_on


@dataclass
class Parcel:
    """A parcel of a removal. `delivered_on` is None where it never came; `is_told`: the seller recorded the
    delivery.
    """

    shipped_at: datetime
    carrier: str
    tracking_number: str
    units: int
    delivered_on: date | None = None
    is_told: bool = True


@dataclass
class RemovalOrder:
    """An order to return units of one product, or to dispose of them."""

    order_id: str
    marketplace: Marketplace
    goods: Goods
    disposition: str
    kind: Literal["Return", "Disposal"]
    requested_at: datetime
    updated_at: datetime
    requested: int
    cancelled: int = 0
    disposed: int = 0
    parcels: list[Parcel] = field(default_factory=list)

    @property
    def shipped(self) -> int:
        """Units that left the warehouse."""
        return sum(parcel.units for parcel in self.parcels)

    @property
    def status(self) -> str:
        """Its progress, in Amazon's words."""
        if self.cancelled == self.requested:
            return "Cancelled"
        return "Completed" if self.shipped + self.disposed + self.cancelled >= self.requested else "Processing"
