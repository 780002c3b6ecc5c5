"""Which marketplace a row belongs to: told by what the report says, by what was chosen, or left open."""

from datetime import date

import pytest

from tests.loaders.conftest import AddDesk, Desk
from tests.loaders.reports import LEDGER, cases, ledger, reimbursements, returns


def marketplaces(desk: Desk, table: str) -> list[str]:
    return desk.column(f"select marketplace from {table} where account_id = :account_id order by row_id")  # noqa: S608


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


def test_walmart_elsewhere_than_in_the_united_states_is_refused(desk: Desk) -> None:
    result = desk.take("cases.csv", cases({"marketplace": "WALMART_CA"}, {"marketplace": "WALMART_UNASSIGNED"}))
    assert (result.refused, desk.counts()) == (2, {})
    assert "United States accounts alone" in result.message
