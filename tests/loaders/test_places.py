"""Which marketplace a row belongs to: told by what the report says, by what was chosen, or left open."""

import itertools
import json
from datetime import date

import pytest

from tests.loaders.conftest import AddDesk, Desk
from tests.loaders.reports import LEDGER, cases, ledger, reimbursements, returns
from tests.loaders.test_samples import SAMPLES


def marketplaces(desk: Desk, table: str) -> list[str]:
    return desk.column(f"select marketplace from {table} where account_id = :account_id order by row_id")


@pytest.mark.parametrize(
    ("country", "store", "chosen", "told"),
    [
        ("US", "", None, "AMAZON_US"),
        ("GB", "", None, "AMAZON_UK"),
        ("UK", "", None, "AMAZON_UK"),
        ("PL", "Amazon.de", None, "AMAZON_DE"),
        ("PL", "", None, "AMAZON_UNASSIGNED"),
        ("PL", "", "AMAZON_DE", "AMAZON_DE"),
        ("US", "", "AMAZON_DE", "AMAZON_US"),
        ("", "", None, "AMAZON_UNASSIGNED"),
        ("PL", "", "WALMART_US", "AMAZON_UNASSIGNED"),
    ],
)
def test_a_ledger_rows_marketplace_is_told_by_its_country(
    desk: Desk, country: str, store: str, chosen: str | None, told: str
) -> None:
    columns = [*LEDGER, "Store"]
    desk.take("ledger.tsv", ledger({"Country": country, "Store": store}, columns=columns), marketplace=chosen)
    assert marketplaces(desk, "inventory_event") == [told]


@pytest.mark.parametrize(
    ("own", "currency", "chosen", "told"),
    [
        (["AMAZON_US", "AMAZON_DE"], "EUR", None, "AMAZON_DE"),
        (["AMAZON_DE", "AMAZON_FR"], "EUR", None, "AMAZON_UNASSIGNED"),
        (["AMAZON_DE", "AMAZON_FR"], "EUR", "AMAZON_FR", "AMAZON_FR"),
        (["AMAZON_DE", "AMAZON_FR"], "EUR", "AMAZON_US", "AMAZON_UNASSIGNED"),
        (["AMAZON_DE"], "USD", None, "AMAZON_UNASSIGNED"),
        (["WALMART_US"], "USD", None, "AMAZON_UNASSIGNED"),
    ],
)
def test_a_reimbursements_marketplace_is_told_by_its_currency(
    add_desk: AddDesk, own: list[str], currency: str, chosen: str | None, told: str
) -> None:
    desk = add_desk(own)
    desk.take("paid.tsv", reimbursements({"currency-unit": currency}), marketplace=chosen)
    assert marketplaces(desk, "reimbursement") == [told]


@pytest.mark.parametrize(
    ("own", "chosen", "told"),
    [
        (["AMAZON_DE", "WALMART_US"], None, "AMAZON_DE"),
        (["AMAZON_US", "AMAZON_DE"], None, "AMAZON_UNASSIGNED"),
        (["AMAZON_US", "AMAZON_DE"], "AMAZON_DE", "AMAZON_DE"),
    ],
)
def test_a_returns_marketplace_is_the_only_one_or_the_one_chosen(
    add_desk: AddDesk, own: list[str], chosen: str | None, told: str
) -> None:
    desk = add_desk(own)
    desk.take("returns.tsv", returns({}), marketplace=chosen)
    assert marketplaces(desk, "customer_return") == [told]


def test_a_file_taken_again_with_its_marketplace_leaves_unassigned(desk: Desk) -> None:
    """In Berlin it is another day than in Los Angeles: the same return must not be there twice."""
    late = returns({"return-date": "2026-05-20T03:00:00+00:00"})
    desk.take("returns.tsv", late)
    stored = "select marketplace, returned_on from customer_return where account_id = :account_id"
    assert desk.rows(stored) == [{"marketplace": "AMAZON_UNASSIGNED", "returned_on": date(2026, 5, 19)}]
    desk.take("returns.tsv", late, marketplace="AMAZON_DE")
    assert desk.rows(stored) == [{"marketplace": "AMAZON_DE", "returned_on": date(2026, 5, 20)}]


