"""Writes shipments to the warehouses and their items, in pages, as the marketplaces' APIs answer.

Amazon is queried per marketplace and names it in no answer: its pages are in a folder of the marketplace.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from core.vocabulary import Channel, Marketplace
from loaders.demo.model.consignments import InboundLine, InboundShipment
from loaders.demo.model.facts import Facts
from loaders.demo.writers.files import write_json

PAGE = 50

_BEFORE = timedelta(days=45)
"""Days before the newest export on which some sellers made an export of the shipments that were recent then."""

_YOUNG = timedelta(days=150)

Line = tuple[InboundShipment, InboundLine]
T = TypeVar("T")


def write_inbound_shipments(facts: Facts, folder: Path) -> None:
    """Write the pages of each marketplace as of today, and for some sellers also those of weeks ago."""
    before = facts.today - _BEFORE
    exports = [(before, before - _YOUNG), (facts.today, date.min)]
    for marketplace in facts.seller.marketplaces:
        for day, since in exports if facts.seller.overlaps else exports[1:]:
            shipments = [s for s in facts.inbound if s.marketplace == marketplace and since <= s.created_on <= day]
            if marketplace.channel is Channel.AMAZON:
                _write_amazon(marketplace, shipments, day, folder / marketplace.code)
            else:
                _write_walmart(shipments, day, folder / "walmart")


def _write_amazon(marketplace: Marketplace, shipments: list[InboundShipment], day: date, folder: Path) -> None:
    where = f"{marketplace.code.partition('_')[2]}_{day.isoformat()}"
    for number, page in _pages(shipments):
        data = [_amazon_shipment(shipment, day) for shipment in page]
        write_json(folder / f"inbound_shipments_{where}_{number}.json", {"payload": {"ShipmentData": data}})
        items = [_amazon_item(shipment, line, day) for shipment in page for line in shipment.lines]
        write_json(folder / f"inbound_items_{where}_{number}.json", {"payload": {"ItemData": items}})


def _write_walmart(shipments: list[InboundShipment], day: date, folder: Path) -> None:
    for number, page in _pages(shipments):
        _write_answer(folder / f"inbound_shipments_{day.isoformat()}_{number}.json", page, day, _walmart_shipment)
        lines = [(shipment, line) for shipment in page for line in shipment.lines]
        _write_answer(folder / f"inbound_items_{day.isoformat()}_{number}.json", lines, day, _walmart_item)


def _write_answer(path: Path, entries: Sequence[T], day: date, written: Callable[[T, date], object]) -> None:
    document = {
        "headers": {"limit": len(entries), "offset": 0, "totalCount": len(entries)},
        "payload": [written(entry, day) for entry in entries],
    }
    write_json(path, document)


def _pages(shipments: list[InboundShipment]) -> list[tuple[int, list[InboundShipment]]]:
    ordered = sorted(shipments, key=lambda shipment: (shipment.created_on, shipment.shipment_id))
    return [(start // PAGE + 1, ordered[start : start + PAGE]) for start in range(0, len(ordered), PAGE)]


def _amazon_status(shipment: InboundShipment, day: date) -> str:
    delivered_on, receipt_on = shipment.delivered_on, shipment.first_receipt_on
    if shipment.ended:
        return shipment.ended
    if delivered_on is None or day < delivered_on:
        return "IN_TRANSIT"
    if shipment.closed_on is not None and shipment.closed_on <= day:
        return "CLOSED"
    return "RECEIVING" if receipt_on is not None and receipt_on <= day else "DELIVERED"


def _amazon_shipment(shipment: InboundShipment, day: date) -> dict[str, object]:
    created = shipment.created_on
    return {
        "ShipmentId": shipment.shipment_id,
        "ShipmentName": f"FBA ({created.month}/{created.day}/{created:%y}, 9:{created.day:02d} AM) - 1",
        "DestinationFulfillmentCenterId": shipment.centre,
        "ShipmentStatus": _amazon_status(shipment, day),
        "LabelPrepType": "SELLER_LABEL",
        "AreCasesRequired": False,
        "ConfirmedNeedByDate": (created + timedelta(days=21)).isoformat(),
        "BoxContentsSource": "FEED",
    }


def _amazon_item(shipment: InboundShipment, line: InboundLine, day: date) -> dict[str, object]:
    return {
        "ShipmentId": shipment.shipment_id,
        "SellerSKU": line.goods.sku,
        "FulfillmentNetworkSKU": line.goods.fnsku,
        "QuantityShipped": line.shipped,
        "QuantityReceived": line.received(day),
        "QuantityInCase": 0,
    }


def _walmart_status(shipment: InboundShipment, day: date) -> str:
    words = {
        "IN_TRANSIT": "AWAITING_DELIVERY",
        "DELIVERED": "RECEIVING_IN_PROGRESS",
        "RECEIVING": "RECEIVING_IN_PROGRESS",
        "DELETED": "CANCELLED",
    }
    status = _amazon_status(shipment, day)
    return words.get(status, status)


def _walmart_shipment(shipment: InboundShipment, day: date) -> dict[str, object]:
    created, expected = shipment.created_on, shipment.created_on + timedelta(days=10)
    return {
        "inboundOrderId": f"PO-{created:%y%m%d}-{shipment.shipment_id[3:7]}",
        "shipmentId": shipment.shipment_id,
        "shipToAddress": {
            "fcName": shipment.centre,
            "addressLine1": "3 Sorbello Way",
            "city": "Pedricktown",
            "stateCode": "NJ",
            "countryCode": "US",
            "postalCode": "08067",
        },
        "status": _walmart_status(shipment, day),
        "createdDate": f"{created.isoformat()}T19:02:30.467Z",
        "shipmentUnits": sum(line.shipped for line in shipment.lines),
        "receivedUnits": sum(line.received(day) for line in shipment.lines),
        "expectedDeliveryDate": f"{expected.isoformat()}T00:00:00.000Z",
        "updatedExpectedDeliveryDate": f"{expected.isoformat()}T23:59:00.000Z",
        "trackingNo": [f"7874{shipment.shipment_id[:7]}1"],
        "carrierName": "WFS-FEDEX",
    }


def _walmart_item(entry: Line, day: date) -> dict[str, object]:
    shipment, line = entry
    expected = f"{(shipment.created_on + timedelta(days=10)).isoformat()}T00:00:00.000Z"
    return {
        "inboundOrderId": f"PO-{shipment.created_on:%y%m%d}-{shipment.shipment_id[3:7]}",
        "shipmentId": shipment.shipment_id,
        "gtin": line.goods.gtin,
        "sku": line.goods.sku,
        "itemDesc": line.goods.title,
        "itemQty": line.shipped,
        "vendorPackQty": 0,
        "innerPackQty": 0,
        "receivedQty": line.received(day),
        "damagedQty": line.damaged if shipment.first_receipt_on and shipment.first_receipt_on <= day else 0,
        "fillRate": 0,
        "expectedDeliveryDate": expected,
        "updatedExpectedDeliveryDate": expected,
    }
