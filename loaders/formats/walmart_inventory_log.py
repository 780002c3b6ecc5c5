"""Walmart: WFS inventory log."""

from loaders.declare.columns import Count, Moment, Text
from loaders.declare.places import walmart_us
from loaders.declare.report_format import ReportFormat


class WalmartInventoryLog(ReportFormat):
    """Inventory log (GET /v3/fulfillment/inventory-log, JSON): each movement of units in Walmart's warehouses.

    One page is one item: its GTIN, and its events, each with an id.
    """

    code = "walmart_inventory_log"
    table = "inventory_event"
    key = ("reference_id",)
    is_unique = True
    dated_by = "event_on"
    place = walmart_us()
    constants = (("channel", "walmart"), ("fnsku", ""), ("asin", ""), ("country", "US"))
    records = ("payload", "inventoryLog")

    event_at = Moment(header="transactionTime", day="event_on", required=True)
    reference_id = Text(header="id", required=True)
    gtin = Text(header="gtin", required=True)
    sku = Text(header="vendorSku")
    quantity = Count(header="changedUnits", required=True)
    event_type = Text(header="transactionType", required=True)
    reason = Text(header="transactionReasonCode")
    reason_text = Text(header="transactionReasonDesc", optional=True)
    disposition = Text(header="transactionLocation", optional=True)
    fulfilment_center = Text(header="fcName", optional=True)
    shipment_id = Text(header="shipmentId", optional=True)
