"""Walmart: shipments to its warehouses."""

from loaders.declare.columns import Count, Day, Moment, Text
from loaders.declare.places import walmart_us
from loaders.declare.report_format import ReportFormat


class WalmartInboundShipments(ReportFormat):
    """Inbound shipments (GET /v3/fulfillment/inbound-shipments, JSON): units sent and received, and the expected date.
    The date of arrival is never included.

    A page of old shipments may be newer than one of new ones, so its last date is not the date of the export. The
    return address is dropped.
    """

    code = "walmart_inbound_shipments"
    table = "inbound_shipment"
    key = ("shipment_id",)
    is_unique = True
    dated_by = "created_on"
    is_as_new_as_its_rows = False
    place = walmart_us()
    constants = (("channel", "walmart"), ("name", ""))
    prefers = ("received_units",)
    records = ("payload",)
    stores_declared_only = True

    shipment_id = Text(header="shipmentId", required=True)
    inbound_order_id = Text(header="inboundOrderId", optional=True)
    status = Text(header="status", required=True)
    fulfilment_center = Text(header="shipToAddress.fcName", optional=True)
    created_at = Moment(header="createdDate", day="created_on", required=True)
    expected_on = Day(header="expectedDeliveryDate", optional=True)
    updated_expected_on = Day(header="updatedExpectedDeliveryDate", optional=True)
    shipped_units = Count(header="shipmentUnits", required=True)
    received_units = Count(header="receivedUnits", optional=True)
    carrier = Text(header="carrierName", optional=True)
    tracking_numbers = Text(header="trackingNo", optional=True, longest=4_000)
