"""Amazon: contents of shipments to its warehouses."""

from core.vocabulary import Channel
from loaders.declare.columns import Count, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonInboundItems(ReportFormat):
    """Inbound shipment items (Fulfillment Inbound v0 getShipmentItems, JSON): units shipped and received, per SKU."""

    code = "amazon_inbound_items"
    table = "inbound_item"
    key = ("shipment_id", "sku", "fnsku")
    whole_by = "shipment_id"
    prefers = ("received_units",)
    place = unassigned_unless_only(Channel.AMAZON)
    constants = (("channel", "amazon"), ("inbound_order_id", ""), ("gtin", ""))
    records = ("payload", "ItemData")

    shipment_id = Text(header="ShipmentId", required=True)
    sku = Text(header="SellerSKU", required=True)
    fnsku = Text(header="FulfillmentNetworkSKU", optional=True)
    shipped_units = Count(header="QuantityShipped", required=True)
    received_units = Count(header="QuantityReceived", optional=True)
