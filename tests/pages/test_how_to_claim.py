"""How to claim: what there is of the prerequisites, one request a marketplace, and the team that starts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.queries.paging import Position
from core.queries.service import ORDER, connected
from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import listed, texts
from tests.pages.world import ALPINE, BETULA

PAGE = "pages/how_to_claim.py"


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def key_of(app: AppTest, label: str) -> str:
    return next(str(button.key) for button in app.button if button.label == label)


def rows(app: AppTest) -> list[dict[Any, Any]]:
    return listed(app, "Service").to_dict("records")


def test_it_says_that_it_submits_nothing_and_whom_to_reach(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_SUPPORT", "team_*@example.com")
    said = texts(visit(PAGE, "alpine@example.com"))
    assert "A request submits no claim." in said
    assert r"You review; our team files. Contact: **team\_\*@example\.com**." in said


def test_a_row_says_what_is_ready_and_how_long(visit: Open) -> None:
    found = rows(visit(PAGE, "alpine@example.com"))
    assert [(row["Marketplace"], row["Ready to claim"], row["Nearest deadline"], row["Service"]) for row in found] == [
        ("Amazon United States", Decimal("30.30"), world.TODAY + timedelta(days=5), "Not requested"),
        ("Walmart United States", Decimal("9.99"), None, "Not requested"),
    ]


def test_an_account_without_reports_has_no_data_and_can_request(visit: Open) -> None:
    app = visit(PAGE, "empty@example.com")
    (row,) = rows(app)
    assert row["Data through"] is None
    assert "Request service for Amazon United States" in labels(app)


def test_a_request_is_made_once_and_seen_at_once(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com")
    app.button(key="request_first").click().run()
    assert not app.exception
    assert [row["Service"].split()[0] for row in rows(app)] == ["Requested", "Not"]
    assert rows(app)[0]["Service"].endswith("· pending")
    assert "Request service for Walmart United States" in labels(app)


def test_the_marketplace_that_one_came_from_is_first(visit: Open) -> None:
    for place in ("WALMART_US", "walmart"):
        app = visit(PAGE, "alpine@example.com", claim_marketplace=place)
        assert [row["Marketplace"] for row in rows(app)] == ["Walmart United States", "Amazon United States"]
        assert "Request service for Walmart United States" in labels(app)


def test_all_are_requested_with_one_click(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com")
    app.button(key="request_all").click().run()
    assert "The service is requested for every marketplace." in texts(app)
    assert not [label for label in labels(app) if label.startswith("Request service")]


def test_the_team_sees_what_is_pending_and_starts_it(visit: Open) -> None:
    visit(PAGE, "alpine@example.com").button(key="request_first").click().run()
    team = visit(PAGE, "staff@example.com")
    assert "by alpine@example" in texts(team)
    team.button(key=key_of(team, "Start service")).click().run()
    assert "No pending requests" in texts(team)
    assert rows(visit(PAGE, "alpine@example.com"))[0]["Service"].startswith("Active since")


@pytest.mark.parametrize("email", ["alpine@example.com", "manager@example.com"])
def test_only_the_team_sees_requests(visit: Open, email: str) -> None:
    app = visit(PAGE, email)
    assert "Pending requests" not in [heading.value for heading in app.header]
    assert "Start service" not in labels(app)


def test_of_many_accounts_a_row_names_its_own(visit: Open) -> None:
    found = rows(visit(PAGE, "manager@example.com"))
    assert [(row["Account"], row["Marketplace"], row["Currency"]) for row in found] == [
        (ALPINE.name, "Amazon United States", "USD"),
        (ALPINE.name, "Walmart United States", "USD"),
        (BETULA.name, "Amazon Germany", "EUR"),
    ]


def test_a_page_of_connected_marketplaces_begins_behind_the_last_one(
    small_world: dict[str, int], database: Database
) -> None:
    accounts = list(small_world.values())
    with database.owner.begin() as connection:
        whole = connected(connection, accounts, Position())
        first = tuple(whole[name].iloc[0] for name in ORDER)
        rest = connected(connection, accounts, Position(after=first))
    assert list(rest["marketplace"]) == list(whole["marketplace"])[1:]
    assert set(rest["total_rows"]) == {len(whole)}
