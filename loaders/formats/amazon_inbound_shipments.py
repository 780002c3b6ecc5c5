"""Amazon: shipments to its warehouses."""

from core.vocabulary import Channel
from loaders.declare.columns import Day, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonInboundShipments(ReportFormat):
    """Inbound shipments (Fulfillment Inbound v0 getShipments, JSON): destination and status of each shipment.

    The report has neither the delivery nor the closing date. The sender's address is dropped.
    """

    code = "amazon_inbound_shipments"
    table = "inbound_shipment"
    key = ("shipment_id",)
    is_unique = True
    place = unassigned_unless_only(Channel.AMAZON)
    constants = (("channel", "amazon"), ("inbound_order_id", ""), ("carrier", ""), ("tracking_numbers", ""))
    records = ("payload", "ShipmentData")
    stores_declared_only = True

    shipment_id = Text(header="ShipmentId", required=True)
    name = Text(header="ShipmentName", optional=True)
    status = Text(header="ShipmentStatus", required=True)
    fulfilment_center = Text(header="DestinationFulfillmentCenterId", optional=True)
    expected_on = Day(header="ConfirmedNeedByDate", optional=True)
