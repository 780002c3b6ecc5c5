"""Rows of the reports about shipments to the marketplaces, removals and disposals, in few words."""

from typing import Any
from uuid import UUID

from core.vocabulary import MARKETPLACES
from tests.core.reports import MUG, Reports

FBA = "FBA15ABC"


class ShippingReports(Reports):
    """The report rows of one account that ships goods to its marketplaces, and has some sent back."""

    def sent(
        self,
        shipped: int,
        received: int | None,
        *,
        damaged: int | None = None,
        shipment: str = FBA,
        marketplace: str = "AMAZON_US",
        goods: dict[str, str] = MUG,
    ) -> UUID:
        """A line of a shipment to a marketplace: units sent and received."""
        return self._add(
            "inbound_item",
            marketplace=marketplace,
            channel=MARKETPLACES[marketplace].channel.value,
            shipment_id=shipment,
            inbound_order_id="",
            **{"sku": "", "fnsku": "", "gtin": ""} | {name: text for name, text in goods.items() if name != "asin"},
            shipped_units=shipped,
            received_units=received,
            damaged_units=damaged,
        )

    def shipment(
        self,
        status: str,
        *,
        shipment: str = FBA,
        marketplace: str = "AMAZON_US",
        received: int | None = None,
        center: str = "LGB3",
        created: str | None = None,
    ) -> UUID:
        """The header of a shipment: how far it is."""
        return self._add(
            "inbound_shipment",
            marketplace=marketplace,
            channel=MARKETPLACES[marketplace].channel.value,
            shipment_id=shipment,
            inbound_order_id="",
            name="",
            status=status,
            fulfilment_center=center,
            created_on=created,
            received_units=received,
            carrier="",
            tracking_numbers="",
        )

    def delivered(self, shipment: str = FBA, *, on: str) -> UUID:
        """A row of the delivery file."""
        return self._add("shipment_delivery", shipment_id=shipment, delivered_on=on)

    def received(
        self,
        units: int,
        *,
        on: str,
        shipment: str = FBA,
        disposition: str = "SELLABLE",
        marketplace: str = "AMAZON_US",
        goods: dict[str, str] = MUG,
    ) -> UUID:
        """A receipt in the inventory ledger, or in Walmart's inventory log."""
        is_amazon = MARKETPLACES[marketplace].channel.value == "amazon"
        return self._add(
            "inventory_event",
            marketplace=marketplace,
            channel=MARKETPLACES[marketplace].channel.value,
            event_on=on,
            event_type="Receipts" if is_amazon else "Receipt",
            reason="",
            reason_text="",
            quantity=units,
            reference_id=shipment if is_amazon else f"{shipment}-{on}-{units}",
            shipment_id="" if is_amazon else shipment,
            **{"sku": "", "fnsku": "", "asin": "", "gtin": ""} | goods,
            fulfilment_center="LGB3",
            disposition=disposition,
            country="US",
        )

    def removed(
        self,
        units: int,
        *,
        on: str,
        order: str = "REM-1",
        tracking: str = "1Z999",
        order_type: str = "Return",
        goods: dict[str, str] = MUG,
        marketplace: str = "AMAZON_US",
        disposition: str = "Sellable",
    ) -> UUID:
        """A parcel of a removal order."""
        return self._add(
            "removal_shipment",
            marketplace=marketplace,
            shipped_on=on,
            order_id=order,
            order_type=order_type,
            sku=goods["sku"],
            fnsku=goods["fnsku"],
            disposition=disposition,
            quantity=units,
            carrier="UPS",
            tracking_number=tracking,
        )

    def removal_ordered(
        self,
        units: int,
        *,
        on: str,
        order: str = "REM-1",
        order_type: str = "Disposal",
        disposed: int | None = None,
        cancelled: int = 0,
        status: str = "Completed",
        goods: dict[str, str] = MUG,
        marketplace: str = "AMAZON_US",
    ) -> UUID:
        """A removal order, by default one to dispose of all its units."""
        return self._add(
            "removal_order",
            marketplace=marketplace,
            requested_on=on,
            order_id=order,
            order_type=order_type,
            order_source="",
            service_speed="",
            status=status,
            sku=goods["sku"],
            fnsku=goods["fnsku"],
            disposition="Sellable",
            requested_units=units,
            cancelled_units=cancelled,
            disposed_units=units if disposed is None else disposed,
            shipped_units=0,
            in_process_units=0,
            removal_fee="0.25",
            currency="USD",
        )

    def of(self, category: str, as_of: str | None = None) -> list[Any]:
        """The account's items of a category, after detection."""
        self.detect()
        return [item for item in self.items(as_of) if item["category"] == category]
