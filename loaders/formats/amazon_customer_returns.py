"""Amazon: FBA customer returns."""

from core.vocabulary import Channel
from loaders.declare.columns import Count, Moment, Text
from loaders.declare.places import unassigned_unless_only
from loaders.declare.report_format import ReportFormat


class AmazonCustomerReturns(ReportFormat):
    """FBA customer returns (GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA): the returned units and their condition.

    The date is the day of processing in the warehouse. The report has neither marketplace nor currency. Customers'
    comments are personal and dropped.
    """

    code = "amazon_customer_returns"
    table = "customer_return"
    key = (
        "returned_on",
        "order_id",
        "sku",
        "fnsku",
        "license_plate",
        "quantity",
        "fulfilment_center",
        "disposition",
        "reason",
    )
    dated_by = "returned_on"
    place = unassigned_unless_only(Channel.AMAZON)
    personal = ("customer-comments",)

    returned_at = Moment(header="return-date", day="returned_on", required=True)
    order_id = Text(header="order-id", required=True)
    sku = Text(header="sku", also=("seller-sku", "msku"))
    asin = Text(header="asin", optional=True)
    fnsku = Text(header="fnsku")
    quantity = Count(header="quantity", required=True)
    fulfilment_center = Text(header="fulfillment-center-id", also=("fulfilment-center-id", "fulfilment-centre-id"))
    disposition = Text(header="detailed-disposition", also=("disposition",))
    reason = Text(header="reason")
    status = Text(header="status", optional=True)
    license_plate = Text(header="license-plate-number", also=("licence-plate-number", "lpn"), optional=True)
