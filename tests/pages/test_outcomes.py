"""Outcomes: rates of decided cases, times with the open ones in them, and what was paid without a case."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts, tile
from tests.pages.world import ALPINE

PAGE = "pages/outcomes.py"
MANAGER = "manager@example.com"


@pytest.fixture
def many(database: Database, small_world: dict[str, int]) -> None:
    """Thirty more decided cases of Alpine's: each third was lost; and one that is open for 100 days."""
    decided = [
        {
            "status": "not_eligible" if number % 3 == 0 else "fully_reimbursed",
            "recovered_amount": "0" if number % 3 == 0 else "10.00",
            "opened_on": day(-60),
            "decided_on": day(-60 + number),
        }
        for number in range(30)
    ]
    with database.owner.begin() as owner:
        world.more_cases(owner, small_world["ALPINE"], *decided, {"opened_on": day(-100), "claimed_amount": "7.00"})


def day(number: int) -> Any:
    return world.TODAY + timedelta(days=number)


def numbers(app: AppTest, column: str) -> pd.DataFrame:
    """The numbers beside the chart whose table has this column."""
    return listed(app, column)


@pytest.mark.usefixtures("many")
def test_a_rate_is_of_won_and_lost_cases_alone(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com")
    assert not app.exception
    assert tile(app, "Win rate") == "68%"  # 20 of 30 and A-200; A-100 is open
    assert "95% interval 50–81% · 21 of 31 decided cases" in texts(app)
    assert "Open cases and cases filed elsewhere are excluded: 2 open." in texts(app)
    assert tile(app, "Recovery rate") == "69%"  # 220.40 of 320.40


@pytest.mark.usefixtures("many")
def test_few_cases_are_said_to_be_few(visit: Open) -> None:
    rows = numbers(visit(PAGE, "alpine@example.com"), "Decided")
    assert list(zip(rows["Category"], rows["Decided"], rows["Sample"], strict=True)) == [
        ("Inventory lost", 30, ""),
        ("Inventory damaged", 1, "small"),
    ]


def test_currencies_are_not_added(visit: Open) -> None:
    rows = numbers(visit(PAGE, MANAGER, outcomes_currency="EUR"), "Decided")
    shown = zip(rows["Filed"], rows["Recovered"], strict=True)
    assert [row for row in shown if row[0] is not None] == [(Decimal("3.33"), Decimal(0))]


@pytest.mark.parametrize(
    ("key", "value", "column", "of"),
    [
        ("outcomes_marketplace", "Amazon Germany", "Category", ["Inventory lost"]),
        ("outcomes_category", "Inventory damaged", "Category", ["Inventory damaged"]),
        ("outcomes_by", "Marketplace", "Marketplace", ["Amazon Germany", "Amazon United States"]),
    ],
)
def test_a_choice_narrows_or_groups_the_rates(visit: Open, key: str, value: str, column: str, of: list[str]) -> None:
    assert sorted(numbers(visit(PAGE, MANAGER, **{key: value}), "Decided")[column]) == of


def test_rates_by_category_and_marketplace_are_a_heat_map(visit: Open) -> None:
    assert listed(visit(PAGE, "alpine@example.com"), "Amazon Germany").empty  # one marketplace
    rows = listed(visit(PAGE, MANAGER), "Amazon Germany")
    assert list(rows["Category"]) == ["Inventory lost", "Inventory damaged"]


def test_where_no_case_fits_the_page_says_so(visit: Open) -> None:
    app = visit(PAGE, MANAGER, outcomes_marketplace="Amazon Germany", outcomes_category="Inventory damaged")
    assert "No case fits these choices" in texts(app)
    assert not app.exception


@pytest.mark.usefixtures("many")
def test_open_cases_count_for_as_long_as_they_have_been_open(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com")
    rows = numbers(app, "At risk")
    # 33 filed cases; one is resolved on the day it was opened, and one not after 100 days
    assert list(rows["At risk"])[:2] == [33, 32]
    assert tile(app, "Median time") == "15 days"
    assert rows["Not resolved"].iloc[-1] == "3%"


@pytest.mark.usefixtures("many")
def test_as_of_moves_ages_and_no_rate(visit: Open) -> None:
    now, later = (visit(PAGE, "alpine@example.com", as_of=day(days).isoformat()) for days in (0, 10))
    assert aged(now) == {"8–14 days": 1, "over 90 days": 1}
    assert aged(later) == {"15–30 days": 1, "over 90 days": 1}
    assert tile(later, "Win rate") == tile(now, "Win rate")
    assert tile(later, "Median time") == tile(now, "Median time")


def aged(app: AppTest) -> dict[str, int]:
    rows = numbers(app, "Age")
    return {age: cases for age, cases in zip(rows["Age"], rows["Open cases"], strict=True) if cases}


def test_what_open_cases_claim_is_the_case_trackers_figure(visit: Open) -> None:
    ageing = numbers(visit(PAGE, "alpine@example.com"), "Open cases")
    tracker = listed(visit("pages/case_tracker.py", "alpine@example.com", cases_status=["Open"]), "Last change")
    assert sum(ageing["Filed"]) == sum(tracker["Filed"]) == 10
    assert sum(ageing["Open cases"]) == len(tracker) == 1


def test_what_is_paid_without_a_case_is_no_success_of_one(
    visit: Open, totals: Callable[[str, str, str], Decimal], database: Database, small_world: dict[str, int]
) -> None:
    elsewhere = {"origin": "filed_elsewhere", "status": "fully_reimbursed", "opened_on": None, "paid": ["4.00"]}
    with database.owner.begin() as owner:
        world.more_cases(
            owner,
            small_world["ALPINE"],
            elsewhere | {"case_id": "E-1", "recovered_amount": "4.00"},
            {"case_id": "F-1", "status": "fully_reimbursed", "recovered_amount": "6.00", "paid": ["6.00"]},
        )
    app = visit(PAGE, "alpine@example.com")
    (row,) = numbers(app, "All that was paid").to_dict("records")
    filed, other, by_itself, paid = list(row.values())[2:]
    assert paid == Decimal("30.40")  # 25.40 − 5.00 that name no case, 4.00 and 6.00 that do
    assert (filed, other) == (Decimal("26.40"), Decimal("4.00"))  # A-200 of the world says 20.40 that no row names
    assert filed + other + by_itself == paid
    assert "1 filed elsewhere" in texts(app)
    assert numbers(app, "Decided")["Decided"].sum() == 2  # A-200 and F-1


def test_a_seller_sees_rates_of_own_cases_alone(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com", outcomes_by="Marketplace")
    assert list(numbers(app, "Decided")["Marketplace"]) == ["Amazon United States"]
    assert "Germany" not in everything(app)
    both = visit(PAGE, MANAGER, outcomes_by="Marketplace")
    assert len(numbers(both, "Decided")) == 2
    assert ALPINE.sku not in everything(both)
