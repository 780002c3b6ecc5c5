"""What an export holds whole, and what says itself how new it is."""

import itertools
import json
from collections.abc import Mapping
from datetime import date

import pytest

from tests.loaders.conftest import AddDesk, Desk

MARKETPLACES = ["AMAZON_US", "WALMART_US"]


def items(shipment: str, **received: int) -> str:
    lines = [
        {"shipmentId": shipment, "gtin": sku, "sku": sku, "itemQty": 9, "receivedQty": n} for sku, n in received.items()
    ]
    return json.dumps({"payload": lines})


def stored(desk: Desk) -> Mapping[str, int]:
    query = "select shipment_id || ' ' || sku as name, received_units from inbound_item where account_id = :account_id"
    return {row["name"]: row["received_units"] for row in desk.rows(query)}


FILES = {
    "items_2026-07-10.json": items("S1", a=1, b=2),
    "items_2026-07-10_other_shipment.json": items("S2", a=5),
    "items_2026-07-12_page_1.json": items("S1", a=3),
    "items_2026-07-12_page_2.json": items("S1", c=4),
}


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)))
def test_a_newer_export_of_a_shipment_replaces_it_whole_in_any_order(add_desk: AddDesk, order: tuple[str, ...]) -> None:
    desk = add_desk(MARKETPLACES)
    for name in (*order, *order):
        desk.take(name, FILES[name])
    assert stored(desk) == {"S1 a": 3, "S1 c": 4, "S2 a": 5}


def test_a_line_that_a_newer_export_lacks_counts_as_changed_and_one_that_comes_too_late_as_unchanged(
    desk: Desk,
) -> None:
    desk.take("items_2026-07-10.json", FILES["items_2026-07-10.json"])
    newer = desk.take("items_2026-07-12.json", FILES["items_2026-07-12_page_1.json"])
    late = desk.take("items_2026-07-11.json", items("S1", a=2, d=1))
    assert (newer.new, newer.changed, newer.unchanged) == (0, 2, 0)
    assert (late.new, late.changed, late.unchanged) == (0, 0, 2)


ORDERS = "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel sku asin quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount"  # noqa: E501


def order(updated: str, status: str) -> str:
    cells = ["111-1", "", "2026-07-01", updated, status, "Amazon", "Amazon.com", "MUG-1", "", "1", "USD", "9.99"]
    header = ORDERS.split()
    return "\t".join(header) + "\n" + "\t".join([*cells, *[""] * (len(header) - len(cells))]) + "\n"


@pytest.mark.parametrize("order_of_files", [(0, 1), (1, 0)])
def test_the_later_state_of_an_order_wins_whatever_the_files_say_of_themselves(
    desk: Desk, order_of_files: tuple[int, int]
) -> None:
    files = [
        ("orders_2026-07-09.tsv", order("2026-07-02T10:00:00+00:00", "Pending")),
        ("orders_2026-07-05.tsv", order("2026-07-02T11:00:00+00:00", "Shipped")),
    ]
    for index in order_of_files:
        desk.take(*files[index])
    assert desk.column("select status from order_line where account_id = :account_id") == ["Shipped"]


def test_a_preview_of_fees_is_kept_per_marketplace_and_day(desk: Desk) -> None:
    content = "seller-sku\tasin\titem-name\tprice\testimated-referral-fee-per-item\nMUG-1\t\t\t9.99\t{}\n"
    desk.take("us.tsv", content.format("1.50"), marketplace="AMAZON_US", exported_on=date(2026, 7, 1))
    desk.take("de.tsv", content.format("1.40"), marketplace="AMAZON_DE", exported_on=date(2026, 7, 1))
    desk.take("de_later.tsv", content.format("1.30"), marketplace="AMAZON_DE", exported_on=date(2026, 7, 2))
    query = (
        "select marketplace, previewed_on::text, referral_fee::text from referral_fee_preview"
        " where account_id = :account_id order by 1, 2"
    )
    assert [tuple(row.values()) for row in desk.rows(query)] == [
        ("AMAZON_DE", "2026-07-01", "1.40"),
        ("AMAZON_DE", "2026-07-02", "1.30"),
        ("AMAZON_US", "2026-07-01", "1.50"),
    ]


