"""Rows of reports become the facts that settlement replays: the rules themselves are tested on facts."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from tests.core.detect.ordering import PURCHASE_ORDER, WALMART_ORDER
from tests.core.eventful import Seller
from tests.core.reports import stages

ORDER, AGAIN = "111-1111111-0000001", "111-1111111-0000002"
FEE = "fulfilment_fee_overcharge"
SOLD, SENT, OPEN = "2026-03-01", "2026-04-01", "2026-05-31"


@pytest.fixture
def acme(connection: Connection) -> Seller:
    acme = Seller(connection)
    acme.returns_go_on("2026-01-05", "2026-12-31")
    return acme


@pytest.mark.parametrize("named", [ORDER, AGAIN])
def test_a_payment_may_name_the_order_or_the_one_by_which_it_was_sent_again(acme: Seller, named: str) -> None:
    acme.sold(on=SOLD)
    acme.replaced(on=SENT)
    acme.reimbursed(1, "13.00", on="2026-05-01", reason="Free_Replacement_Refund_Items", order=named)
    (item,) = acme.of("replacement_lost", OPEN)
    assert (stages(item), item["order_id"], item["claimed"]) == ({"claimed": 1}, ORDER, Decimal("13.00"))


@pytest.mark.parametrize(
    "name", ["Compensated_Clawback", "COMPENSATED_CLAWBACK", "PAYMENT_RETRACTION_ITEMS", "New_Clawback"]
)
def test_a_clawback_without_an_original_takes_back_what_was_paid_for_its_order(acme: Seller, name: str) -> None:
    acme.sold(on=SOLD)
    acme.refunded(on=SENT)
    acme.reimbursed(1, "13.00", on="2026-05-01", reason="CustomerReturn", order=ORDER)
    acme.reimbursed(-1, "-13.00", on="2026-06-01", reason=name, order=ORDER)
    (item,) = acme.of("return_lost")
    assert (stages(item), item["claimed"], item["lost"]) == ({"reversed": 1}, 0, Decimal("13.00"))


def test_a_correction_of_fees_settles_several_orders_by_its_money(acme: Seller) -> None:
    acme.previewed(on=SOLD)
    for number in range(3):
        acme.sold(f"111-{number}", on=f"2026-03-0{number + 1}", fee="6.00")
    acme.reimbursed(3, "3.50", on="2026-04-01", reason="Fee_Correction")
    seen = [(stages(item), item["claimed"], item["unclaimed"]) for item in acme.of(FEE, "2026-04-02")]
    assert seen == [
        ({"claimed": 1}, Decimal("2.00"), 0),
        ({"claimed": 1}, Decimal("1.50"), Decimal("0.50")),
        ({"ready": 1}, 0, Decimal("2.00")),
    ]


@pytest.mark.parametrize("named", [ORDER, AGAIN])
def test_a_case_may_name_either_order_as_well(acme: Seller, named: str) -> None:
    acme.sold(on=SOLD)
    acme.replaced(on=SENT)
    acme.filed("7", on=OPEN, units=1, order=named)
    (item,) = acme.of("replacement_lost", OPEN)
    assert stages(item) == {"in_case": 1}


@pytest.mark.parametrize("named", [{"order_id": WALMART_ORDER}, {"purchase_order_id": PURCHASE_ORDER}], ids=str)
def test_a_dispute_of_walmart_may_name_the_customers_order_or_the_purchase_order(
    connection: Connection, named: dict[str, str]
) -> None:
    walmart = Seller(connection, marketplaces=("WALMART_US",))
    walmart.sold_on_walmart(on=SOLD)
    walmart.refunded_on_walmart(on=SENT)
    (item,) = walmart.of("return_lost")
    assert (item["order_id"], item["units_claimed"]) == (WALMART_ORDER, 0)
    walmart.disputed("16.00", on="2026-04-20", **named)
    (item,) = walmart.of("return_lost")
    assert (stages(item), item["claimed"]) == ({"claimed": 1}, Decimal("16.00"))
