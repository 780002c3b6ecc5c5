"""Units that were sent to a marketplace and not received, or received damaged; and what only looks like it."""

import pytest
from sqlalchemy import Connection, text

from tests.core.detect.shipping import FBA, ShippingReports
from tests.core.reports import LAMP, MUG, stages

PAN = {"sku": "PAN-1", "fnsku": "X0PAN00001", "asin": "B0PAN00001"}
GDM = "0123456GDM"
DELIVERED = "2026-05-01"
SOON, LATER, CLOSING, TOO_LATE = "2026-05-10", "2026-05-22", "2027-02-01", "2027-02-02"


@pytest.fixture
def acme(connection: Connection) -> ShippingReports:
    return ShippingReports(connection)


class TestAmazonsShortShipments:
    """Shipped less received, once the shipment is closed, or 21 days after its delivery."""

    def test_a_closed_shipment_is_short_from_its_delivery_until_nine_months_later(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 7)
        acme.delivered(on=DELIVERED)
        (item,) = acme.of("shipment_lost", SOON)
        assert stages(item) == {"ready": 3}
        assert (item["shipment_id"], item["sku"], item["fnsku"]) == (FBA, MUG["sku"], MUG["fnsku"])
        assert (str(item["event_on"]), str(item["deadline_on"])) == (DELIVERED, CLOSING)
        assert stages(acme.of("shipment_lost", TOO_LATE)[0]) == {"expired": 3}

    @pytest.mark.parametrize(
        ("newest", "place", "stage"),
        [
            ("2026-11-01", "AMAZON_DE", "ready"),  # the sixth month's last day
            ("2026-11-02", "AMAZON_DE", "review"),
            ("2026-12-30", "AMAZON_US", "ready"),
        ],
    )
    def test_of_europes_the_sources_differ_after_six_months(
        self, connection: Connection, newest: str, place: str, stage: str
    ) -> None:
        acme = ShippingReports(connection, marketplaces=(place,))
        acme.shipment("CLOSED", marketplace=place)
        acme.sent(10, 7, marketplace=place)
        acme.delivered(on=DELIVERED)
        connection.execute(
            text(
                "insert into report_state (account_id, format, rhythm, files, files_refused, rows, rows_refused,"
                " data_through, holes) values (:account_id, 'amazon_ledger_detail', 'daily', 1, 0, 1, 0, :newest, '{}')"
            ),
            {"account_id": acme.account_id, "newest": newest},
        )
        (item,) = acme.of("shipment_lost", "2026-12-31")
        assert stages(item) == {stage: 3}
        assert (stage == "review") == ("Sources differ" in (item["review_reason"] or ""))
        assert str(item["deadline_on"]) == CLOSING

    @pytest.mark.parametrize("status", ["DELIVERED", "CHECKED_IN", "RECEIVING"])
    def test_one_that_is_still_received_is_future_for_21_days(self, acme: ShippingReports, status: str) -> None:
        acme.shipment(status)
        acme.sent(10, 7)
        acme.delivered(on=DELIVERED)
        acme.exported("inbound_item", on=LATER)
        assert stages(acme.of("shipment_lost", "2026-05-21")[0]) == {"future": 3}
        assert stages(acme.of("shipment_lost", LATER)[0]) == {"ready": 3}

    def test_a_report_from_before_those_days_says_nothing_of_what_came_since(self, acme: ShippingReports) -> None:
        acme.shipment("RECEIVING")
        acme.sent(10, 0)
        acme.delivered(on=DELIVERED)
        acme.exported("inbound_item", on="2026-05-03")
        acme.reimbursed(1, "9.00", on="2026-06-20", goods=PAN)
        (item,) = acme.of("shipment_lost", "2026-06-30")
        assert stages(item) == {"review": 10}
        assert "ledger" in item["review_reason"]

    def test_receipts_of_the_ledger_tell_what_came_since(self, acme: ShippingReports) -> None:
        acme.shipment("RECEIVING")
        acme.sent(10, 0)
        acme.delivered(on=DELIVERED)
        acme.received(6, on="2026-05-04")
        acme.received(2, on="2026-05-09")
        acme.received(9, on="2026-05-20", shipment="FBA99OTHER")
        (item,) = acme.of("shipment_lost", LATER)
        assert (stages(item), item["review_reason"]) == ({"ready": 2}, None)

    @pytest.mark.parametrize("status", ["CANCELLED", "DELETED", "WORKING", "READY_TO_SHIP", "IN_TRANSIT", "SHIPPED"])
    def test_what_was_cancelled_or_is_not_there_yet_is_nothing(self, acme: ShippingReports, status: str) -> None:
        acme.shipment(status)
        acme.sent(10, 0)
        assert acme.of("shipment_lost") == []

    @pytest.mark.parametrize("received", [10, 11])
    def test_what_arrived_whole_is_nothing(self, acme: ShippingReports, received: int) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, received)
        acme.delivered(on=DELIVERED)
        assert acme.of("shipment_lost") == []

    def test_units_over_on_another_line_may_be_the_missing_ones(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 8)
        acme.sent(5, 7, goods=PAN)
        acme.delivered(on=DELIVERED)
        (item,) = acme.of("shipment_lost", LATER)
        assert stages(item) == {"review": 2}
        assert "another product" in item["review_reason"]

    def test_so_may_units_of_a_product_that_the_shipment_does_not_list(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 8)
        acme.received(8, on="2026-05-02")
        acme.received(2, on="2026-05-02", goods=PAN)
        assert stages(acme.of("shipment_lost", LATER)[0]) == {"review": 2}

    def test_an_unknown_number_of_received_units_is_not_zero(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, None)
        acme.delivered(on=DELIVERED)
        (item,) = acme.of("shipment_lost", LATER)
        assert stages(item) == {"review": 10}
        assert "how many" in item["review_reason"]

    def test_the_first_receipt_stands_for_a_delivery_that_no_file_tells(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 7)
        acme.received(5, on="2026-05-02")
        acme.received(2, on="2026-05-06")
        (item,) = acme.of("shipment_lost", LATER)
        assert (str(item["event_on"]), stages(item)) == ("2026-05-02", {"ready": 3})

    def test_without_any_date_of_arrival_it_is_in_review(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 0)
        (item,) = acme.of("shipment_lost", LATER)
        assert (item["event_on"], item["deadline_on"], stages(item)) == (None, None, {"review": 10})
        assert "date" in item["review_reason"]

    def test_a_delivery_that_amazon_does_not_know_of_is_in_review(self, acme: ShippingReports) -> None:
        acme.shipment("IN_TRANSIT")
        acme.sent(10, 0)
        acme.delivered(on=DELIVERED)
        assert stages(acme.of("shipment_lost", "2026-07-01")[0]) == {"review": 10}

    def test_a_shipment_of_an_unknown_state_is_in_review(self, acme: ShippingReports) -> None:
        acme.sent(10, 4)
        acme.delivered(on=DELIVERED)
        assert stages(acme.of("shipment_lost", "2026-07-01")[0]) == {"review": 6}

    def test_payments_for_lost_inbound_units_settle_it(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 7)
        acme.delivered(on=DELIVERED)
        acme.reimbursed(2, "18.00", on="2026-06-20", reason="Lost_Inbound")
        assert stages(acme.of("shipment_lost", "2026-07-01")[0]) == {"ready": 1, "claimed": 2}

    def test_its_receipts_or_its_warehouse_tell_the_marketplace(self, connection: Connection) -> None:
        european = ShippingReports(connection, marketplaces=("AMAZON_DE", "AMAZON_FR"))
        for shipment in (FBA, "FBA2", "FBA3"):
            european.shipment("CLOSED", shipment=shipment, marketplace="AMAZON_UNASSIGNED", center="LGB3")
            european.sent(4, 3, shipment=shipment, marketplace="AMAZON_UNASSIGNED")
            european.delivered(shipment, on=DELIVERED)
        european.received(3, on="2026-05-02", marketplace="AMAZON_DE")
        european.shipment("CLOSED", shipment="FBA4", marketplace="AMAZON_UNASSIGNED", center="ORY1")
        european.sent(4, 3, shipment="FBA4", marketplace="AMAZON_UNASSIGNED")
        european.delivered("FBA4", on=DELIVERED)
        told = {item["shipment_id"]: item["marketplace"] for item in european.of("shipment_lost")}
        assert told == {FBA: "AMAZON_DE", "FBA2": "AMAZON_DE", "FBA3": "AMAZON_DE", "FBA4": "AMAZON_UNASSIGNED"}


