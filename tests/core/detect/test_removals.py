"""Parcels of removals that never arrived, and units that nobody asked to dispose of; and what only looks like it."""

import pytest
from sqlalchemy import Connection

from tests.core.detect.shipping import ShippingReports
from tests.core.reports import LAMP, MUG, stages

SENT = "2026-05-01"
DISPOSED = "2026-05-20"


@pytest.fixture
def acme(connection: Connection) -> ShippingReports:
    return ShippingReports(connection)


class TestRemovalsLost:
    """A parcel without a delivery is lost only where deliveries of removals are written down."""

    def test_where_no_delivery_is_ever_noted_none_is_missing(self, acme: ShippingReports) -> None:
        acme.removed(3, on=SENT)
        (item,) = acme.of("removal_lost", "2026-06-01")
        assert stages(item) == {"review": 3}
        assert "arrived" in item["review_reason"]
        assert (item["order_id"], item["shipment_id"], item["fnsku"]) == ("REM-1", "1Z999", MUG["fnsku"])

    def test_a_parcel_that_is_missing_among_those_that_arrived_may_only_not_be_written_down(
        self, acme: ShippingReports
    ) -> None:
        acme.removed(1, on="2026-04-01", tracking="1Z1")
        acme.delivered("1Z1", on="2026-04-08")
        acme.removed(3, on=SENT, tracking="1Z2")
        (item,) = acme.of("removal_lost", "2026-05-16")
        assert (stages(item), item["shipment_id"]) == ({"review": 3}, "1Z2")
        assert (str(item["opens_on"]), str(item["deadline_on"])) == ("2026-05-16", "2026-07-15")
        assert stages(acme.items("2026-07-16")[0]) == {"expired": 3}

    @pytest.mark.parametrize(("whole_until", "stage"), [("2026-05-16", "ready"), ("2026-05-15", "review")])
    def test_where_every_delivery_is_stated_to_be_noted_it_is_lost(
        self, acme: ShippingReports, whole_until: str, stage: str
    ) -> None:
        acme.covers("shipment_deliveries", "2026-04-01", whole_until)
        acme.removed(3, on=SENT)
        acme.reimbursed(1, "5.00", on="2026-06-01", goods=MUG | {"fnsku": "X9", "sku": "X9", "asin": "X9"})
        assert stages(acme.of("removal_lost", "2026-06-01")[0]) == {stage: 3}

    def test_deliveries_that_were_noted_long_ago_say_nothing_of_a_new_parcel(self, acme: ShippingReports) -> None:
        acme.removed(1, on="2026-01-01", tracking="1Z1")
        acme.delivered("1Z1", on="2026-01-08")
        acme.removed(3, on=SENT, tracking="1Z2")
        acme.reimbursed(1, "5.00", on="2026-06-01", goods=MUG | {"fnsku": "X9", "sku": "X9", "asin": "X9"})
        assert stages(acme.of("removal_lost", "2026-06-01")[0]) == {"review": 3}

    @pytest.mark.parametrize("named", ["1Z999", "REM-1"])
    def test_a_delivery_names_the_parcel_or_its_order(self, acme: ShippingReports, named: str) -> None:
        acme.removed(3, on=SENT)
        acme.delivered(named, on="2026-05-08")
        assert acme.of("removal_lost") == []

    @pytest.mark.parametrize("order_type", ["Disposal", "Liquidations"])
    def test_what_is_disposed_of_arrives_nowhere(self, acme: ShippingReports, order_type: str) -> None:
        acme.removed(3, on=SENT, order_type=order_type)
        assert acme.of("removal_lost") == []

    def test_the_lines_of_one_product_in_a_parcel_are_one_item(self, acme: ShippingReports) -> None:
        acme.removed(3, on=SENT)
        acme.removed(2, on=SENT, disposition="Unsellable")
        acme.removed(1, on=SENT, tracking="1Z7")
        assert sorted(item["units"] for item in acme.of("removal_lost")) == [1, 5]

    def test_payments_for_a_lost_removal_settle_it(self, acme: ShippingReports) -> None:
        acme.removed(3, on=SENT)
        acme.reimbursed(2, "10.00", on="2026-06-01", reason="Removal_Order_Lost")
        assert stages(acme.of("removal_lost", "2026-06-02")[0]) == {"claimed": 2, "review": 1}

    def test_its_order_tells_the_marketplace(self, connection: Connection) -> None:
        american = ShippingReports(connection, marketplaces=("AMAZON_US", "AMAZON_CA"))
        american.removal_ordered(3, on="2026-04-28", order_type="Return")
        american.removed(3, on=SENT, marketplace="AMAZON_UNASSIGNED")
        assert american.of("removal_lost")[0]["marketplace"] == "AMAZON_US"