LATE = "2026-05-20T03:00:00+00:00"
"""The 20th in Berlin, and still the 19th in Los Angeles, by whose time what is not placed is dated."""


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_place_that_one_export_tells_is_not_lost_by_another_whatever_the_order(
    desk: Desk, order: tuple[int, ...]
) -> None:
    exports = [
        ("returns_2026-06-01.tsv", returns({"return-date": LATE, "status": "new"}), "AMAZON_DE"),
        ("returns_2026-06-20.tsv", returns({"return-date": LATE, "status": "newest"}), None),
        ("returns_2026-06-10.tsv", returns({"return-date": LATE, "status": "newer"}), None),
    ]
    for index in order:
        name, content, chosen = exports[index]
        desk.take(name, content, marketplace=chosen)
    stored = "select marketplace, returned_on, status from customer_return where account_id = :account_id"
    assert desk.rows(stored) == [{"marketplace": "AMAZON_DE", "returned_on": date(2026, 5, 20), "status": "newest"}]


def test_a_place_that_is_told_later_counts_as_a_change(desk: Desk) -> None:
    desk.take("returns_2026-06-20.tsv", returns({}, {"order-id": "2"}))
    told = desk.take("returns_2026-06-01.tsv", returns({}), marketplace="AMAZON_DE")
    again = desk.take("returns_2026-06-30.tsv", returns({"reason": "OTHER"}, {}))
    assert (told.new, told.changed, told.unchanged) == (0, 1, 0)
    assert (again.new, again.changed, again.unchanged) == (1, 0, 1)
    assert sorted(marketplaces(desk, "customer_return")) == ["AMAZON_DE", "AMAZON_UNASSIGNED", "AMAZON_UNASSIGNED"]


def test_the_same_file_again_without_its_marketplace_stays_where_it_was_placed(desk: Desk) -> None:
    desk.take("returns.tsv", returns({"return-date": LATE}), marketplace="AMAZON_DE")
    desk.take("returns.tsv", returns({"return-date": LATE}))
    assert marketplaces(desk, "customer_return") == ["AMAZON_DE"]
    desk.take("returns.tsv", returns({"return-date": LATE}), marketplace="AMAZON_UK")
    assert marketplaces(desk, "customer_return") == ["AMAZON_UK"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_newer_export_that_tells_another_place_is_believed(desk: Desk, order: tuple[int, int]) -> None:
    exports = [("returns_2026-06-01.tsv", "AMAZON_US"), ("returns_2026-06-20.tsv", "AMAZON_DE")]
    for index in order:
        desk.take(exports[index][0], returns({"status": str(index)}), marketplace=exports[index][1])
    assert marketplaces(desk, "customer_return") == ["AMAZON_DE"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_place_of_a_shipments_items_is_kept_though_an_export_replaces_them_whole(
    desk: Desk, order: tuple[int, int]
) -> None:
    item = {"ShipmentId": "FBA1", "SellerSKU": "MUG-1", "QuantityShipped": 4}
    exports = [
        ("items_2026-06-01.json", {**item, "QuantityReceived": 1}, "AMAZON_DE"),
        ("items_2026-06-20.json", {**item, "QuantityReceived": 3}, None),
    ]
    for index in order:
        name, content, chosen = exports[index]
        desk.take(name, json.dumps({"payload": {"ItemData": [content]}}), marketplace=chosen)
    stored = "select marketplace, received_units from inbound_item where account_id = :account_id"
    assert desk.rows(stored) == [{"marketplace": "AMAZON_DE", "received_units": 3}]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_place_of_a_settlements_lines_is_kept_by_a_corrected_one(add_desk: AddDesk, order: tuple[int, int]) -> None:
    desk = add_desk(["AMAZON_DE", "AMAZON_FR"])
    content = (SAMPLES / "amazon_settlement_v2" / "de_decimal_comma.txt").read_text(encoding="utf-8")
    content = content.replace("Amazon.de", "")
    exports = [("first_2026-06-01.txt", content, "AMAZON_DE"), ("again_2026-06-20.txt", f"{content}\n", None)]
    for index in order:
        name, settlement, chosen = exports[index]
        desk.take(name, settlement, marketplace=chosen)
    assert set(marketplaces(desk, "settlement_line")) == {"AMAZON_DE"}


def test_walmart_elsewhere_than_in_the_united_states_is_refused(desk: Desk) -> None:
    result = desk.take("cases.csv", cases({"marketplace": "WALMART_CA"}, {"marketplace": "WALMART_UNASSIGNED"}))
    assert (result.refused, desk.counts()) == (2, {})
    assert "United States accounts only" in result.message
