"""Walmart: customer returns."""

from loaders.declare.columns import Amount, Count, Currency, Day, Flag, Moment, Text
from loaders.declare.places import walmart_us
from loaders.declare.report_format import ReportFormat


class WalmartReturns(ReportFormat):
    """Returns (GET /v3/returns, JSON): one row per line of a return order, with its refund.

    Customers' names, addresses, e-mails and phone numbers, and all undeclared columns, are dropped.
    """

    code = "walmart_returns"
    table = "return_order_line"
    key = ("return_order_id", "return_line")
    is_unique = True
    dated_by = "status_on"
    whole_by = "return_order_id"
    place = walmart_us("totalRefundAmount.currencyUnit")
    prefers = ("refunded_units",)
    records = ("returnOrders", "returnOrderLines")
    stores_declared_only = True

    requested_at = Moment(header="returnOrderDate", day="requested_on", required=True)
    status_at = Moment(header="statusTime", day="status_on", optional=True)
    return_by_on = Day(header="returnByDate", optional=True)
    return_order_id = Text(header="returnOrderId", required=True)
    return_line = Text(header="returnOrderLineNumber", required=True)
    return_type = Text(header="returnType", optional=True)
    refund_mode = Text(header="refundMode", optional=True)
    order_id = Text(header="customerOrderId", required=True)
    order_line = Text(header="salesOrderLineNumber", optional=True)
    purchase_order_id = Text(header="purchaseOrderId", optional=True)
    purchase_order_line = Text(header="purchaseOrderLineNumber", optional=True)
    replacement_order_id = Text(header="replacementCustomerOrderId", optional=True)
    sku = Text(header="item.sku", optional=True)
    reason = Text(header="returnReason", optional=True)
    quantity = Count(header="quantity.measurementValue", optional=True)
    refunded_units = Count(header="refundedQty", optional=True)
    is_keep_it = Flag(header="isKeepIt", optional=True)
    is_return_expected = Flag(header="returnExpectedFlag", optional=True)
    status = Text(header="status", optional=True)
    delivery_status = Text(header="currentDeliveryStatus", optional=True)
    tracking_events = Text(header="returnTrackingDetail", optional=True, longest=2000)
    refund_status = Text(header="currentRefundStatus", optional=True)
    refund_channel = Text(header="refundChannel", also=("refundCoveredBy",), optional=True)
    currency = Currency(header="totalRefundAmount.currencyUnit", empty="USD", optional=True)
    unit_price = Amount(header="unitPrice.currencyAmount", optional=True)
    line_total = Amount(header="chargeTotals.lineTotal.currencyAmount", optional=True)
    refund_total = Amount(header="totalRefundAmount.currencyAmount", optional=True)
