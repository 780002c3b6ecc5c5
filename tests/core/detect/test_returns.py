"""Customer returns on Amazon: what is owed for goods that were refunded or sent again, and what only looks like it."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from tests.core.detect.ordering import ORDER, OrderReports
from tests.core.reports import MUG, stages

SOLD, REFUNDED = "2026-03-01", "2026-04-01"
SOON, OPEN, LATE, CLOSING, TOO_LATE = "2026-05-30", "2026-05-31", "2026-06-01", "2026-07-30", "2026-07-31"
AGAIN = "111-1111111-0000002"
PAN = {"sku": "PAN-1", "fnsku": "X0PAN00001", "asin": "B0PAN00001"}


@pytest.fixture
def acme(connection: Connection) -> OrderReports:
    reports = OrderReports(connection)
    reports.returns_go_on("2026-01-05", "2026-09-30")
    return reports


class TestReturnLost:
    """Refunded, and nothing came back."""

    def test_it_is_future_until_day_60_and_lost_after_day_120(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        (item,) = acme.of("return_lost", SOON)
        assert (stages(item), str(item["event_on"]), str(item["deadline_on"])) == ({"future": 1}, REFUNDED, CLOSING)
        assert (item["sku"], item["order_id"], item["marketplace"]) == (MUG["sku"], ORDER, "AMAZON_US")
        for as_of, stage in [(OPEN, "ready"), (CLOSING, "ready"), (TOO_LATE, "expired")]:
            assert stages(acme.items(as_of)[0]) == {stage: 1}

    def test_a_unit_is_worth_what_the_seller_would_have_kept_of_its_sale(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=2, price="40.00", commission="6.00", fee="8.00", discount="4.00")
        acme.refunded(on=REFUNDED, principal="40.00", discount="4.00")
        (item,) = acme.of("return_lost", OPEN)
        assert (item["units"], item["unit_value"]) == (2, Decimal("11.00"))
        assert item["value_basis"] == "sale_price_less_fees"

    @pytest.mark.parametrize("came_on", ["2026-03-20", REFUNDED, "2026-04-20", OPEN])
    def test_nothing_is_owed_for_what_came_back_in_time(self, acme: OrderReports, came_on: str) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on=came_on)
        assert acme.everything() == []

    def test_only_the_units_that_did_not_come_back_are_lost(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=5, price="100.00")
        acme.refunded(on=REFUNDED, principal="80.00")
        acme.came_back(on="2026-04-10")
        acme.came_back(on="2026-04-12", units=2)
        assert acme.everything() == [("return_lost", 1)]

    def test_refunds_of_several_days_are_items_of_their_own_and_the_first_came_back_first(
        self, acme: OrderReports
    ) -> None:
        acme.sold(on=SOLD, units=3, price="60.00")
        acme.refunded(on=REFUNDED)
        acme.refunded(on="2026-04-05", principal="40.00")
        acme.came_back(on="2026-04-10")
        (item,) = acme.of("return_lost", "2026-06-30")
        assert (item["units"], str(item["event_on"])) == (2, "2026-04-05")

    def test_never_more_units_than_were_sold(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=2, price="40.00")
        acme.refunded(on=REFUNDED, principal="20.00", units=1)
        acme.refunded(on="2026-04-05", principal="60.00", units=3)
        assert sum(item["units"] for item in acme.of("return_lost")) == 2

    @pytest.mark.parametrize(
        ("principal", "units", "found"),
        [("9.99", 1, 0), ("9.99", None, 0), ("10.00", 1, 1), ("10.00", None, 1), ("19.98", 1, 1)],
    )
    def test_a_refund_of_less_than_half_the_price_is_goodwill(
        self, acme: OrderReports, principal: str, units: int | None, found: int
    ) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED, principal=principal, units=units)
        assert len(acme.of("return_lost")) == found

    def test_goodwill_for_all_units_of_an_order_is_no_return_of_one(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=3, price="60.00")
        acme.refunded(on=REFUNDED, principal="18.00", units=3)
        assert acme.everything() == []

    def test_the_refund_of_a_discounted_sale_is_held_against_what_the_customer_paid(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=4, price="80.00", discount="44.00")
        acme.refunded(on=REFUNDED, principal="18.00")
        assert acme.everything() == [("return_lost", 2)]

    def test_units_that_the_report_tells_are_bound_by_the_money(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=3, price="60.00")
        acme.refunded(on=REFUNDED, principal="20.00", units=3)
        assert acme.everything() == [("return_lost", 1)]

    def test_a_refund_that_was_taken_back_is_none(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=3, price="60.00")
        acme.refunded(on=REFUNDED, principal="40.00")
        acme.refunded(on="2026-04-03", principal="20.00")
        acme.refunded(on="2026-04-08", principal="-40.00")
        (item,) = acme.of("return_lost", OPEN)
        assert (item["units"], str(item["event_on"])) == (1, REFUNDED)

    def test_what_the_customer_sent_back_instead_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-04-10", goods=PAN)
        (item,) = acme.of("return_lost", OPEN)
        assert stages(item) == {"review": 1}
        assert "Other goods" in item["review_reason"]

    def test_other_goods_of_the_same_order_are_no_doubt(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.sold(on=SOLD, sku="PAN-1")
        acme.refunded(on=REFUNDED)
        acme.refunded(on=REFUNDED, sku="PAN-1")
        acme.came_back(on="2026-04-10", goods=PAN)
        (item,) = acme.of("return_lost", OPEN)
        assert (stages(item), item["sku"]) == ({"ready": 1}, MUG["sku"])

    def test_a_sale_that_no_report_shows_is_for_a_person(self, acme: OrderReports) -> None:
        acme.refunded(on=REFUNDED)
        (item,) = acme.of("return_lost", OPEN)
        assert stages(item) == {"review": 1}
        assert "No report shows the sale" in item["review_reason"]

    def test_the_orders_report_shows_a_sale_as_well(self, acme: OrderReports) -> None:
        acme.ordered(on=SOLD, units=2, price="40.00")
        acme.refunded(on=REFUNDED)
        (item,) = acme.of("return_lost", OPEN)
        assert stages(item) == {"ready": 1}

    @pytest.mark.parametrize("name", ["A-to-z Guarantee Refund", "Chargeback Refund"])
    def test_a_claim_that_was_decided_against_the_seller_is_for_a_person(self, acme: OrderReports, name: str) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED, name=name)
        assert stages(acme.of("return_lost", OPEN)[0]) == {"review": 1}

    def test_what_the_seller_sent_itself_is_none(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, sent_by="MFN")
        acme.refunded(on=REFUNDED, sent_by="MFN")
        acme.sold("111-2", on=SOLD, sent_by="")
        acme.ordered("111-2", on=SOLD, sent_by="Merchant")
        acme.refunded("111-2", on=REFUNDED, sent_by="")
        assert acme.everything() == []

    def test_an_order_of_another_shop_is_none(self, acme: OrderReports) -> None:
        acme.refunded("S01-1111111-0000001", on=REFUNDED)
        assert acme.everything() == []

    def test_who_sent_it_is_for_a_person_where_no_report_says(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, sent_by="")
        acme.refunded(on=REFUNDED, sent_by="")
        assert stages(acme.of("return_lost", OPEN)[0]) == {"review": 1}

    def test_a_hole_in_the_returns_is_no_lost_return(self, connection: Connection) -> None:
        acme = OrderReports(connection)
        acme.returns_go_on("2025-06-05", "2026-03-30")
        acme.returns_go_on("2026-09-01", "2026-09-30")
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.sold("111-9", on="2025-08-01")
        acme.refunded("111-9", on="2025-09-01")
        before, during = acme.of("return_lost", OPEN)
        assert (stages(before), stages(during)) == ({"expired": 1}, {"review": 1})
        assert during["review_reason"] == (
            "The customer returns report of North America is not known to be whole from 2026-03-23 to 2026-08-31,"
            " so the goods may have come back unseen."
        )

    def test_returns_that_were_never_imported_are_no_lost_returns(self, connection: Connection) -> None:
        acme = OrderReports(connection)
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        (item,) = acme.of("return_lost", OPEN)
        assert stages(item) == {"review": 1}
        assert item["review_reason"].startswith("The customer returns report of North America is not there")

    def test_splitting_the_refund_over_lines_changes_nothing(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED, principal="12.00")
        acme.refunded(on=REFUNDED, principal="8.00")
        assert acme.everything() == [("return_lost", 1)]

    def test_europe_opens_after_45_days(self, connection: Connection) -> None:
        european = OrderReports(connection, marketplaces=("AMAZON_DE",))
        european.returns_go_on("2026-01-05", "2026-09-30", "AMAZON_DE")
        european.sold(on=SOLD, marketplace="AMAZON_DE")
        european.refunded(on=REFUNDED, marketplace="AMAZON_DE")
        (item,) = european.of("return_lost", "2026-05-16")
        assert (str(item["opens_on"]), str(item["deadline_on"])) == ("2026-05-16", "2026-07-15")
        assert (stages(item), item["currency"]) == ({"ready": 1}, "EUR")

    def test_the_orders_marketplace_is_the_refunds(self, connection: Connection) -> None:
        european = OrderReports(connection, marketplaces=("AMAZON_DE", "AMAZON_FR"))
        european.returns_go_on("2026-01-05", "2026-09-30", "AMAZON_FR")
        european.sold(on=SOLD, marketplace="AMAZON_FR")
        european.refunded(on=REFUNDED, marketplace="AMAZON_UNASSIGNED")
        (item,) = european.of("return_lost", "2026-05-20")
        assert (item["marketplace"], stages(item)) == ("AMAZON_FR", {"ready": 1})


class TestReplacementLost:
    """Sent again, and the first did not come back."""

    def test_it_counts_from_the_replacements_shipment(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.replaced(on=REFUNDED)
        (item,) = acme.of("replacement_lost", OPEN)
        assert (stages(item), str(item["event_on"]), item["order_id"]) == ({"ready": 1}, REFUNDED, ORDER)
        assert (item["unit_value"], item["currency"]) == (Decimal("13.00"), "USD")

    @pytest.mark.parametrize("order", [ORDER, AGAIN])
    def test_a_return_under_either_order_is_the_original(self, acme: OrderReports, order: str) -> None:
        acme.sold(on=SOLD)
        acme.replaced(on=REFUNDED)
        acme.came_back(order, on="2026-04-10")
        assert acme.everything() == []

    def test_a_refund_whose_goods_came_back_under_the_replacements_order_is_no_lost_return(
        self, acme: OrderReports
    ) -> None:
        acme.sold(on=SOLD)
        acme.replaced(on="2026-03-10")
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-03-20")
        acme.came_back(AGAIN, on="2026-04-20")
        assert acme.everything() == []

    def test_a_replacement_that_was_replaced_itself_goes_back_to_the_first_order(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.replaced(ORDER, AGAIN, on=REFUNDED)
        acme.replaced(AGAIN, "111-1111111-0000003", on="2026-04-10")
        acme.came_back("111-1111111-0000003", on="2026-04-20")
        (item,) = acme.of("replacement_lost")
        assert (item["units"], str(item["event_on"])) == (1, "2026-04-10")

    def test_an_order_that_was_replaced_and_refunded_owes_both_units(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.replaced(on="2026-03-10")
        acme.refunded(on=REFUNDED)
        assert acme.everything() == [("replacement_lost", 1), ("return_lost", 1)]

    def test_a_day_is_that_of_the_orders_marketplace(self, connection: Connection) -> None:
        european = OrderReports(connection, marketplaces=("AMAZON_DE", "AMAZON_FR"))
        european.returns_go_on("2026-01-05", "2026-09-30", "AMAZON_FR")
        european.sold(on=SOLD, marketplace="AMAZON_FR")
        european.replaced(on="2026-04-01", at="2026-04-02T02:00:00Z", marketplace="AMAZON_UNASSIGNED")
        (item,) = european.of("replacement_lost", "2026-06-01")
        assert (item["marketplace"], str(item["event_on"]), stages(item)) == ("AMAZON_FR", "2026-04-02", {"ready": 1})

    def test_without_the_sale_its_marketplace_is_the_accounts_only_one_and_its_value_is_not_known(
        self, acme: OrderReports
    ) -> None:
        acme.replaced(on=REFUNDED, units=2)
        (item,) = acme.of("replacement_lost", OPEN)
        assert (stages(item), item["unit_value"], item["value_basis"]) == ({"ready": 2}, None, "unknown")


class TestReturnDamagedByCarrier:
    """Came back damaged by the carrier or the marketplace."""

    @pytest.mark.parametrize("disposition", ["CARRIER_DAMAGED", "DAMAGED", "Carrier damaged"])
    def test_it_counts_from_the_refund(self, acme: OrderReports, disposition: str) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-04-10", disposition=disposition)
        (item,) = acme.of("return_carrier_damaged", OPEN)
        assert (stages(item), str(item["event_on"]), item["fnsku"]) == ({"ready": 1}, REFUNDED, MUG["fnsku"])

    @pytest.mark.parametrize("disposition", ["SELLABLE", "CUSTOMER_DAMAGED", "DEFECTIVE", "EXPIRED", ""])
    def test_what_the_seller_must_bear_is_none(self, acme: OrderReports, disposition: str) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on="2026-04-10", disposition=disposition)
        assert acme.everything() == []

    def test_without_a_refund_it_counts_from_the_return_and_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.came_back(on="2026-04-10", disposition="CARRIER_DAMAGED")
        (item,) = acme.of("return_carrier_damaged", "2026-06-20")
        assert (stages(item), str(item["event_on"])) == ({"review": 1}, "2026-04-10")
        assert "No report shows a refund" in item["review_reason"]

    def test_one_whose_refund_was_taken_back_is_none(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.refunded(on="2026-04-08", principal="-20.00")
        acme.came_back(on="2026-04-10", disposition="CARRIER_DAMAGED")
        assert acme.everything() == []

    def test_one_that_also_came_late_is_counted_once(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on=LATE, disposition="CARRIER_DAMAGED")
        assert acme.everything() == [("return_carrier_damaged", 1)]

    def test_units_of_one_refund_may_have_come_back_in_several_states(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=4, price="80.00")
        acme.refunded(on=REFUNDED, principal="80.00")
        acme.came_back(on="2026-04-10", units=2, disposition="DAMAGED")
        acme.came_back(on="2026-04-12")
        assert acme.everything() == [("return_carrier_damaged", 2), ("return_lost", 1)]

    def test_the_order_tells_the_marketplace_and_the_worth(self, connection: Connection) -> None:
        european = OrderReports(connection, marketplaces=("AMAZON_DE", "AMAZON_FR"))
        european.sold(on=SOLD, marketplace="AMAZON_FR")
        european.came_back(
            on="2026-04-09", at="2026-04-10T06:30:00Z", disposition="CARRIER_DAMAGED", marketplace="AMAZON_UNASSIGNED"
        )
        (item,) = european.of("return_carrier_damaged", "2026-06-20")
        assert (item["marketplace"], str(item["event_on"])) == ("AMAZON_FR", "2026-04-10")
        assert (item["currency"], item["unit_value"]) == ("EUR", Decimal("13.00"))


class TestReturnDelayed:
    """Came back after the day on which the window had opened."""

    def test_it_is_not_lost_as_well(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.came_back(on=LATE)
        (item,) = acme.of("return_delayed", "2026-06-10")
        assert (stages(item), str(item["event_on"])) == ({"ready": 1}, REFUNDED)
        assert acme.everything() == [("return_delayed", 1)]

    def test_the_day_is_that_of_the_rule_in_force(self, acme: OrderReports) -> None:
        acme.sold(on="2020-01-01")
        acme.refunded(on="2020-02-01")
        acme.came_back(on="2020-03-20")
        assert acme.everything() == [("return_delayed", 1)]

    def test_a_replaced_unit_is_never_late(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.replaced(on=REFUNDED)
        acme.came_back(on=TOO_LATE)
        assert acme.everything() == []


class TestAgain:
    """Detecting is a function of the rows."""

    def test_the_same_items_come_again(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD, units=3, price="60.00")
        acme.refunded(on=REFUNDED, principal="60.00")
        acme.came_back(on=LATE)
        acme.came_back(on="2026-04-20", disposition="DAMAGED")
        first, before = acme.detect(), acme.items()
        again = acme.detect()
        assert (first.new, again.new, again.changed, again.withdrawn) == (3, 0, 0, 0)
        assert acme.items() == before

    def test_a_payment_of_the_order_settles_its_return(self, acme: OrderReports) -> None:
        acme.sold(on=SOLD)
        acme.refunded(on=REFUNDED)
        acme.reimbursed(1, "13.00", on="2026-05-01", reason="CustomerReturn", goods=MUG)
        (item,) = acme.of("return_lost", OPEN)
        assert stages(item) == {"claimed": 1}
