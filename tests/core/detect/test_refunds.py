"""How many units a refund is for, of which line, since when, and what they are worth."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from tests.core.detect.charging import FeeReports
from tests.core.detect.ordering import OrderReports
from tests.core.reports import MUG, PAN

SOLD, REFUNDED, OPEN = "2026-03-03", "2026-04-01", "2026-06-05"


@pytest.fixture
def acme(connection: Connection) -> OrderReports:
    acme = OrderReports(connection)
    acme.returns_go_on("2026-01-05", "2026-09-30")
    return acme


def seen(acme: OrderReports, category: str = "return_lost", on: str = OPEN) -> list[tuple[str, int]]:
    """The stages of a category's units."""
    names = ("future", "ready", "review", "expired")
    return [(name, item[f"units_{name}"]) for item in acme.of(category, on) for name in names if item[f"units_{name}"]]


class TestWithoutAQuantity:
    """The money says how many units; where it does not say it to the unit, a person must look."""

    @pytest.mark.parametrize(
        ("principal", "expected"),
        [
            ("20.00", [("ready", 1)]),
            ("40.00", [("ready", 2)]),
            ("30.00", [("review", 2)]),  # one and a half
            ("16.00", [("review", 1)]),  # one less a fee
            ("9.00", []),  # goodwill
        ],
    )
    def test_of_two_units(self, acme: OrderReports, principal: str, expected: list[tuple[str, int]]) -> None:
        acme.sold(on=SOLD, units=2, price="40.00")
        acme.refunded(on=REFUNDED, principal=principal)
        assert seen(acme) == expected

    def test_what_came_back_is_taken_off(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=3, price="60.00")
        acme.refunded(on=REFUNDED, principal="50.00")
        acme.came_back(on="2026-04-10", units=2)
        assert seen(acme) == [("review", 1)]


