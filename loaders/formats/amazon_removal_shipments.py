"""Amazon: removal shipments."""

from core.vocabulary import Channel
from loaders.declare.columns import Count, Moment, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonRemovalShipments(ReportFormat):
    """Removal shipment detail (GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA): the parcels of removal orders.

    It has the day of dispatch, never of arrival. A carrier and a tracking number may be filled in later, so they are
    not part of the key.
    """

    code = "amazon_removal_shipments"
    table = "removal_shipment"
    key = ("shipped_on", "order_id", "sku", "fnsku", "disposition", "quantity")
    dated_by = "shipped_on"
    place = unassigned_unless_only(Channel.AMAZON)

    requested_at = Moment(header="request-date", day="requested_on", optional=True)
    order_id = Text(header="order-id", required=True)
    shipped_at = Moment(header="shipment-date", day="shipped_on", required=True)
    sku = Text(header="sku", also=("seller-sku", "msku"))
    fnsku = Text(header="fnsku")
    disposition = Text(header="disposition")
    quantity = Count(header="shipped-quantity", required=True)
    carrier = Text(header="carrier", optional=True)
    tracking_number = Text(header="tracking-number")
    order_type = Text(header="removal-order-type", optional=True)
