"""The rows of Amazon's settlements for orders, refunds and reimbursements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from core.vocabulary import Marketplace
from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import CashLine, Refund, Sale

SHOPS = {
    "AMAZON_US": "Amazon.com",
    "AMAZON_CA": "Amazon.ca",
    "AMAZON_UK": "Amazon.co.uk",
    "AMAZON_DE": "Amazon.de",
    "AMAZON_JP": "Amazon.co.jp",
}
_ELSEWHERE = {"AMAZON_UK": "Non-Amazon UK"}


@dataclass(frozen=True)
class Line:
    """One row of a settlement; `more` are cells that only some rows fill."""

    at: datetime
    kind: str
    amount_type: str
    description: str
    amount: Decimal
    more: dict[str, object] = field(default_factory=dict)


def shop_of(sale: Sale) -> str:
    """The shop of a sale, in Amazon's spelling."""
    code = sale.marketplace.code
    return _ELSEWHERE.get(code, f"Non-Amazon {sale.marketplace.country}") if sale.is_elsewhere else SHOPS[code]


def lines_of(facts: Facts, currency: str) -> list[Line]:
    """All rows in a currency, oldest first."""
    found: list[Line] = []
    for sale in facts.sales:
        if _is_of(sale.marketplace, currency):
            found.extend(_sold(sale))
    for refund in facts.refunds:
        if _is_of(refund.sale.marketplace, currency):
            found.extend(_refunded(refund))
    found.extend(_reimbursed(cash) for cash in facts.cash if _is_of(cash.marketplace, currency))
    return sorted((line for line in found if line.amount), key=lambda line: line.at)


def _is_of(marketplace: Marketplace, currency: str) -> bool:
    return marketplace.code in SHOPS and marketplace.currency == currency


def _order(sale: Sale) -> dict[str, object]:
    return {
        "order-id": sale.order_id,
        "merchant-order-id": sale.order_id,
        "shipment-id": sale.shipment,
        "marketplace-name": shop_of(sale),
        "fulfillment-id": "AFN",
        "order-item-code": sale.line,
        "sku": sale.goods.sku,
    }


def _sold(sale: Sale) -> Iterator[Line]:
    order = {**_order(sale), "quantity-purchased": sale.units}

    def line(amount_type: str, description: str, amount: Decimal) -> Line:
        return Line(sale.at, "Order", amount_type, description, amount, order)

    yield line("ItemPrice", "Principal", sale.principal)
    yield line("ItemPrice", "Shipping", sale.shipping)
    yield line("ItemPrice", "GiftWrap", sale.gift_wrap)
    yield line("ItemPrice", "Tax", sale.tax)
    yield line("ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", -sale.tax)
    if sale.promotion:
        promoted = {**order, "promotion-id": f"PLCC-{sale.line[-6:]}"}
        yield Line(sale.at, "Order", "Promotion", "Principal", -sale.promotion, promoted)
    yield line("ItemFees", "Commission", -sale.commission)
    yield line("ItemFees", "FBAPerUnitFulfillmentFee", -sale.fulfilment_fee)
    yield line("ItemFees", "ShippingChargeback", -sale.shipping)
    yield line("ItemFees", "GiftwrapChargeback", -sale.gift_wrap)


def _refunded(refund: Refund) -> Iterator[Line]:
    order = {**_order(refund.sale), "adjustment-id": refund.adjustment_id}
    counted = {**order, "quantity-purchased": refund.units} if refund.is_counted else order

    def line(amount_type: str, description: str, amount: Decimal) -> Line:
        return Line(refund.at, refund.kind, amount_type, description, amount, order)

    for number, principal in enumerate(refund.principal):
        yield Line(refund.at, refund.kind, "ItemPrice", "Principal", -principal, order if number else counted)
    yield line("ItemPrice", "Shipping", -refund.shipping)
    yield line("ItemPrice", "Tax", -refund.tax)
    yield line("ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", refund.tax)
    yield line("ItemFees", "Commission", refund.commission)
    yield line("ItemFees", "RefundCommission", -refund.kept)
    yield line("ItemFees", "ShippingChargeback", refund.shipping)


def _reimbursed(cash: CashLine) -> Line:
    more: dict[str, object] = {
        "order-id": cash.order_id,
        "marketplace-name": SHOPS[cash.marketplace.code] if cash.names_marketplace else "",
        "sku": cash.sku,
        "quantity-purchased": cash.units,
    }
    kind = "FBA Inventory Reimbursement"
    return Line(cash.at, "other-transaction", kind, cash.description, cash.amount, more)
