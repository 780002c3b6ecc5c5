"""Walmart: contents of shipments to its warehouses."""

from loaders.declare.columns import Count, Day, Text
from loaders.declare.places import walmart_us
from loaders.declare.report_format import ReportFormat


class WalmartInboundItems(ReportFormat):
    """Inbound shipment items (GET /v3/fulfillment/inbound-shipment-items, JSON): units sent, received and damaged."""

    code = "walmart_inbound_items"
    table = "inbound_item"
    key = ("shipment_id", "sku", "gtin")
    whole_by = "shipment_id"
    place = walmart_us()
    constants = (("channel", "walmart"), ("fnsku", ""))
    prefers = ("received_units",)
    records = ("payload",)

    shipment_id = Text(header="shipmentId", required=True)
    inbound_order_id = Text(header="inboundOrderId", optional=True)
    gtin = Text(header="gtin", required=True)
    sku = Text(header="sku", optional=True)
    shipped_units = Count(header="itemQty", required=True)
    received_units = Count(header="receivedQty", optional=True)
    damaged_units = Count(header="damagedQty", optional=True)
    expected_on = Day(header="expectedDeliveryDate", optional=True)
