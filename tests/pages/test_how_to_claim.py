"""How to claim: what there is of the prerequisites, one request a marketplace, and the team that starts."""

import pytest
from streamlit.testing.v1 import AppTest

from core.queries.paging import Position
from core.queries.service import ORDER, connected
from core.ui.how_to_claim import page
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import texts
from tests.pages.world import ALPINE, BETULA

PAGE = "pages/how_to_claim.py"


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def key_of(app: AppTest, label: str) -> str:
    return next(str(button.key) for button in app.button if button.label == label)


def test_it_says_that_it_submits_nothing_and_whom_to_reach(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_SUPPORT", "team_*@example.com")
    said = texts(visit(PAGE, "alpine@example.com"))
    assert "submits a claim" in said
    assert r"team\_\*@example\.com" in said


def test_an_account_without_reports_sees_what_is_missing(visit: Open) -> None:
    said = texts(visit(PAGE, "empty@example.com"))
    assert "Account connected to" in said
    assert "No report of Amazon's has been synced yet" in said
    assert "Service not initiated" in said


def test_a_request_is_made_once_and_seen_at_once(visit: Open) -> None:
    app = visit(PAGE, "alpine@example.com")
    asked = labels(app).count("Ask the team to start")
    app.button(key=key_of(app, "Ask the team to start")).click().run()
    assert not app.exception
    assert labels(app).count("Ask the team to start") == asked - 1
    assert "Service asked for on" in texts(app)
    assert "by alpine@example" in texts(app)


def test_the_team_sees_what_waits_and_starts_it(visit: Open) -> None:
    seller = visit(PAGE, "alpine@example.com")
    seller.button(key=key_of(seller, "Ask the team to start")).click().run()
    team = visit(PAGE, "staff@example.com")
    assert "asked for by alpine@example" in texts(team)
    team.button(key=key_of(team, "Mark as initiated")).click().run()
    assert "No request waits" in texts(team)
    assert "Service initiated on" in texts(visit(PAGE, "alpine@example.com"))


@pytest.mark.parametrize("email", ["alpine@example.com", "manager@example.com"])
def test_only_the_team_sees_requests(visit: Open, email: str) -> None:
    app = visit(PAGE, email)
    assert "Requests that wait" not in [heading.value for heading in app.header]
    assert "Mark as initiated" not in labels(app)


def test_of_many_accounts_a_table_says_where_each_stands(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    seller = visit(PAGE, "alpine@example.com")
    seller.button(key=key_of(seller, "Ask the team to start")).click().run()
    monkeypatch.setattr(page, "MOST_CHECKLISTS", 1)
    app = visit(PAGE, "manager@example.com")
    assert "Ask the team to start" not in labels(app)
    shown = app.dataframe[0].value
    assert list(zip(shown["Account"], shown["Marketplace"], shown["Service"], strict=True)) == [
        (ALPINE.name, "Amazon United States", "Asked for"),
        (ALPINE.name, "Walmart United States", "Not asked for"),
        (BETULA.name, "Amazon Germany", "Not asked for"),
    ]
    assert "Ask the team to start" in labels(visit(PAGE, "manager@example.com", account=BETULA.name))


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