class TestAmazonsDamagedShipments:
    """Receipts that the ledger books as damaged by the warehouse or the carrier."""

    def test_units_received_damaged_are_an_item_and_not_short(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 10)
        acme.received(7, on="2026-05-02")
        acme.received(2, on="2026-05-02", disposition="WAREHOUSE_DAMAGED")
        acme.received(1, on="2026-05-03", disposition="CARRIER_DAMAGED")
        acme.detect()
        (item,) = acme.items(SOON)
        assert (item["category"], stages(item), str(item["event_on"])) == (
            "shipment_damaged",
            {"ready": 3},
            "2026-05-02",
        )

    @pytest.mark.parametrize("disposition", ["DISTRIBUTOR_DAMAGED", "DEFECTIVE", "EXPIRED", "CUSTOMER_DAMAGED"])
    def test_what_came_in_bad_is_the_sellers(self, acme: ShippingReports, disposition: str) -> None:
        acme.received(2, on="2026-05-02", disposition=disposition)
        assert acme.of("shipment_damaged") == []

    def test_a_receipt_that_was_corrected_is_nothing(self, acme: ShippingReports) -> None:
        acme.received(2, on="2026-05-02", disposition="WAREHOUSE_DAMAGED")
        acme.received(-2, on="2026-05-03", disposition="WAREHOUSE_DAMAGED")
        assert acme.of("shipment_damaged") == []

    def test_the_tracked_delivery_starts_the_clock(self, acme: ShippingReports) -> None:
        acme.delivered(on=DELIVERED)
        acme.received(2, on="2026-05-02", disposition="WAREHOUSE_DAMAGED")
        assert str(acme.of("shipment_damaged")[0]["event_on"]) == DELIVERED


