"""Customer returns on Walmart: what is owed by whose fault it was, and what can not be disputed."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.core.detect.ordering import WALMART_ORDER, OrderReports
from tests.core.reports import LAMP, stages

SOLD, ASKED, REFUNDED, UNTIL = "2026-03-01", "2026-03-20", "2026-04-01", "2026-04-19"
BEFORE, AFTER, CLOSING = "2026-04-19", "2026-04-20", "2026-05-16"


@pytest.fixture
def acme(connection: Connection) -> OrderReports:
    reports = OrderReports(connection, marketplaces=("WALMART_US",))
    for month in range(1, 10):
        reports.returned_on_walmart(
            requested=f"2026-0{month}-03", reason="SIZE", name=f"OTHER-{month}", order=f"OTHER-{month}"
        )
    return reports


class TestReturnLost:
    """Refunded at Walmart's fault, and nothing came back."""

    def test_what_was_lost_on_its_way_is_ready_from_the_refund_for_45_days(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED, reason="Lost in transit")
        (item,) = acme.of("return_lost", REFUNDED)
        assert (stages(item), str(item["event_on"]), str(item["deadline_on"])) == ({"ready": 1}, REFUNDED, CLOSING)
        assert (item["order_id"], item["sku"], item["unit_value"]) == (WALMART_ORDER, LAMP["sku"], Decimal("17.00"))

    def test_what_can_still_be_sent_back_is_future(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, until=UNTIL)
        (item,) = acme.of("return_lost", BEFORE)
        assert stages(item) == {"future": 1}
        assert stages(acme.items(AFTER)[0]) == {"ready": 1}

    def test_where_it_can_be_sent_back_for_longer_than_claimed_a_person_must_look(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, until=CLOSING)
        assert stages(acme.of("return_lost", AFTER)[0]) == {"review": 1}

    @pytest.mark.parametrize(
        "told",
        [
            {"status": "DELIVERED"},
            {"status": "COMPLETED", "delivery": "DELIVERED"},
            {"status": "COMPLETED", "events": "RETURN_INITIATED, REFUND_ISSUED, DELIVERED_AFTER_INVOICE"},
        ],
        ids=str,
    )
    def test_what_came_back_is_none(self, acme: OrderReports, told: dict[str, Any]) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, until=UNTIL, on="2026-04-02", reason="POOR_QUALITY", **told)
        assert acme.everything() == []

    @pytest.mark.parametrize(
        ("told", "stage"),
        [
            ({"status": "COMPLETED", "delivery": "IN_TRANSIT"}, "ready"),
            ({"status": "COMPLETED", "events": "REFUND_ISSUED, INTRANSIT_AFTER_INVOICE"}, "ready"),
            ({"status": "COMPLETED"}, "review"),  # nothing says where the goods are
        ],
        ids=str,
    )
    def test_that_the_refund_is_done_does_not_bring_goods_back(
        self, acme: OrderReports, told: dict[str, Any], stage: str
    ) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, on="2026-04-02", reason="WRONG_ITEM", **told)
        assert stages(acme.of("return_lost", AFTER)[0]) == {stage: 1}

    def test_what_came_back_at_walmarts_fault_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, until=UNTIL, status="DELIVERED", on="2026-04-02", reason="WRONG_ITEM")
        assert stages(acme.of("refunded_more", AFTER)[0]) == {"review": 1}

    def test_what_was_never_delivered_is_lost_whatever_its_status(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, status="COMPLETED", reason="LOST_AFTER_DELIVERY")
        assert acme.everything(AFTER) == [("return_lost", 1)]

    @pytest.mark.parametrize("reason", ["POOR_QUALITY", "Missing parts", "no longer needed", "DEFECTIVE"])
    def test_the_customers_or_the_sellers_fault_is_none(self, acme: OrderReports, reason: str) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, until=UNTIL, reason=reason)
        assert acme.everything() == []

    def test_a_reason_that_is_not_known_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED, reason="Something new")
        (item,) = acme.of("return_lost", AFTER)
        assert stages(item) == {"review": 1}
        assert "whose fault" in item["review_reason"]

    def test_what_the_customer_keeps_or_the_seller_gave_can_not_be_disputed(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD, units=3, price="60.00")
        acme.refunded_on_walmart(on=REFUNDED, description="Keep-it refund", reason="Damaged")
        acme.refunded_on_walmart(on=REFUNDED, description="Seller Triggered Refund", reason="Damaged")
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, is_keep_it=True)
        assert acme.everything() == []

    def test_what_the_seller_sent_itself_is_none(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD, sent_by="Seller Fulfilled")
        acme.refunded_on_walmart(on=REFUNDED, reason="Lost in transit", sent_by="Seller Fulfilled")
        assert acme.everything() == []

    def test_a_kind_of_refund_that_is_not_known_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED, reason="Lost in transit", description="New kind of refund")
        assert stages(acme.of("return_lost", AFTER)[0]) == {"review": 1}


class TestOthers:
    """Damaged, late, or to be replaced."""

    def test_what_came_back_damaged_on_its_way_is_the_carriers(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(requested=ASKED, until=UNTIL, status="DELIVERED", on="2026-04-02")
        (item,) = acme.of("return_carrier_damaged", AFTER)
        assert (stages(item), str(item["event_on"])) == ({"ready": 1}, REFUNDED)

    def test_what_came_back_after_the_day_until_which_it_could_is_late(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(
            requested=ASKED, until=UNTIL, status="DELIVERED", on="2026-04-21", reason="ARRIVED_LATE"
        )
        assert acme.everything(AFTER) == [("return_delayed", 1)]

    def test_that_it_came_late_is_no_matter_of_why_it_was_sent_back(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED)
        acme.returned_on_walmart(
            requested=ASKED, until=UNTIL, status="DELIVERED", on="2026-04-21", reason="NO_LONGER_NEEDED"
        )
        assert acme.everything(AFTER) == [("return_delayed", 1)]

    def test_no_report_says_when_a_replacement_was_sent_so_it_is_for_a_person(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.returned_on_walmart(requested=ASKED, until=UNTIL, return_type="REPLACEMENT")
        (item,) = acme.of("replacement_lost", AFTER)
        assert (stages(item), item["event_on"], item["deadline_on"]) == ({"review": 1}, None, None)

    def test_a_replacement_whose_original_came_back_is_none(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.returned_on_walmart(requested=ASKED, return_type="REPLACEMENT", status="DELIVERED", reason="WRONG_ITEM")
        assert acme.everything() == []

    def test_more_refunded_than_charged(self, acme: OrderReports) -> None:
        acme.sold_on_walmart(on=SOLD)
        acme.refunded_on_walmart(on=REFUNDED, principal="26.00", reason="SIZE")
        acme.refunded_on_walmart(on=REFUNDED, principal="20.00", description="Keep-it refund")
        (item,) = acme.of("refunded_more", AFTER)
        assert (stages(item), item["unclaimed"]) == ({"ready": 1}, Decimal("6.00"))
