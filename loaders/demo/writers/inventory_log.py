"""Writes Walmart's inventory log (GET /v3/fulfillment/inventory-log): every stock movement, one page of one GTIN per
file.
"""

from collections import defaultdict
from datetime import UTC
from pathlib import Path

from core.vocabulary import Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.world import Kind, Movement
from loaders.demo.writers.files import write_json

PAGE = 50

_WORDS = {
    Kind.RECEIPT: ("RCV", "Received in warehouse", "Receipt"),
    Kind.SALE: ("SIP", "Shipped to Customer", "Ship"),
    Kind.RETURN: ("RTN", "Returned by customer", "Return"),
    Kind.LOST: ("LOST", "Lost in warehouse", "Adjustment"),
    Kind.FOUND: ("FOUND", "Found in warehouse", "Adjustment"),
    Kind.DAMAGED: ("DAMAGED", "Damaged in warehouse", "Adjustment"),
}


def write_inventory_log(facts: Facts, folder: Path) -> None:
    """Write the log of each GTIN in pages of 50 entries, oldest first."""
    log: dict[str, list[Movement]] = defaultdict(list)
    for movement in facts.movements:
        if movement.marketplace.channel is Channel.WALMART:
            log[movement.goods.gtin].append(movement)
    for gtin, movements in log.items():
        movements.sort(key=lambda m: m.at)
        for offset in range(0, len(movements), PAGE):
            path = folder / "walmart" / f"inventory_log_{gtin}_{offset:04d}.json"
            write_json(path, _page(movements, offset))


def _page(movements: list[Movement], offset: int) -> dict[str, object]:
    goods = movements[0].goods
    return {
        "headers": {"limit": PAGE, "offset": offset, "totalCount": len(movements)},
        "payload": {
            "gtin": goods.gtin,
            "vendorSku": goods.sku,
            "productName": goods.title,
            "inventoryLog": [_entry(movement) for movement in movements[offset : offset + PAGE]],
        },
    }


def _entry(movement: Movement) -> dict[str, object]:
    code, description, event = _WORDS[movement.kind]
    is_shipment = movement.kind in (Kind.RECEIPT, Kind.SALE)
    return {
        "id": movement.number,
        "fcName": movement.centre,
        "changedUnits": movement.units,
        "transactionTime": f"{movement.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        "transactionLocation": "Salvage" if movement.disposition == "SALVAGE" else "Inventory",
        "transactionReasonCode": code,
        "transactionReasonDesc": description,
        "transactionType": event,
        "shipmentId": movement.reference if is_shipment else None,
    }