class TestWorth:
    """What a unit is worth."""

    def test_a_unit_that_was_refunded_in_part_is_worth_that_part(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED, principal="12.00", units=1)
        assert acme.of("return_lost", OPEN)[0]["unit_value"] == Decimal("7.80")  # 60 % of 13.00

    def test_fees_above_the_price_leave_nothing_to_claim(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, price="3.00", commission="0.45", fee="3.50")
        acme.refunded(on=REFUNDED, principal="3.00")
        (item,) = acme.of("return_lost", OPEN)
        assert (item["unit_value"], item["units_review"], item["review_code"]) == (0, 1, "not_worth_claiming")

    def test_a_refund_that_nets_to_nothing_is_none(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, price="30.00", discount="30.00")
        acme.refunded(on=REFUNDED, principal="30.00", discount="30.00")
        assert acme.everything() == []

    def test_two_currencies_in_one_order_are_for_a_person(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.sold(on=SOLD, marketplace="AMAZON_CA")
        acme.refunded(on=REFUNDED)
        assert acme.of("return_lost", OPEN)[0]["review_code"] == "currencies_differ"


class TestSeveral:
    """Refunds of one order line on several days."""

    def test_parts_are_judged_together_at_the_last_of_them(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, price="30.00")
        for day in ("2026-04-01", "2026-04-04", "2026-04-08"):
            acme.refunded(on=day, principal="10.00")
        (item,) = acme.of("return_lost", "2026-06-10")
        assert (item["units_review"], item["review_code"], str(item["event_on"])) == (
            1,
            "refunded_in_parts",
            "2026-04-08",
        )

    def test_parts_that_come_to_less_than_half_are_goodwill(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, price="30.00")
        for day in ("2026-04-01", "2026-04-04"):
            acme.refunded(on=day, principal="7.00")
        assert acme.everything() == []

    def test_what_was_taken_back_and_given_again_has_the_last_ones_clock(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on="2026-04-01")
        acme.refunded(on="2026-04-08", principal="-20.00")
        acme.refunded(on="2026-05-01")
        (item,) = acme.of("return_lost", OPEN)
        assert (str(item["event_on"]), item["units_future"]) == ("2026-05-01", 1)

    def test_what_was_taken_back_at_last_is_none(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on="2026-04-01")
        acme.refunded(on="2026-04-08", principal="-20.00")
        assert acme.everything() == []

    @pytest.mark.parametrize("name", ["Order_Retrocharge", "Refund_Retrocharge"])
    def test_a_buyer_who_was_charged_again_is_owed_for_by_nobody(self, acme: OrderReports, name: str) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on="2026-04-01")
        acme.refunded(on="2026-05-08", principal="-20.00", name=name)
        assert acme.everything() == []

    def test_a_charge_after_the_refund_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.sold(on="2026-04-20")
        assert acme.of("return_lost", OPEN)[0]["review_code"] == "charged_again"

    def test_a_claim_on_top_of_a_refund_is_refunded_more(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-04-10")
        acme.refunded(on="2026-04-15", name="A-to-z Guarantee Refund")
        (item,) = acme.of("refunded_more", OPEN)
        assert (item["units_review"], item["unit_value"], item["review_code"]) == (
            1,
            Decimal("20.00"),
            "refunded_twice",
        )


class TestLinesOfOneSku:
    """Sold at unlike prices under one order."""

    def sell_two(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, price="40.00", commission="6.00", line="1")
        acme.sold(on=SOLD, price="10.00", commission="1.50", line="2")

    def test_a_refund_is_of_its_own_line(self, acme: OrderReports) -> None:
        self.sell_two(acme)
        acme.refunded(on=REFUNDED, principal="10.00", line="2")
        (item,) = acme.of("return_lost", OPEN)
        assert (item["units"], item["units_ready"], item["unit_value"]) == (1, 1, Decimal("4.50"))

    def test_one_that_names_no_line_is_for_a_person(self, acme: OrderReports) -> None:
        self.sell_two(acme)
        acme.refunded(on=REFUNDED, principal="25.00", line="")
        assert seen(acme) == [("review", 1)]


@pytest.mark.parametrize(
    "beside", [{"tax": "1.60"}, {"shipping": "4.00"}, {"tax": "1.60", "shipping": "4.00"}], ids=str
)
def test_tax_or_shipping_that_was_refunded_as_principal_is_not_more(acme: OrderReports, beside: dict[str, str]) -> None:
    acme.sold(on=SOLD, shipping=beside.get("shipping", "0"))
    too_much = sum(map(Decimal, beside.values()))
    acme.refunded(on=REFUNDED, principal=str(20 + too_much), tax="0" if "tax" in beside else "1.60")
    assert "refunded_more" not in [category for category, _ in acme.everything()]


class TestWhatCameBack:
    """One licence plate number is one unit, and another of the order's goods is not this one."""

    def test_a_unit_that_is_told_twice_came_back_once(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=2, price="40.00")
        acme.refunded(on=REFUNDED, principal="40.00", units=2)
        for day in ("2026-04-10", "2026-04-12"):
            acme.came_back(on=day, plate="LPNRR1")
        assert seen(acme) == [("ready", 1)]

    def test_a_sibling_that_came_back_unrefunded_may_be_this_one(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.sold(on=SOLD, sku=PAN["sku"], line="2")
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-04-10", goods=PAN)
        (item,) = acme.of("return_lost", OPEN)
        assert (item["units_review"], item["review_code"]) == (1, "sibling_back")

    def test_another_sku_sent_in_exchange_is_for_the_one_that_was_sold(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.replaced(on=REFUNDED, sku=PAN["sku"])
        assert [item["sku"] for item in acme.of("replacement_lost", OPEN)] == [MUG["sku"]]
        acme.came_back(on="2026-04-10")
        assert acme.everything() == []

    def test_a_return_that_says_it_was_paid_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-04-10", disposition="CARRIER_DAMAGED", status="Reimbursed")
        (item,) = acme.of("return_carrier_damaged", OPEN)
        assert (item["units_review"], item["review_code"]) == (1, "return_says_paid")

    def test_another_day_of_the_same_return_leaves_the_item_what_it_is(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        first = acme.came_back(on="2026-04-10", disposition="CARRIER_DAMAGED", plate="LPNRR1")
        (before,) = acme.of("return_carrier_damaged", OPEN)
        acme.forget("customer_return", first)
        acme.came_back(on="2026-04-12", disposition="CARRIER_DAMAGED", plate="LPNRR1")
        (after,) = acme.of("return_carrier_damaged", OPEN)
        assert before["item_id"] == after["item_id"]


def test_a_refund_gives_back_the_commission_of_its_own_line(connection: Connection) -> None:
    acme = FeeReports(connection)
    acme.previewed(on="2026-03-10")
    acme.sold(on=SOLD, commission="5.00", line="1")
    acme.sold(on=SOLD, commission="5.00", line="2")
    acme.refunded(on=REFUNDED, line="2", units=1)
    items = acme.of("referral_fee_overcharge", "2026-04-10")
    assert [(item["units_ready"], item["unit_value"]) for item in items] == [(1, Decimal("2.00"))]
