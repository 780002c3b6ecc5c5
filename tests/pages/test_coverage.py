"""Data sync says which report to sync next, since items wait for it, and for which days each report is whole."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text

from core.database.access import people
from core.ui.text import day_ranges
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts

PAGE = "pages/data_sync.py"
CEDAR, BOTH = "cedar@example.com", "both@example.com"
DAY = "2026-10-20"
REIMBURSEMENTS = "Amazon FBA reimbursements"


def _cedar(connection: Connection) -> int:
    """Two losses in the States and one in Canada after the reimbursements end, one in Germany where there are none."""
    reports = Reports(connection, "CEDAR", ("AMAZON_US", "AMAZON_CA", "AMAZON_DE"), whole=())
    for currency, cost in (("USD", "602.25"), ("CAD", "10.00")):
        reports.costs(cost, since="2026-01-01", currency=currency)
    reports.covers("amazon_reimbursements", "2026-01-01", "2026-09-14")
    reports.covers("amazon_reimbursements", "2026-06-01", "2026-09-14")
    connection.execute(
        text("delete from stated_coverage where account_id = :id and region = 'EU'"), {"id": reports.account_id}
    )
    reports.lost(1, on="2026-09-20")
    reports.lost(1, on="2026-09-21")
    reports.lost(1, on="2026-09-20", marketplace="AMAZON_CA")
    reports.lost(1, on="2026-09-20", marketplace="AMAZON_DE")
    reports.lost(1, on="2026-10-15", goods={"sku": "NEWEST", "fnsku": "", "asin": ""})
    reports.refused("")
    reports.detect()
    people.add_user(connection, CEDAR, "seller", ["CEDAR"])
    people.add_user(connection, BOTH, "account_manager", ["CEDAR", "BETULA"])
    return reports.account_id


@pytest.fixture(scope="module")
def with_cedar(server: Server, with_small_world: Filled[dict[str, int]]) -> Iterator[Filled[int]]:
    """The world with them, made once."""
    with filled(server, with_small_world.name, _cedar) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_cedar: Filled[int]) -> str:
    """Every test here begins with them."""
    return with_cedar.name


@pytest.fixture
def cedar(with_cedar: Filled[int]) -> int:
    """Two losses in the States and one in Canada after the reimbursements end, one in Germany where there are none."""
    return with_cedar.told


@pytest.mark.usefixtures("cedar")
def test_the_gap_for_which_most_money_waits_is_said_in_words(visit: Open) -> None:
    app = visit(PAGE, CEDAR, as_of=DAY)
    assert not app.exception
    assert "Sync next" in texts(app)
    said = texts(app).replace("\\", "")
    assert (
        "**No reimbursements for North America after Sep 14, 2026: 3 items worth $1,204.50 and CA$10.00 wait.**" in said
    )


@pytest.mark.usefixtures("cedar")
def test_each_gap_has_its_items_and_their_worth_in_each_currency(visit: Open) -> None:
    rows = listed(visit(PAGE, CEDAR, as_of=DAY), "What is missing").to_dict("records")
    assert [(row["What is missing"], row["Items waiting"], row["Worth"], row["Currency"]) for row in rows] == [
        ("No reimbursements for North America after Sep 14, 2026", 2, Decimal("1204.50"), "USD"),
        ("No reimbursements for North America after Sep 14, 2026", 1, Decimal("10.00"), "CAD"),
        ("No reimbursements for Europe at all", 1, None, "EUR"),
    ]
    assert [row["With no value"] == 1 for row in rows] == [False, False, True]


@pytest.mark.usefixtures("cedar")
def test_a_report_says_for_which_days_it_is_whole_and_what_it_lacks(visit: Open) -> None:
    rows = listed(visit(PAGE, CEDAR, as_of=DAY), "Whole for").set_index("Report")
    row = rows.loc[REIMBURSEMENTS]
    assert row["Region"] == "North America"
    assert "(rows)" in rows.loc["Amazon inventory ledger, detailed view"]["Whole for"].iloc[0]
    assert row["Whole for"] == "Jan 1, 2026 – Sep 14, 2026 (stated)"
    assert (row["Gaps"], row["Items waiting"]) == ("after Sep 14, 2026", 3)


@pytest.mark.usefixtures("cedar")
def test_what_can_not_be_claimed_any_more_waits_no_longer(visit: Open) -> None:
    app = visit(PAGE, CEDAR, as_of="2028-01-01")
    assert "Sync next" not in texts(app)
    assert "after Sep 14, 2026" in set(listed(app, "Whole for")["Gaps"])
    assert "Items waiting" not in listed(app, "Whole for").columns


@pytest.mark.usefixtures("cedar")
def test_the_items_that_wait_for_a_gap_are_a_list_of_their_own(visit: Open) -> None:
    named = "No reimbursements for North America after 2026-09-14"
    asked = {"items_holding": "Review", "items_waits": named, "as_of": DAY}
    app = visit("pages/items.py", CEDAR, **asked, items_currency="USD")
    assert r": \$1,204\.50, 2 items" in texts(app)
    assert len(listed(app, "Why in review")) == 2
    assert len(listed(visit("pages/items.py", CEDAR, **asked), "Why in review")) == 3
    assert len(listed(visit("pages/items.py", CEDAR, items_holding="Review", as_of=DAY), "Why in review")) == 4


@pytest.mark.usefixtures("cedar")
def test_a_gap_that_is_none_of_this_visitor_leaves_the_list_as_it_is(visit: Open) -> None:
    app = visit(
        "pages/items.py", "alpine@example.com", items_holding="Review", items_waits="No orders for Europe at all"
    )
    assert not app.exception
    assert len(listed(app, "Why in review")) == 1


@pytest.mark.usefixtures("cedar")
def test_a_manager_sees_whose_gap_it_is(visit: Open) -> None:
    app = visit(PAGE, BOTH, as_of=DAY)
    assert "**CEDAR Ltd: No reimbursements" in texts(app)
    assert set(listed(app, "What is missing")["Account"]) == {"CEDAR Ltd"}
    assert set(listed(app, "Reimbursements")["Account"]) == {"Betula", "CEDAR Ltd"}


@pytest.mark.usefixtures("cedar")
def test_another_seller_is_sent_none_of_it(visit: Open) -> None:
    sent = everything(visit(PAGE, "alpine@example.com", as_of=DAY))
    assert "What is missing" not in sent
    assert "CEDAR" not in sent


def test_where_nothing_is_synced_nothing_is_said_of_coverage(visit: Open) -> None:
    said = texts(visit(PAGE, "empty@example.com"))
    assert "Sync next" not in said
    assert "Coverage" not in said


def gap(**values: Any) -> dict[str, Any]:
    """A gap in the returns of North America for which three items wait."""
    shared = {"format": "amazon_customer_returns", "region": "NA", "currency": "USD", "first_on": None, "last_on": None}
    return {**shared, "items": 3, "amount": Decimal("5.00"), "items_without_value": 0, **values}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((None, None), "at all"),
        ((None, date(2026, 3, 2)), "before Mar 3, 2026"),
        ((date(2026, 3, 3), None), "after Mar 2, 2026"),
        ((date(2026, 3, 3), date(2026, 3, 3)), "on Mar 3, 2026"),
        ((date(2026, 3, 3), date(2026, 4, 9)), "from Mar 3, 2026 to Apr 9, 2026"),
    ],
)
def test_the_days_of_a_gap_in_words(days: tuple[date | None, date | None], words: str) -> None:
    first, last = days
    assert day_ranges.gap(gap(first_on=first, last_on=last)) == f"No customer returns for North America {words}"


@pytest.mark.parametrize(
    ("report", "place", "words"),
    [
        ("amazon_settlement_v2", "EU", "No settlements in USD for Europe at all"),
        ("amazon_orders", "JP", "No orders for Amazon Japan at all"),
        ("walmart_returns", "US", "No returns for Walmart United States at all"),
    ],
)
def test_a_gap_names_the_currency_of_settlements_and_a_place_that_stands_alone(
    report: str, place: str, words: str
) -> None:
    assert day_ranges.gap(gap(format=report, region=place)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "3 items worth $5.00 wait"),
        ({"items": 1}, "1 item worth $5.00 waits"),
        ({"items_without_value": 2}, "3 items worth $5.00 wait, 2 of them with no value yet"),
        ({"items_without_value": 3, "amount": Decimal(0)}, "3 items with no value yet wait"),
        ({"items": 1, "items_without_value": 1, "amount": Decimal(0)}, "1 item with no value yet waits"),
    ],
)
def test_what_waits_in_words(values: dict[str, Any], words: str) -> None:
    assert day_ranges.waiting([gap(**values)]) == words


def test_what_waits_in_several_currencies_in_words() -> None:
    rows = [gap(), gap(currency="CAD", items=1), gap(currency="EUR", items_without_value=3, amount=Decimal(0))]
    said = "7 items worth $5.00 and CA$5.00 wait, 3 of them with no value yet"
    assert day_ranges.waiting(rows) == said


def test_several_spans_and_the_gaps_between_them_in_words() -> None:
    firsts, lasts = [date(2026, 1, 1), date(2026, 3, 3)], [date(2026, 1, 31), date(2026, 3, 3)]
    row = {"covered_from": firsts, "covered_through": lasts, "known_by": ["rows, stated", "connector"]}
    assert day_ranges.whole(row) == "Jan 1, 2026 – Jan 31, 2026 (rows, stated); Mar 3, 2026 (connector)"
    said = {day: day_ranges.lacking({**row, "today": date(2026, 3, day)}) for day in (4, 5)}
    assert said == {4: "Feb 1, 2026 – Mar 2, 2026", 5: "Feb 1, 2026 – Mar 2, 2026; after Mar 3, 2026"}