class TestInventoryDestroyed:
    """Disposals beyond what was ordered to be disposed of."""

    def ordered_before(self, acme: ShippingReports) -> None:
        """Removal orders of other goods, so that the report is there."""
        acme.removal_ordered(1, on="2026-04-01", order="OTHER", goods=LAMP | {"fnsku": "X0LAMP"})

    def test_units_that_nobody_asked_to_dispose_of_are_an_item(self, acme: ShippingReports) -> None:
        self.ordered_before(acme)
        acme.adjusted(-4, "D", on=DISPOSED)
        (item,) = acme.of("inventory_destroyed", "2026-06-01")
        assert (stages(item), str(item["event_on"])) == ({"ready": 4}, DISPOSED)
        assert str(item["deadline_on"]) == "2026-07-19"

    def test_an_order_from_before_covers_as_many_as_it_asks_for(self, acme: ShippingReports) -> None:
        acme.removal_ordered(5, on="2026-05-01")
        acme.adjusted(-4, "D", on=DISPOSED)
        acme.adjusted(-4, "D", on="2026-05-25")
        (item,) = acme.of("inventory_destroyed", "2026-06-05")
        assert (item["units"], str(item["event_on"])) == (3, "2026-05-25")

    def test_an_order_may_have_another_name_of_the_goods(self, acme: ShippingReports) -> None:
        acme.removal_ordered(4, on="2026-05-01", goods=MUG | {"fnsku": ""})
        acme.adjusted(-4, "D", on=DISPOSED, goods=MUG | {"sku": ""})
        acme.lost(1, on="2026-05-01")  # which says that both names are one product's
        assert acme.of("inventory_destroyed") == []

    def test_an_order_from_afterwards_covers_nothing_before(self, acme: ShippingReports) -> None:
        self.ordered_before(acme)
        acme.adjusted(-4, "D", on=DISPOSED)
        acme.removal_ordered(4, on="2026-05-21")
        acme.adjusted(-4, "D", on="2026-05-25")
        (item,) = acme.of("inventory_destroyed", "2026-06-05")
        assert (item["units"], str(item["event_on"])) == (4, DISPOSED)

    def test_what_was_cancelled_or_sent_back_covers_nothing(self, acme: ShippingReports) -> None:
        acme.removal_ordered(4, on="2026-05-01", cancelled=4, disposed=0, status="Cancelled")
        acme.removal_ordered(4, on="2026-05-01", order="REM-2", order_type="Return", disposed=0)
        acme.adjusted(-4, "D", on=DISPOSED)
        assert acme.of("inventory_destroyed")[0]["units"] == 4

    def test_an_order_that_is_still_going_on_covers_all_that_it_asks_for(self, acme: ShippingReports) -> None:
        acme.removal_ordered(4, on="2026-05-01", disposed=1, status="Processing")
        acme.adjusted(-4, "D", on=DISPOSED)
        assert acme.of("inventory_destroyed") == []

    def test_a_disposal_that_was_undone_is_nothing(self, acme: ShippingReports) -> None:
        self.ordered_before(acme)
        acme.adjusted(-4, "D", on=DISPOSED)
        acme.adjusted(4, "D", on="2026-05-21")
        assert acme.of("inventory_destroyed") == []

    def test_without_the_report_of_removal_orders_it_is_in_review(self, acme: ShippingReports) -> None:
        acme.adjusted(-4, "D", on=DISPOSED)
        (item,) = acme.of("inventory_destroyed", "2026-06-01")
        assert stages(item) == {"review": 4}
        assert "removal orders report" in item["review_reason"]

    @pytest.mark.parametrize("disposition", ["CUSTOMER_DAMAGED", "DEFECTIVE", "WAREHOUSE_DAMAGED", ""])
    def test_units_that_were_unsellable_are_in_review(self, acme: ShippingReports, disposition: str) -> None:
        self.ordered_before(acme)
        row = acme.adjusted(-4, "D", on=DISPOSED)
        acme.change("inventory_event", row, disposition=disposition)
        assert stages(acme.of("inventory_destroyed", "2026-06-01")[0]) == {"review": 4}

    def test_walmart_does_not_say_who_asked(self, connection: Connection) -> None:
        walmart = ShippingReports(connection, marketplaces=("WALMART_US",))
        walmart.adjusted(
            -2, "77", on=DISPOSED, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment", reason_text="Disposed"
        )
        assert stages(walmart.of("inventory_destroyed", "2026-06-01")[0]) == {"review": 2}
