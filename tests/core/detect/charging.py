"""Rows of the reports about fees, in few words."""

from typing import Any
from uuid import UUID

from tests.core.detect.ordering import MEMBER, ORDER, PURCHASE_ORDER, WALMART_ORDER, OrderReports
from tests.core.reports import LAMP, MUG

PREVIEWED = "2026-06-20"
EFN = ("uk", "de", "fr", "it", "es", "se")


class FeeReports(OrderReports):
    """The report rows of one account that is charged fees."""

    def previewed(
        self,
        *,
        price: str = "20.00",
        referral: str = "3.00",
        fulfilment: str | None = "4.00",
        marketplace: str = "AMAZON_US",
        sku: str = MUG["sku"],
        on: str | None = PREVIEWED,
        **more: Any,
    ) -> UUID:
        """A row of Amazon's fee preview, and the day of its export."""
        words = ("shop", "product_group", "unit_of_dimension", "unit_of_weight", "size_tier")
        return self._add(
            "fee_preview",
            previewed_on=on,
            **dict.fromkeys(words, ""),
            marketplace=marketplace,
            currency=MEMBER.get(marketplace, "USD"),
            **MUG | {"sku": sku},
            your_price=price,
            sales_price=None,
            referral_fee=referral,
            fulfilment_fee=fulfilment,
            **more,
        )

    def referral_previewed(self, *, price: str, fee: str, marketplace: str = "AMAZON_US", on: str = PREVIEWED) -> UUID:
        """A row of Amazon's referral fee preview, and the day of its export."""
        goods = {"sku": MUG["sku"], "asin": ""}
        return self._add(
            "referral_fee_preview", marketplace=marketplace, previewed_on=on, price=price, referral_fee=fee, **goods
        )

    def charged_on_walmart(
        self, commission: str, *, on: str, rate: str | None = "15.0", price: str = "20.00", units: int = 1
    ) -> None:
        """The reconciliation lines of a sale on Walmart, in a period that ends a week after it."""
        line = {
            "channel": "walmart",
            "marketplace": "WALMART_US",
            "currency": "USD",
            "posted_on": on,
            "period_end": "2026-06-13",
            "transaction_type": "Sale",
            "description": "Purchase",
            "order_id": WALMART_ORDER,
            "order_line": "1",
            "purchase_order_id": PURCHASE_ORDER,
            "fulfilment_type": "Walmart Fulfilled",
            "contract_category": "Home",
            "commission_rate": rate,
            "quantity": units,
            **LAMP,
        }
        self._line(**line, amount_type="Product Price", amount=price)
        self._line(**line, amount_type="Commission on Product", amount=f"-{commission}")


__all__ = ["ORDER", "PREVIEWED", "FeeReports"]
