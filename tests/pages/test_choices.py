"""Every choice does what it says, from its field and from the address."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import listed, texts, tile

LIST = {"pages/amazon.py": "Value from", "pages/walmart.py": "Value from", "pages/case_tracker.py": "Last change"}
NAMES = {"pages/amazon.py": "SKU", "pages/walmart.py": "SKU", "pages/case_tracker.py": "Case"}

CHOICES: list[tuple[str, str, Any, list[str]]] = [
    ("pages/amazon.py", "account", "BETULA", ["BETULA-1"]),
    ("pages/amazon.py", "amazon_expires_in", "7d", ["ALPINE-1"]),
    ("pages/amazon.py", "amazon_expires_in", "30d", ["ALPINE-1", "BETULA-1"]),
    ("pages/amazon.py", "amazon_marketplace", "AMAZON_DE", ["BETULA-1"]),
    ("pages/amazon.py", "amazon_stage", "lost", ["ALPINE-EXPIRED"]),
    ("pages/amazon.py", "amazon_stage", "in_case", [""]),
    ("pages/amazon.py", "amazon_category", "inventory_damaged", []),
    ("pages/amazon.py", "amazon_search", "betula", ["BETULA-1"]),
    ("pages/amazon.py", "amazon_search", "%", []),
    ("pages/amazon.py", "amazon_sort", "largest", ["ALPINE-1", "BETULA-1", "ALPINE-UNVALUED"]),
    ("pages/amazon.py", "amazon_stage", "forged", ["ALPINE-1", "BETULA-1", "ALPINE-UNVALUED"]),
    ("pages/walmart.py", "walmart_search", "nothing like it", []),
    ("pages/walmart.py", "walmart_stage", "review", []),
    ("pages/case_tracker.py", "cases_view", "reimbursed", ["A-200"]),
    ("pages/case_tracker.py", "cases_status", ["open"], ["A-100"]),
    ("pages/case_tracker.py", "cases_marketplace", "AMAZON_DE", ["B-900"]),
    ("pages/case_tracker.py", "cases_category", "inventory_damaged", ["A-200"]),
    ("pages/case_tracker.py", "cases_id", "a-2", ["A-200"]),
    ("pages/case_tracker.py", "cases_goods", "nothing like it", []),
    ("pages/case_tracker.py", "cases_sort", "claimed", ["A-200", "A-100", "B-900"]),
]

IN_CARDS = {"cases_status"}
"""What no field has: test_case_figures clicks the cards."""


TABS = ("amazon_stage", "walmart_stage")
"""Choices that are made by tiles."""


@pytest.mark.parametrize(("page", "key", "value", "expected"), CHOICES)
def test_a_choice_from_the_address_narrows_the_list(
    visit: Open, page: str, key: str, value: Any, expected: list[str]
) -> None:
    app = visit(page, "manager@example.com", **{key: value})
    assert not app.exception
    assert shown(app, page) == expected


@pytest.mark.parametrize(
    ("page", "key", "value", "expected"),
    [each for each in CHOICES if each[2] != "forged" and each[1] not in IN_CARDS],
)
def test_a_choice_in_its_field_narrows_the_list(
    visit: Open, page: str, key: str, value: Any, expected: list[str]
) -> None:
    app = visit(page, "manager@example.com")
    if key in TABS:
        app.button(key=f"{key} {value}").click().run()
    else:
        field(app, key).set_value(value).run()
    assert not app.exception
    assert shown(app, page) == expected


def test_a_search_by_case_id_ignores_every_other_filter(visit: Open) -> None:
    others = {"cases_view": "Reimbursed Cases", "cases_marketplace": "Amazon Germany", "cases_goods": "nothing"}
    app = visit("pages/case_tracker.py", "manager@example.com", cases_id="A-100", **others)
    assert shown(app, "pages/case_tracker.py") == ["A-100"]
    assert "ignores every other filter" in texts(app)


def test_cases_are_found_by_the_dates_on_which_they_were_opened(visit: Open) -> None:
    app = visit("pages/case_tracker.py", "manager@example.com", cases_opened_in="between")
    days = (world.TODAY - timedelta(days=50), world.TODAY - timedelta(days=20))
    app.date_input(key="cases_opened").set_value(days).run()
    assert shown(app, "pages/case_tracker.py") == ["A-200"]


def test_as_of_moves_the_clock_and_not_what_was_paid(visit: Open) -> None:
    now = visit("pages/overview.py", "alpine@example.com")
    later = visit("pages/overview.py", "alpine@example.com", as_of=(world.TODAY + timedelta(days=100)).isoformat())
    assert tile(later, "Claimed") == tile(now, "Claimed")
    assert tile(now, "Lost") == r"\$4\.00"
    assert tile(later, "Lost") == r"\$34\.30"
    assert "deadlines as of" in texts(later)


def test_a_date_is_picked_where_it_is_asked_for_and_stays(visit: Open) -> None:
    app = visit("pages/overview.py", "alpine@example.com")
    assert not app.date_input
    app.session_state["as_of_choice"] = True
    app.run().date_input(key="as_of").set_value(world.TODAY + timedelta(days=100)).run()
    assert tile(app, "Lost") == r"\$34\.30"
    app.session_state["as_of_choice"] = False
    assert tile(app.run(), "Lost") == r"\$34\.30"
    app.date_input(key="as_of").set_value(None).run()
    assert tile(app, "Lost") == r"\$4\.00"
    assert not app.run().date_input


def test_more_filters_are_there_where_they_are_asked_for_and_stay(visit: Open) -> None:
    app = visit("pages/case_tracker.py", "manager@example.com")
    everything = shown(app, "pages/case_tracker.py")
    assert "Source" not in [field.label for field in app.selectbox]
    app.session_state["cases_more"] = True
    app.run().selectbox(key="cases_source").set_value("filed_elsewhere").run()
    narrowed = shown(app, "pages/case_tracker.py")
    assert len(narrowed) < len(everything)
    app.session_state["cases_more"] = False
    assert shown(app.run(), "pages/case_tracker.py") == narrowed


def test_the_charts_are_in_the_chosen_currency(visit: Open) -> None:
    app = visit("pages/overview.py", "manager@example.com")
    assert r"\$30\.30 ready, expires within 13 weeks" in texts(app)
    field(app, "overview_currency").set_value("EUR").run()
    assert r"€13\.32 ready, expires within 13 weeks" in texts(app)


def test_a_sync_shows_with_the_next_click(visit: Open, database: Database, small_world: dict[str, int]) -> None:
    app = visit("pages/overview.py", "alpine@example.com")
    before = tile(app, "Unclaimed")
    with database.owner.begin() as connection:
        world.more(connection, small_world["ALPINE"], unit_value=Decimal("1000.00"))
    app.run()
    assert tile(app, "Unclaimed") != before


@pytest.mark.parametrize(("email", "ways"), [("alpine@example.com", "number"), ("manager@example.com", "next")])
def test_a_long_list_is_leafed_through(
    visit: Open, database: Database, small_world: dict[str, int], email: str, ways: str
) -> None:
    items = ({"sku": f"MORE-{number:03}", "unit_value": Decimal(number + 1)} for number in range(130))
    with database.owner.begin() as connection:
        world.more_items(connection, small_world["ALPINE"], *items)
    app = visit("pages/amazon.py", email, amazon_sort="Largest amount")
    first = shown(app, "pages/amazon.py")
    if ways == "number":
        app.session_state["amazon_items_page"] = 2
        app.run()
    else:
        app.button(key="amazon_items_page_next").click().run()
    second = shown(app, "pages/amazon.py")
    assert len(first) == 100
    assert first[0] == "MORE-129"
    assert len(second) == 132 + (ways == "next") - 100
    assert not set(first) & set(second)
    assert "101–" in texts(app)
    app.text_input(key="amazon_search").set_value("MORE").run()
    assert len(shown(app, "pages/amazon.py")) == 100


def shown(app: AppTest, page: str) -> list[str]:
    return list(listed(app, LIST[page])[NAMES[page]])


def field(app: AppTest, key: str) -> Any:
    return app.get_by_key(key)
