"""Rows of the reports about orders, refunds, replacements and returns, in few words."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from tests.core.reports import LAMP, MUG, Reports

ORDER = "111-1111111-0000001"
WALMART_ORDER, PURCHASE_ORDER = "200000000000001", "100000000000001"
MEMBER = {"AMAZON_CA": "CAD", "AMAZON_DE": "EUR", "AMAZON_FR": "EUR", "AMAZON_UNASSIGNED": "EUR"}


class OrderReports(Reports):
    """The report rows of one account that sells, refunds, replaces and takes back."""

    def sold(
        self,
        order: str = ORDER,
        *,
        on: str,
        units: int = 1,
        price: str = "20.00",
        commission: str = "3.00",
        fee: str = "4.00",
        discount: str = "0",
        shipping: str = "0",
        **more: Any,
    ) -> UUID:
        """The settlement lines of a sale on Amazon, all amounts for all units together. Returns the principal's."""
        charge = {"order": order, "on": on, **more}
        row = self._settled("Order", "ItemPrice", "Principal", price, quantity=units, **charge)
        self._settled("Order", "ItemPrice", "Tax", "1.60", **charge)
        if Decimal(shipping):
            self._settled("Order", "ItemPrice", "Shipping", shipping, **charge)
        self._settled("Order", "ItemFees", "Commission", f"-{commission}", **charge)
        self._settled("Order", "ItemFees", "FBAPerUnitFulfillmentFee", f"-{fee}", **charge)
        if Decimal(discount):
            self._settled("Order", "Promotion", "Principal", f"-{discount}", **charge)
        return row

    def settled_before(self, order: str, *, on: str, document: str) -> None:
        """The rows of a sale of one unit in Amazon's older settlement report."""
        first = {"quantity": 1, "price_type": "Principal", "price": "24.99", "item_fee_type": "Commission"}
        second = {"price_type": "Shipping", "price": "3.99", "item_fee_type": "FBAPerUnitFulfillmentFee"}
        promotion = {"promotion_id": "FREE", "promotion_type": "Shipping", "promotion": "-3.99"}
        self._settled_before(document, order, on, first | {"item_fee": "-3.75"})
        self._settled_before(document, order, on, second | {"item_fee": "-5.40"} | promotion)

    def refunded(
        self,
        order: str = ORDER,
        *,
        on: str,
        principal: str = "20.00",
        units: int | None = None,
        discount: str = "0",
        tax: str = "1.60",
        name: str = "Refund",
        **more: Any,
    ) -> UUID:
        """The settlement lines of a refund on Amazon. Returns the principal's."""
        refund = {"order": order, "on": on, **more}
        row = self._settled(name, "ItemPrice", "Principal", str(-Decimal(principal)), quantity=units, **refund)
        if Decimal(tax):
            self._settled(name, "ItemPrice", "Tax", f"-{tax}", **refund)
        self._settled(name, "ItemFees", "Commission", "2.40", **refund)
        if Decimal(discount):
            self._settled(name, "Promotion", "Principal", discount, **refund)
        return row

    def came_back(
        self,
        order: str = ORDER,
        *,
        on: str,
        at: str | None = None,
        units: int = 1,
        disposition: str = "SELLABLE",
        goods: dict[str, str] = MUG,
        marketplace: str = "AMAZON_US",
        status: str = "",
        plate: str = "",
    ) -> UUID:
        """A row of Amazon's customer returns."""
        return self._add(
            "customer_return",
            marketplace=marketplace,
            returned_on=on,
            returned_at=at,
            order_id=order,
            **goods,
            quantity=units,
            fulfilment_center="LGB3",
            disposition=disposition,
            reason="UNWANTED_ITEM",
            status=status,
            license_plate=plate,
        )

    def returns_go_on(self, since: str, through: str, marketplace: str = "AMAZON_US") -> None:
        """Returns of other orders every ten days, so that the report has no gap."""
        day = date.fromisoformat(since)
        while day <= date.fromisoformat(through):
            self.came_back(f"OTHER-{day}", on=str(day), marketplace=marketplace)
            day += timedelta(days=10)

    def sales_go_on(self, since: str, through: str) -> None:
        """Sales of other orders every second day, so that the settlements have no hole."""
        day = date.fromisoformat(since)
        while day <= date.fromisoformat(through):
            self._settled("Order", "ItemPrice", "Principal", "20.00", order=f"OTHER-{day}", on=str(day), sku="PAN-1")
            day += timedelta(days=2)

    def replaced(
        self,
        order: str = ORDER,
        by: str = "111-1111111-0000002",
        *,
        on: str,
        at: str | None = None,
        units: int = 1,
        sku: str = MUG["sku"],
        marketplace: str = "AMAZON_US",
    ) -> UUID:
        """A row of Amazon's replacements."""
        return self._add(
            "replacement",
            marketplace=marketplace,
            shipped_on=on,
            shipped_at=at,
            original_order_id=order,
            replacement_order_id=by,
            sku=sku,
            asin=MUG["asin"],
            quantity=units,
            reason="0",
            fulfilment_center="LGB3",
            original_fulfilment_center="LGB3",
        )

    def ordered(
        self, order: str = ORDER, *, on: str, units: int = 1, price: str = "20.00", sent_by: str = "Amazon"
    ) -> UUID:
        """A row of Amazon's orders report."""
        return self._add(
            "order_line",
            marketplace="AMAZON_US",
            purchased_on=on,
            order_id=order,
            merchant_order_id="",
            status="Shipped",
            item_status="Shipped",
            fulfilment_type=sent_by,
            shop="Amazon.com",
            sku=MUG["sku"],
            asin=MUG["asin"],
            quantity=units,
            currency="USD",
            item_price=price,
        )

    def sold_on_walmart(self, *, on: str, units: int = 1, price: str = "20.00", **more: Any) -> UUID:
        """The reconciliation lines of a sale on Walmart."""
        row = self._reconciled("Sale", "Purchase", "Product Price", price, on=on, quantity=units, **more)
        self._reconciled("Sale", "Purchase", "Commission on Product", "-3.00", on=on, quantity=units, **more)
        return row

    def refunded_on_walmart(
        self, *, on: str, principal: str = "20.00", description: str = "Return Refund", reason: str = "", **more: Any
    ) -> UUID:
        """The reconciliation line of a refund on Walmart, which names the customer's order alone."""
        return self._reconciled(
            "Refund", description, "Product Price", f"-{principal}", on=on, reason=reason, purchase_order="", **more
        )

    def returned_on_walmart(
        self,
        *,
        requested: str,
        status: str = "INITIATED",
        delivery: str = "",
        events: str = "",
        on: str | None = None,
        until: str | None = None,
        reason: str = "DAMAGED",
        units: int = 1,
        is_keep_it: bool = False,
        return_type: str = "REFUND",
        name: str = "RO1",
        order: str = WALMART_ORDER,
    ) -> UUID:
        """A line of Walmart's returns."""
        return self._add(
            "return_order_line",
            marketplace="WALMART_US",
            requested_on=requested,
            status_on=on or requested,
            return_by_on=until,
            return_order_id=name,
            return_line="1",
            return_type=return_type,
            refund_mode="POST_DELIVERY",
            order_id=order,
            order_line="1",
            purchase_order_id=PURCHASE_ORDER if order == WALMART_ORDER else "",
            purchase_order_line="1",
            replacement_order_id="",
            sku=LAMP["sku"],
            reason=reason,
            quantity=units,
            refunded_units=units,
            is_keep_it=is_keep_it,
            is_return_expected=not is_keep_it,
            status=status,
            delivery_status=delivery,
            tracking_events=events,
            refund_status="",
            refund_channel="",
            currency="USD",
            unit_price=None,
        )

    def of(self, category: str, as_of: str | None = None) -> list[RowMapping]:
        """The account's items of a category, after detection, as of a date."""
        self.detect()
        return [item for item in self.items(as_of) if item["category"] == category]

    def everything(self, as_of: str | None = None) -> list[tuple[str, int]]:
        """The category and units of all items, after detection."""
        self.detect()
        return sorted((item["category"], item["units"]) for item in self.items(as_of))

    def _settled(
        self,
        kind: str,
        amount_type: str,
        description: str,
        amount: str,
        *,
        order: str,
        on: str,
        quantity: int | None = None,
        sku: str = MUG["sku"],
        marketplace: str = "AMAZON_US",
        sent_by: str = "AFN",
        line: str = "1",
    ) -> UUID:
        return self._line(
            channel="amazon",
            marketplace=marketplace,
            currency=MEMBER.get(marketplace, "USD"),
            posted_on=on,
            transaction_type=kind,
            amount_type=amount_type,
            description=description,
            amount=amount,
            quantity=quantity,
            order_id=order,
            order_line=line,
            sku=sku,
            fulfilment_type=sent_by,
        )

    def _reconciled(
        self,
        kind: str,
        description: str,
        amount_type: str,
        amount: str,
        *,
        on: str,
        quantity: int | None = None,
        reason: str = "",
        purchase_order: str = PURCHASE_ORDER,
        sent_by: str = "Walmart Fulfilled",
    ) -> UUID:
        return self._line(
            channel="walmart",
            marketplace="WALMART_US",
            currency="USD",
            posted_on=on,
            transaction_type=kind,
            amount_type=amount_type,
            description=description,
            amount=amount,
            quantity=quantity,
            order_id=WALMART_ORDER,
            order_line="1",
            purchase_order_id=purchase_order,
            reason=reason,
            **LAMP,
            fulfilment_type=sent_by,
        )

    def _settled_before(self, document: str, order: str, on: str, columns: dict[str, Any]) -> UUID:
        names = (
            "merchant_order_id merchant_order_line merchant_adjustment_line adjustment_id shipment_id shop"
            " shipment_fee_type order_fee_type other_fee_reason promotion_id promotion_type direct_payment_type"
        )
        return self._add(
            "settlement_v1_row",
            **dict.fromkeys(names.split(), "")
            | {
                "marketplace": "AMAZON_US",
                "document": document,
                "posted_on": on,
                "transaction_type": "Order",
                "order_id": order,
                "order_line": "1",
                "fulfilment_type": "AFN",
                "sku": MUG["sku"],
                "currency": "USD",
            }
            | columns,
        )

    def _line(self, **columns: Any) -> UUID:
        names = ("purchase_order_id", "purchase_order_line", "transaction_key", "reason", "gtin", "contract_category")
        return self._add("settlement_line", **dict.fromkeys(names, "") | {"document": "1"} | columns)