class TestWalmart:
    """Short and damaged units of one line; day 10 to day 50 after the delivery."""

    @pytest.fixture
    def walmart(self, connection: Connection) -> ShippingReports:
        reports = ShippingReports(connection, marketplaces=("WALMART_US",))
        reports.delivered(GDM, on=DELIVERED)
        return reports

    def sent(
        self, reports: ShippingReports, status: str, shipped: int, received: int | None, damaged: int | None
    ) -> None:
        reports.shipment(status, shipment=GDM, marketplace="WALMART_US", received=received)
        reports.sent(shipped, received, damaged=damaged, shipment=GDM, marketplace="WALMART_US", goods=LAMP)

    def test_one_line_is_short_and_damaged(self, walmart: ShippingReports) -> None:
        self.sent(walmart, "CLOSED", 20, 14, 2)
        walmart.detect()
        items = {item["category"]: item for item in walmart.items("2026-05-11")}
        assert {name: stages(item) for name, item in items.items()} == {
            "shipment_lost": {"ready": 4},
            "shipment_damaged": {"ready": 2},
        }
        assert {str(item["deadline_on"]) for item in items.values()} == {"2026-06-20"}

    @pytest.mark.parametrize(("as_of", "stage"), [(SOON, "future"), ("2026-06-20", "ready"), ("2026-06-21", "expired")])
    def test_no_claim_before_day_10_nor_after_day_50(self, walmart: ShippingReports, as_of: str, stage: str) -> None:
        self.sent(walmart, "CLOSED", 20, 18, 0)
        assert stages(walmart.of("shipment_lost", as_of)[0]) == {stage: 2}

    def test_one_that_is_still_received_waits_for_21_days(self, walmart: ShippingReports) -> None:
        self.sent(walmart, "RECEIVING_IN_PROGRESS", 20, 18, 0)
        walmart.exported("inbound_item", on=LATER)
        assert stages(walmart.of("shipment_lost", "2026-05-21")[0]) == {"future": 2}
        assert stages(walmart.of("shipment_lost", LATER)[0]) == {"ready": 2}

    def test_receipts_of_the_log_count(self, walmart: ShippingReports) -> None:
        self.sent(walmart, "CLOSED", 20, 14, 2)
        walmart.received(19, on="2026-05-02", shipment=GDM, marketplace="WALMART_US", goods=LAMP)
        assert stages(walmart.of("shipment_lost", "2026-05-11")[0]) == {"ready": 1}

    def test_a_header_that_counts_more_than_its_lines_makes_them_doubtful(self, walmart: ShippingReports) -> None:
        walmart.shipment("CLOSED", shipment=GDM, marketplace="WALMART_US", received=20)
        walmart.sent(20, 14, damaged=0, shipment=GDM, marketplace="WALMART_US", goods=LAMP)
        assert stages(walmart.of("shipment_lost", "2026-05-11")[0]) == {"review": 6}

    @pytest.mark.parametrize("status", ["CANCELLED", "PENDING_SHIPMENT_DETAILS"])
    def test_what_was_cancelled_is_nothing(self, walmart: ShippingReports, status: str) -> None:
        self.sent(walmart, status, 20, 0, 1)
        walmart.detect()
        assert walmart.items() == []

    def test_an_unknown_status_is_in_review(self, walmart: ShippingReports) -> None:
        self.sent(walmart, "ON_HOLD", 20, 14, 0)
        assert stages(walmart.of("shipment_lost", "2026-05-30")[0]) == {"review": 6}
