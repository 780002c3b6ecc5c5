"""Recoup's own: delivery dates of shipments to the marketplaces."""

from loaders.declare.columns import Day, Text
from loaders.declare.places import of_no_marketplace
from loaders.declare.report_format import ReportFormat


class ShipmentDeliveries(ReportFormat):
    """Shipment deliveries: the tracked day of a shipment's delivery, which the marketplaces' reports do not have."""

    code = "shipment_deliveries"
    table = "shipment_delivery"
    key = ("shipment_id",)
    dated_by = "delivered_on"
    place = of_no_marketplace()
    edited_by_people = True
    of_team = True

    shipment_id = Text(header="shipment_id", required=True)
    delivered_on = Day(header="delivered_on", required=True)
