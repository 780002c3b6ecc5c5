"""Nobody sees anything before it is known who is asking, and nobody sees what is not granted at this moment."""

import logging
import re
import secrets

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from core.database.access import people
from core.settings import PROJECT
from tests.conftest import Database
from tests.pages import world
from tests.pages.conftest import Open, signed_in_as
from tests.pages.seen import everything, texts
from tests.pages.test_pages import OF_SELLERS, TITLES


@pytest.mark.parametrize("page", TITLES)
def test_signed_out_there_is_only_the_gate(visit: Open, page: str) -> None:
    app = visit(page, None)
    assert [title.value for title in app.title] == ["Sign in to Recoup"]
    assert [button.key for button in app.button] == ["sign_in"]
    assert not app.dataframe
    assert not app.metric
    assert not app.selectbox
    assert_nothing_of_the_world(app)


@pytest.mark.parametrize("claim", [None, False, "true", 1])
def test_an_address_that_is_not_verified_is_turned_away(visit: Open, claim: object) -> None:
    app = visit("pages/overview.py", None)
    app.user = {"is_logged_in": True, "email": "staff@example.com", "email_verified": claim}
    app.run()
    assert "does not confirm your e-mail address" in texts(app)
    assert_nothing_of_the_world(app)


@pytest.mark.parametrize("email", world.USERS)
def test_the_first_run_has_the_navigation_of_the_role(visit: Open, monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    monkeypatch.setattr(st, "rerun", lambda **_: pytest.fail("the run was begun anew"))
    app = visit("pages/overview.py", email)
    assert app.session_state["role"] == world.USERS[email][0]
    assert not app.error


def test_an_unknown_address_is_told_whom_to_ask(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_SUPPORT", "help")
    app = visit("pages/overview.py", "stranger@example.com")
    assert "There is no access for this e-mail address yet. Ask help to add you." in texts(app)
    assert_nothing_of_the_world(app)


@pytest.mark.parametrize(
    "secret", ["", "changeme", "changeme" * 4, "x" * 64, "0123456789abcdef" * 1 + "0" * 15, "12" * 40]
)
def test_a_weak_cookie_secret_lets_nobody_in(visit: Open, secret: str) -> None:
    app = visit("pages/overview.py", None)
    app.secrets = {"auth": {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": secret}}
    app.user = signed_in_as("staff@example.com")
    app.run()
    assert "cookie\\_secret is too weak" in texts(app)
    assert_nothing_of_the_world(app)


def test_a_cookie_secret_made_at_random_lets_people_in(visit: Open) -> None:
    for secret in (secrets.token_hex(16), secrets.token_urlsafe(48)):
        app = visit("pages/overview.py", None)
        app.secrets = {"auth": {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": secret}}
        app.user = signed_in_as("staff@example.com")
        assert app.run().dataframe


def test_capital_letters_in_an_address_are_the_same_address(visit: Open) -> None:
    assert not visit("pages/overview.py", "Staff@Example.com").error


def test_an_account_of_another_and_one_that_is_not_there_get_the_same_answer(visit: Open) -> None:
    foreign, missing = (visit("pages/amazon.py", "alpine@example.com", account=name) for name in ("Betula", "Nowhere"))
    assert texts(foreign) == texts(missing)
    assert "Account not found, or you don't have access" in texts(foreign)
    assert "Betula" not in everything(foreign)


@pytest.mark.parametrize("page", OF_SELLERS)
def test_a_forged_value_of_a_widget_gives_nothing(visit: Open, database: Database, page: str) -> None:
    grant(database, "manager@example.com", world.ALPINE, world.EMPTY)
    app = visit(page, "manager@example.com")
    picker = app.selectbox(key="account")
    picker.options.append("Betula")  # as a browser that was tampered with sends it
    picker.set_value("Betula").run()
    assert not app.exception
    assert "BETULA" not in everything(app)
    assert "B-900" not in everything(app)


def test_a_seller_of_one_account_is_not_asked_which(visit: Open) -> None:
    assert not visit("pages/overview.py", "alpine@example.com").selectbox


def test_a_revoked_grant_is_gone_with_the_next_click(visit: Open, database: Database) -> None:
    app = visit("pages/overview.py", "manager@example.com")
    assert "EUR" in everything(app)
    with database.owner.begin() as connection:
        connection.execute(
            text("delete from user_account where account_id = (select account_id from account where code = 'BETULA')")
        )
    app.run()
    assert "EUR" not in everything(app)
    assert "Betula" not in everything(app)


def test_a_role_that_was_taken_away_is_gone_with_the_next_click(visit: Open, database: Database) -> None:
    app = visit("pages/overview.py", "staff@example.com")
    with database.owner.begin() as connection:
        connection.execute(text("update app_user set role = 'seller' where email = 'staff@example.com'"))
    app.run()
    assert "No account is assigned to you yet" in texts(app)


def test_a_fixed_today_is_refused_where_sign_in_is_configured(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_TODAY", "2026-11-22")
    app = visit("pages/overview.py", "staff@example.com")
    assert "RECOUP\\_TODAY is for tests and demos" in texts(app)
    assert_nothing_of_the_world(app)


def test_a_server_of_ones_own_without_sign_in_lets_nobody_in(small_world: dict[str, int]) -> None:
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30).run()
    for name in ("auth", "secrets", "RECOUP\\_APP\\_DATABASE\\_URL", "RECOUP\\_STAFF\\_DATABASE\\_URL"):
        assert name in texts(app)
    assert_nothing_of_the_world(app)


def test_a_database_that_is_away_is_told_without_a_trace(
    visit: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("RECOUP_APP_DATABASE_URL", "postgresql://recoup_app@127.0.0.1:1/nowhere")
    with caplog.at_level(logging.ERROR, logger="recoup.pages"):
        app = visit("pages/overview.py", "staff@example.com")
    assert not app.exception
    assert "The database does not answer" in texts(app)
    assert "comes back by itself" in texts(app)
    assert "127.0.0.1" not in everything(app)
    (name,) = re.findall(r"`([0-9a-f]{8})`", texts(app))
    assert name in caplog.text


def test_a_database_that_comes_back_is_shown_with_the_next_run(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setenv("RECOUP_APP_DATABASE_URL", "postgresql://recoup_app@127.0.0.1:1/nowhere")
        app = visit("pages/overview.py", "alpine@example.com")
        assert app.error
    app.run()
    assert not app.error
    assert app.metric


def grant(database: Database, email: str, *sellers: world.Seller) -> None:
    """Let a user have these accounts and no others."""
    with database.owner.begin() as connection:
        user_id = people.user_id_of(connection, email)
        connection.execute(text("delete from user_account where user_id = :user_id"), {"user_id": user_id})
        connection.execute(
            text(
                "insert into user_account (user_id, account_id)"
                " select :user_id, account_id from account where code = any(:codes)"
            ),
            {"user_id": user_id, "codes": [seller.code for seller in sellers]},
        )


def assert_nothing_of_the_world(app: AppTest) -> None:
    sent = everything(app)
    for seller in world.SELLERS:
        assert not any(name in sent for name in seller.names)
        assert not seller.sku or seller.sku not in sent


def test_the_way_to_the_address_that_was_asked_for_is_sent_with_every_run(visit: Open) -> None:
    def sent(app: AppTest) -> bool:
        return any("sessionStorage.getItem" in each.proto.body for each in app.get("html"))

    app = visit("pages/overview.py", "alpine@example.com")  # its first run is begun anew, for the role
    assert sent(app)
    assert sent(app.run())
