"""Silence proves nothing that was not covered: what is ready needs the report of what was paid to be whole."""

import pytest
from sqlalchemy import Connection, text

from tests.core.reports import LAMP, MUG, Reports, stages

LOST, LATER = "2026-06-10", "2026-07-10"
OTHER = MUG | {"sku": "PAN-1", "fnsku": "X0PAN", "asin": "B0PAN"}


@pytest.fixture
def acme(connection: Connection) -> Reports:
    """A seller of whose reports nothing is stated, with a ledger that goes on."""
    acme = Reports(connection, marketplaces=("AMAZON_US", "AMAZON_DE"), whole=())
    for month in (5, 6, 7):
        for day in range(1, 28, 3):
            acme.adjusted(1, "F", on=f"2026-{month:02}-{day:02}", goods=OTHER)
            acme.adjusted(1, "F", on=f"2026-{month:02}-{day:02}", goods=OTHER, marketplace="AMAZON_DE")
    return acme


def lost(acme: Reports, marketplace: str = "AMAZON_US") -> tuple[dict[str, int], str | None]:
    acme.lost(2, on=LOST, marketplace=marketplace)
    acme.detect()
    (item,) = (item for item in acme.items(LATER) if item["category"] == "inventory_lost" and item["sku"] == "MUG-1")
    return stages(item), item["review_code"]


def paid(acme: Reports, first: int, last: int, marketplace: str = "AMAZON_US") -> None:
    """Reimbursements of other goods, every third day from one month to another."""
    for month in range(first, last + 1):
        for day in range(1, 28, 3):
            acme.reimbursed(1, "5.00", on=f"2026-{month:02}-{day:02}", goods=OTHER, marketplace=marketplace)


IN_REVIEW, READY = ({"review": 2}, "payments_not_covered"), ({"ready": 2}, None)


def test_without_reimbursements_nobody_knows_what_was_paid(acme: Reports) -> None:
    assert lost(acme) == IN_REVIEW


def test_reimbursements_that_end_before_the_loss_do_not_say_that_it_was_not_paid(acme: Reports) -> None:
    paid(acme, 3, 5)
    assert lost(acme) == IN_REVIEW


def test_reimbursements_that_go_on_say_so(acme: Reports) -> None:
    paid(acme, 5, 7)
    assert lost(acme) == READY


def test_those_of_another_region_do_not(acme: Reports) -> None:
    paid(acme, 5, 7, "AMAZON_DE")
    assert lost(acme) == IN_REVIEW


@pytest.mark.parametrize(("until", "expected"), [("2026-07-18", READY), ("2026-07-17", IN_REVIEW)])
def test_stated_they_are_whole_up_to_a_week_before_the_newest_data(
    acme: Reports, until: str, expected: tuple[dict[str, int], str | None]
) -> None:
    acme.covers("amazon_reimbursements", "2026-05-01", until)  # the newest row is of 25 July
    assert lost(acme) == expected


def test_walmart_pays_in_its_reconciliation(connection: Connection) -> None:
    acme = Reports(connection, marketplaces=("WALMART_US",), whole=("walmart_inventory_log",))
    acme.adjusted(-2, "LOST", on=LOST, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    acme.reconciled("WFS StorageFee", "-1.00", on="2026-06-20", transaction_type="Service Fee")
    acme.adjusted(1, "FOUND", on="2026-07-08", marketplace="WALMART_US", goods=OTHER | {"fnsku": ""})
    (item,) = (item for item in _items(acme) if item["sku"] == LAMP["sku"])
    assert item["review_code"] == "payments_not_covered"
    acme.covers("walmart_reconciliation", LOST, "2026-07-05")
    (item,) = (item for item in _items(acme) if item["sku"] == LAMP["sku"])
    assert stages(item) == {"ready": 2}


def _items(acme: Reports) -> list[dict[str, object]]:
    acme.detect()
    return [dict(item) for item in acme.items(LATER)]


def test_what_waits_for_a_gap_is_counted_with_its_money(acme: Reports) -> None:
    acme.costs("4.00", since="2020-01-01")
    lost(acme)
    acme.connection.execute(text(f"set local recoup.today = '{LATER}'"))
    query = "select region, covered_from, waiting_items, waiting_amount from reporting.coverage where format = :format"
    (row,) = acme.connection.execute(text(query), {"format": "amazon_reimbursements"}).all()
    assert tuple(row) == ("NA", None, 1, 8)


def test_what_is_known_of_coverage_does_not_depend_on_how_often_it_is_looked_at(acme: Reports) -> None:
    paid(acme, 5, 7)
    query = text("select * from coverage where account_id = :id order by 2, 3, 4, 5, 6")
    found = []
    for _ in range(2):
        acme.detect()
        found.append(acme.connection.execute(query, {"id": acme.account_id}).all())
    assert found[0] == found[1]
