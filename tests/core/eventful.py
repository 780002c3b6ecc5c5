"""A seller to whom everything happens, in the rows of reports."""

from uuid import UUID

from sqlalchemy import Connection

from tests.core.detect.charging import FeeReports
from tests.core.detect.shipping import ShippingReports
from tests.core.reports import LAMP

CHARGED = "111-1111111-0000009"


class Seller(FeeReports, ShippingReports):
    """A seller to whom everything happens."""

    def disputed(self, amount: str, *, on: str, order_id: str = "", purchase_order_id: str = "") -> UUID:
        """A line by which Walmart pays a dispute."""
        return self._line(
            channel="walmart",
            marketplace="WALMART_US",
            currency="USD",
            posted_on=on,
            transaction_type="Dispute",
            amount_type="Fee/Reimbursement",
            description="Dispute Reimbursement",
            amount=amount,
            quantity=1,
            order_id=order_id,
            order_line="",
            purchase_order_id=purchase_order_id,
            **LAMP,
            fulfilment_type="",
        )


def eventful(connection: Connection) -> Seller:
    """A seller with items in every stage, of every way of settling, in two currencies."""
    acme = Seller(connection, marketplaces=("AMAZON_US", "AMAZON_DE", "WALMART_US"))
    acme.costs("4.00", since="2020-01-01")
    acme.returns_go_on("2026-01-05", "2026-12-31")
    acme.covers("amazon_ledger_detail")
    for day in ("2026-01-10", "2026-03-01", "2026-05-01", "2026-07-01"):
        acme.lost(4, on=day)
    acme.adjusted(-3, "H", on="2026-06-10")
    acme.lost(2, on="2026-06-15", marketplace="AMAZON_DE")
    acme.adjusted(-5, "LOST", on="2026-06-01", marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    acme.reimbursed(3, "10.01", on="2026-03-05", name="R1")
    acme.reimbursed(-1, "-2.00", on="2026-04-20", original="R1")
    acme.adjusted(1, "F", on="2026-05-20")
    acme.filed("7", on="2026-05-10", units=2)
    acme.filed("8", on="2026-05-11", units=1, decision="denied", decided="2026-06-01")
    acme.sold(on="2026-03-01")
    acme.refunded(on="2026-04-01")
    acme.sold(CHARGED, on="2026-03-01", commission="5.00")
    acme.previewed(on="2026-03-05")
    acme.reimbursed(1, "0.50", on="2026-04-01", reason="Fee_Correction", order=CHARGED)
    acme.shipment("CLOSED")
    acme.sent(10, 7)
    acme.delivered(on="2026-05-01")
    acme.detect()
    return acme