@pytest.mark.parametrize("order_of_files", [(0, 1), (1, 0)])
def test_of_two_undated_pages_the_one_with_more_received_wins(desk: Desk, order_of_files: tuple[int, int]) -> None:
    old = {"shipmentId": "S1", "status": "CLOSED", "createdDate": "2026-06-01T12:00:00Z", "shipmentUnits": 9}
    new = {"shipmentId": "S2", "status": "RECEIVING", "createdDate": "2026-07-01T12:00:00Z", "shipmentUnits": 9}
    files = [
        ("all.json", json.dumps({"payload": [{**old, "receivedUnits": 2}, new]})),
        ("page_of_old_ones.json", json.dumps({"payload": [{**old, "receivedUnits": 7}]})),
    ]
    for index in order_of_files:
        desk.take(*files[index])
    query = "select received_units from inbound_shipment where account_id = :account_id and shipment_id = 'S1'"
    assert desk.column(query) == [7]


def transaction(status: str, description: str = "Order Payment") -> dict[str, object]:
    return {
        "transactionId": "b1-1",
        "transactionStatus": status,
        "description": description,
        "postedDate": "2026-07-04T05:10:00Z",
        "totalAmount": {"currencyAmount": 15.84, "currencyCode": "USD"},
    }


def transactions(*found: dict[str, object]) -> str:
    return json.dumps({"payload": {"transactions": found}})


STATUS = "select status from finance_transaction where account_id = :account_id"


@pytest.mark.parametrize("released", ["RELEASED", "Released", "DEFERRED_RELEASED"])
@pytest.mark.parametrize("order_of_files", [(0, 1), (1, 0)])
@pytest.mark.parametrize("names", [("a.json", "b.json"), ("page_2026-08-01.json", "page_2026-07-01.json")])
def test_a_transaction_that_was_released_is_not_deferred_again_by_any_file(
    desk: Desk, released: str, order_of_files: tuple[int, int], names: tuple[str, str]
) -> None:
    """A row does not say when its status was read, and the oldest page may have the newest name."""
    files = [transactions(transaction("DEFERRED", "Z")), transactions(transaction(released, "A"))]
    for index in order_of_files:
        desk.take(names[index], files[index])
    assert desk.column(STATUS) == [released]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_transaction_that_one_file_has_in_two_states_is_one_in_the_later(desk: Desk, order: tuple[int, int]) -> None:
    states = [transaction("DEFERRED"), transaction("DEFERRED_RELEASED")]
    desk.take("pages.json", transactions(*(states[index] for index in order)))
    assert desk.column(STATUS) == ["DEFERRED_RELEASED"]


def test_between_two_states_of_one_rank_the_newer_export_tells(desk: Desk) -> None:
    desk.take("page_2026-08-01.json", transactions(transaction("RELEASED", "later")))
    desk.take("page_2026-07-01.json", transactions(transaction("DEFERRED_RELEASED", "earlier")))
    assert desk.column(STATUS.replace("status", "description")) == ["later"]


ITEM = {"SellerSKU": "MUG-1", "FulfillmentNetworkSKU": "X00MUG0001", "QuantityShipped": 4, "QuantityReceived": 0}


@pytest.mark.parametrize(
    "payload",
    [
        {"ItemData": [{"ShipmentId": "FBA1", **ITEM, "PrepDetailsList": [{"PrepInstruction": "Labeling"}]}]},
        {"ItemData": [ITEM], "ShipmentId": "FBA1"},
    ],
    ids=["as the API answers", "with the id put beside the list"],
)
def test_items_of_a_shipment_to_amazon_are_taken_under_its_id(desk: Desk, payload: dict[str, object]) -> None:
    assert desk.take("items.json", json.dumps({"payload": payload})).new == 1
    assert desk.column("select shipment_id from inbound_item where account_id = :account_id") == ["FBA1"]
