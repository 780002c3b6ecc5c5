"""Writes Walmart's return orders (GET /v3/returns?isWFSEnabled=Y), a page of at most 100 per file."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import ReturnOrder
from loaders.demo.writers.files import write_json

_PAGE = 100


def write_walmart_returns(facts: Facts, folder: Path) -> None:
    """Write the returns, oldest first."""
    orders = sorted(facts.return_orders, key=lambda order: (order.requested_at, order.return_order_id))
    for offset in range(0, len(orders), _PAGE):
        page = orders[offset : offset + _PAGE]
        document = {
            "meta": {"totalCount": len(orders), "limit": _PAGE, "nextCursor": None},
            "returnOrders": [_return_order(order, facts) for order in page],
        }
        write_json(folder / "walmart" / f"returns_{offset:05d}.json", document)


def _return_order(order: ReturnOrder, facts: Facts) -> dict[str, object]:
    refunded = order.refund.goods if order.refund else Decimal(0)
    return {
        "returnOrderId": order.return_order_id,
        "customerEmailId": "relay@example.com",
        "customerName": {"firstName": "Jane", "lastName": "Doe"},
        "customerOrderId": order.sale.order_id,
        "refundMode": "POST_DELIVERY",
        "returnOrderDate": _stamp(order.requested_at),
        "returnType": "REPLACEMENT" if order.replacement_order_id else "REFUND",
        "replacementCustomerOrderId": order.replacement_order_id or None,
        "returnByDate": f"{order.return_by_on.isoformat()}T12:00:00.000Z",
        "totalRefundAmount": _money(refunded),
        "returnOrderLines": [_line(order, refunded, facts)],
        "returnChannel": {"channelName": "ONLINE"},
    }


def _line(order: ReturnOrder, refunded: Decimal, facts: Facts) -> dict[str, object]:
    sale, is_back = order.sale, order.back_at is not None
    is_refunded = order.refund is not None and order.refund.at.date() <= facts.today
    return {
        "returnOrderLineNumber": 1,
        "salesOrderLineNumber": 1,
        "returnReason": order.reason,
        "purchaseOrderId": sale.purchase_order_id,
        "purchaseOrderLineNumber": 1,
        "item": {"sku": sale.goods.sku, "condition": "New", "productName": sale.goods.title},
        "charges": [{"chargeCategory": "PRODUCT", "chargeName": "ItemPrice", "chargePerUnit": _money(sale.price)}],
        "unitPrice": _money(sale.price),
        "chargeTotals": [
            {"name": "lineUnitPrice", "value": _money(sale.price)},
            {"name": "lineTotal", "value": _money(refunded)},
        ],
        "currentDeliveryStatus": "DELIVERED" if is_back else "NOT_SHIPPED" if order.is_keep_it else "IN_TRANSIT",
        "currentRefundStatus": "REFUND_COMPLETED" if is_refunded else "NOT_REFUNDED",
        "quantity": {"unitOfMeasure": "EACH", "measurementValue": order.units},
        "returnExpectedFlag": not order.is_keep_it,
        "isFastReplacement": False,
        "isKeepIt": order.is_keep_it,
        "refundedQty": order.units if is_refunded else 0,
        "refundChannel": order.refund_channel,
        "returnTrackingDetail": _tracked(order),
        "status": "COMPLETED" if is_back or order.is_completed else "INITIATED",
        "statusTime": _stamp(order.status_at),
    }


def _tracked(order: ReturnOrder) -> list[dict[str, object]]:
    events = [("RETURN_INITIATED", order.requested_at)]
    if order.back_at:
        events.append(("DELIVERED_AT_RETURN_CENTER", order.back_at))
    if order.refund:
        events.append(("REFUND_ISSUED", order.refund.at))
    return [{"sequenceNo": number, "eventTag": tag, "eventTime": _stamp(at)} for number, (tag, at) in enumerate(events)]


def _money(amount: Decimal) -> dict[str, object]:
    """A JSON number in Walmart's form: two digits, exact since the amounts have no more."""
    return {"currencyAmount": float(amount), "currencyUnit": "USD"}


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
