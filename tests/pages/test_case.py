"""A case's own page: why it has its status, what it brought and when, and whose it is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.queries.case_tracker import CaseFilter
from core.queries.paging import Position
from core.ui.lists import neighbours
from core.vocabulary import case_address
from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import listed, old_words, texts, tile
from tests.pages.world import ALPINE, BETULA

PAGE = "pages/case.py"
NOT_THERE = "Case not found, or you don't have access."


@pytest.fixture
def case_of(visit: Open, database: Database, small_world: dict[str, int]) -> Any:
    """Opens the page of a new case of Alpine's with these values."""

    def open_case(**values: Any) -> AppTest:
        case = {"case_id": "N-1", **values}
        with database.owner.begin() as owner:
            world.more_cases(owner, small_world["ALPINE"], case)
        place = case.get("marketplace", "AMAZON_US")
        return visit(PAGE, "alpine@example.com", account=ALPINE.name, marketplace=place, case="N-1")

    return open_case


def test_it_says_where_it_stands_and_what_it_covers(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com", account=ALPINE.name, marketplace="AMAZON_US", case="A-100")
    assert "Nothing has been decided yet, and nothing recovered through it." in texts(app)
    assert tile(app, "Filed") == r"\$10\.00"
    assert list(listed(app, "Event")["Units"]) == [2]
    assert not old_words(app)


def test_it_tells_what_was_paid_and_taken_back_in_order(case_of: Any) -> None:
    app = case_of(
        status="partially_reimbursed",
        claimed_amount="10.00",
        recovered_amount="6.00",
        paid=("8.00", "-2.00"),
        opened_on=world.TODAY - timedelta(days=40),
        decided_on=world.TODAY - timedelta(days=20),
        outcome="partially_approved",
    )
    assert r"\$6\.00 of \$10\.00 recovered." in texts(app)
    steps = [each.value for each in app.markdown if re.match(r":gray\[:material/\w+:\] \w", each.value)]
    opened, decided, *paid = steps
    assert "opened" in opened
    assert "approved in part" in decided
    assert sorted("taken back" if "taken back" in line else "paid" for line in paid) == ["paid", "taken back"]
    assert all("Lost warehouse" in line for line in paid)
    assert sum(listed(app, "Reimbursement")["Amount"]) == 6


@pytest.mark.parametrize(
    ("days_ago", "said"), [(10, "20 days left, that day included"), (31, "The denial is final"), (30, "0 days left")]
)
def test_walmart_takes_one_appeal_within_thirty_days(case_of: Any, days_ago: int, said: str) -> None:
    decided = world.TODAY - timedelta(days=days_ago)
    app = case_of(
        status="not_eligible", marketplace="WALMART_US", channel="walmart", outcome="denied", decided_on=decided
    )
    app.session_state["as_of"] = world.TODAY
    assert said in texts(app.run())


def test_amazon_has_no_such_clock(case_of: Any) -> None:
    app = case_of(status="not_eligible", outcome="denied", decided_on=world.TODAY)
    assert "The marketplace denied it" in texts(app)
    assert not app.warning


def test_what_is_particular_is_marked_and_the_note_is_only_text(case_of: Any) -> None:
    app = case_of(origin="filed_elsewhere", opened_on=None, note="<b>*Asked*</b> twice; Paid without this case")
    assert "Filed elsewhere" in texts(app)
    assert "Paid without this case" in texts(app)
    assert [each.value for each in app.text] == ["<b>*Asked*</b> twice"]


@pytest.mark.parametrize(
    "address",
    [
        {"account": ALPINE.name, "marketplace": "AMAZON_US", "case": "none"},
        {"marketplace": "AMAZON_DE", "case": "B-900"},
        {"case": "B-900"},
        {},
    ],
    ids=["not there", "another's without its account", "half an address", "no address"],
)
def test_one_that_is_not_there_and_one_of_another_get_the_same_answer(visit: Open, address: dict[str, str]) -> None:
    app = visit(PAGE, "alpine@example.com", **address)
    assert [each.value for each in app.error] == [NOT_THERE]
    assert not app.metric
    assert "B-900" not in texts(app)


def test_what_is_not_found_leads_back_to_the_cases(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com", case="none")
    assert "Back to cases" in texts(app)


@pytest.mark.parametrize(
    ("place", "case_id", "address"),
    [
        ("AMAZON_DE", "13335259002", "https://sellercentral.amazon.de/cu/case-dashboard/view-case?caseID=13335259002"),
        ("AMAZON_DE", "A-100", ""),
        ("AMAZON_IE", "13335259002", ""),
        ("WALMART_US", "13335259", ""),
    ],
)
def test_a_case_leads_to_the_marketplace_where_its_address_is_known(place: str, case_id: str, address: str) -> None:
    assert case_address(place, case_id) == address


def test_a_page_without_a_list_leads_home_and_from_a_list_to_its_rows(visit: Open, small_world: dict[str, int]) -> None:
    app = visit(PAGE, "alpine@example.com", account=ALPINE.name, marketplace="AMAZON_US", case="A-100")
    assert "Back to Case Tracker" in texts(app)
    assert not [button for button in app.button if button.label == "Next"]
    asked = neighbours.Asked("cases", (small_world["ALPINE"],), CaseFilter(()), "opened", (Position(),), 2)
    app.session_state["list opened from"] = neighbours.OpenedFrom(
        "Payments", {"payments_kind": ["recovered"]}, "case", asked
    )
    app.run()
    assert "Back to Payments" in texts(app)
    assert "1 of 2" in texts(app)
    assert app.button(key="neighbour_previous").disabled
    app.button(key="neighbour_next").click().run()
    assert [each.value for each in app.title] == [r"Case A\-200 · Fully Reimbursed"]
    assert app.button(key="neighbour_next").disabled


def test_neighbours_of_an_account_that_is_no_longer_granted_are_gone(visit: Open, small_world: dict[str, int]) -> None:
    app = visit(PAGE, "alpine@example.com", account=ALPINE.name, marketplace="AMAZON_US", case="A-100")
    asked = neighbours.Asked("cases", (small_world["BETULA"],), CaseFilter(()), "opened", (Position(),), 2)
    app.session_state["list opened from"] = neighbours.OpenedFrom("Case Tracker", {}, "case", asked)
    app.run()
    assert not app.exception
    assert "1 of 2" not in texts(app)


def test_one_of_an_account_of_another_is_no_more_there_than_the_account(visit: Open) -> None:
    one, other = (
        visit(PAGE, "alpine@example.com", account=account, marketplace="AMAZON_DE", case="B-900")
        for account in (BETULA.name, "Nobody")
    )
    assert "Account not found, or you don't have access" in texts(one)
    assert texts(one) == texts(other)
    assert "B-900" not in texts(one)


def test_the_case_tracker_leads_to_it(visit: Open) -> None:
    app = visit("pages/case_tracker.py", "alpine@example.com")
    assert list(listed(app, "Last change")["Case"]) == ["A-100", "A-200"]
    buttons = [frame.proto.columns for frame in app.dataframe if "changed_on" in frame.value.columns]
    assert '"button"' in buttons[0]


@pytest.mark.parametrize(
    ("sort", "is_reversed", "expected"),
    [
        ("Case", False, ["A-100", "A-200", "N-1"]),
        ("Case", True, ["N-1", "A-200", "A-100"]),
        ("Recovered", True, ["A-200", "A-100", "N-1"]),
        ("Filed", False, ["A-100", "A-200", "N-1"]),
        ("Opened", False, ["A-200", "A-100", "N-1"]),
    ],
)
def test_one_accounts_cases_are_sorted_by_any_column_and_what_is_not_known_is_last(
    visit: Open, database: Database, small_world: dict[str, int], sort: str, is_reversed: bool, expected: list[str]
) -> None:
    elsewhere = {"case_id": "N-1", "origin": "filed_elsewhere", "opened_on": None, "claimed_amount": None}
    with database.owner.begin() as owner:
        world.more_cases(owner, small_world["ALPINE"], elsewhere)
    reverse = {"cases_reversed": "true"} if is_reversed else {}
    app = visit("pages/case_tracker.py", "alpine@example.com", cases_sort=sort, **reverse)
    assert not app.exception
    assert list(listed(app, "Last change")["Case"]) == expected


def test_the_case_tracker_says_what_the_filtered_list_adds_up_to(visit: Open) -> None:
    tracker = "pages/case_tracker.py"
    assert r"2 cases · filed **\$30\.40** · recovered **\$20\.40**" in texts(visit(tracker, "alpine@example.com"))
    narrowed = texts(visit(tracker, "alpine@example.com", cases_status=["Open"]))
    assert r"1 case · filed **\$10\.00** · recovered **\$0\.00**" in narrowed
