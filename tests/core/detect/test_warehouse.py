"""What befalls units in a warehouse: one unit is owed once, whatever path it takes."""

import pytest
from sqlalchemy import Connection

from tests.core.detect.shipping import ShippingReports
from tests.core.reports import LAMP, MUG, Reports

LOST, LATER = "2026-06-10", "2026-07-10"


@pytest.fixture
def acme(connection: Connection) -> ShippingReports:
    return ShippingReports(connection)


def seen(acme: Reports, on: str = LATER) -> list[tuple[str, int, str | None]]:
    """The category, the units in review and why, of all items of events."""
    acme.detect()
    return [
        (item["category"], item["units_review"], item["review_code"])
        for item in acme.items(on)
        if item["value_basis"] != "paid"
    ]


class TestUnsellable:
    """Units that were not sellable when it happened."""

    @pytest.mark.parametrize("disposition", ["CUSTOMER_DAMAGED", "DEFECTIVE", "WAREHOUSE_DAMAGED", "SOMETHING_NEW"])
    def test_lost_they_are_for_a_person(self, acme: Reports, disposition: str) -> None:
        acme.adjusted(-2, "M", on=LOST, disposition=disposition)
        assert seen(acme) == [("inventory_lost", 2, "unsellable_lost")]

    def test_damaged_and_disposed_of_they_are_one_claim(self, acme: Reports) -> None:
        acme.covers("amazon_removal_orders")
        acme.adjusted(-2, "E", on=LOST)
        acme.adjusted(-2, "D", on="2026-06-20", disposition="WAREHOUSE_DAMAGED")
        assert seen(acme) == [("inventory_damaged", 0, None)]

    def test_disposed_of_beyond_what_was_damaged_is_for_a_person(self, acme: Reports) -> None:
        acme.covers("amazon_removal_orders")
        acme.adjusted(-1, "E", on=LOST)
        acme.adjusted(-3, "D", on="2026-06-20", disposition="WAREHOUSE_DAMAGED")
        assert ("inventory_destroyed", 2, "unsellable_disposed") in seen(acme)

    def test_graded_sellable_again_they_are_for_a_person(self, acme: Reports) -> None:
        acme.adjusted(-1, "E", on=LOST)
        acme.adjusted(1, "P", on=LOST, disposition="WAREHOUSE_DAMAGED")
        acme.adjusted(-1, "Q", on="2026-06-15", disposition="WAREHOUSE_DAMAGED")
        acme.adjusted(1, "P", on="2026-06-15")
        assert seen(acme) == [("inventory_damaged", 1, "sellable_again")]


class TestFound:
    """What was found, and how."""

    def test_found_damaged_they_are_owed_still(self, acme: Reports) -> None:
        acme.lost(2, on=LOST)
        acme.adjusted(1, "F", on="2026-06-20", disposition="WAREHOUSE_DAMAGED")
        assert seen(acme) == [("inventory_lost", 1, "found_damaged")]

    @pytest.mark.parametrize(("reconciled", "unreconciled", "in_kind"), [(0, 0, 0), (1, 2, 0), (3, 2, 3), (None, 2, 3)])
    def test_quantities_that_do_not_add_up_tell_nothing(
        self, acme: Reports, reconciled: int | None, unreconciled: int, in_kind: int
    ) -> None:
        acme.adjusted(-5, "M", on=LOST, reconciled=reconciled, unreconciled=unreconciled)
        assert acme.item(LATER)["units_in_kind"] == in_kind

    def test_a_ledger_that_ends_early_does_not_say_that_nothing_was_found(self, acme: Reports) -> None:
        for day in range(1, 28, 3):
            acme.adjusted(1, "F", on=f"2026-05-{day:02}", goods=MUG | {"sku": "PAN-1", "fnsku": "X0PAN", "asin": ""})
        acme.lost(1, on="2026-05-28")
        acme.reimbursed(1, "9.00", on="2026-09-20", goods=MUG | {"sku": "PAN-1", "fnsku": "X0PAN", "asin": ""})
        assert ("inventory_lost", 1, "finds_not_covered") in seen(acme)


class TestShipments:
    """Units of a shipment, and the same units in the warehouse."""

    def test_received_damaged_and_damaged_by_the_carrier_are_the_same(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 10)
        acme.delivered(on="2026-06-01")
        acme.received(8, on="2026-06-05")
        acme.received(2, on="2026-06-05", disposition="CARRIER_DAMAGED")
        acme.adjusted(-2, "6", on="2026-06-08", disposition="CARRIER_DAMAGED")
        assert sorted(seen(acme)) == [
            ("inventory_damaged", 2, "same_unit_elsewhere"),
            ("shipment_damaged", 0, None),
        ]

    def test_short_and_then_lost_may_be_the_same(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(10, 8)
        acme.delivered(on="2026-06-01")
        acme.lost(3, on="2026-06-12")
        assert sorted(seen(acme)) == [("inventory_lost", 2, "same_unit_elsewhere"), ("shipment_lost", 0, None)]

    def test_over_on_another_shipment_may_be_what_is_short_on_this_one(self, acme: ShippingReports) -> None:
        for shipment, received in (("FBA1", 8), ("FBA2", 11)):
            acme.shipment("CLOSED", shipment=shipment)
            acme.sent(10, received, shipment=shipment)
            acme.delivered(shipment, on="2026-06-01")
        assert seen(acme) == [("shipment_lost", 1, "over_in_other_shipment")]

    def test_two_lines_of_one_product_share_its_receipts(self, acme: ShippingReports) -> None:
        acme.shipment("CLOSED")
        acme.sent(5, None, goods=MUG)
        acme.sent(5, None, goods=MUG | {"sku": "MUG-USED"})
        acme.delivered(on="2026-06-01")
        acme.received(7, on="2026-06-05")
        acme.detect()
        assert sum(item["units"] for item in acme.items(LATER)) == 3


def test_lost_while_an_ordered_disposal_waited_is_for_a_person(acme: ShippingReports) -> None:
    acme.removal_ordered(1, on="2026-06-01", disposed=0, status="Pending")
    acme.lost(2, on=LOST)
    assert ("inventory_lost", 1, "awaits_removal") in seen(acme)


def test_a_gtin_of_twelve_digits_is_the_same_with_zeros_before_it(connection: Connection) -> None:
    acme = Reports(connection, marketplaces=("WALMART_US",))
    acme.adjusted(-1, "LOST", on=LOST, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    acme.reconciled("WFS LostInventory", "9.00", on="2026-06-20", goods={"sku": "", "gtin": LAMP["gtin"].lstrip("0")})
    acme.detect()
    assert [item["units_claimed"] for item in acme.items(LATER)] == [1]
