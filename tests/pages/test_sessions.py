"""A sign-in that is too old, not used, or signed out leads back to the gate."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.conftest import Database
from tests.pages.conftest import Open, signed_in_as
from tests.pages.seen import everything, texts

SELLER = "alpine@example.com"
PAGE = "pages/overview.py"


def signed_in_ago(visit: Open, hours: float) -> str:
    app = visit(PAGE, None)
    app.user = signed_in_as(SELLER, iat=int(time.time() - hours * 3600))
    app.run()
    assert not app.exception
    return texts(app) if "sync" in texts(app) else f"gate: {texts(app)} {everything(app)}"


@pytest.mark.parametrize(("hours", "is_in"), [(1.0, True), (11.9, True), (12.1, False), (24.0 * 29, False)])
def test_a_sign_in_lasts_half_a_day(visit: Open, hours: float, is_in: bool) -> None:
    said = signed_in_ago(visit, hours)
    assert said.startswith("gate") is not is_in
    assert is_in or ("You signed in some time ago" in said and "ALPINE-1" not in said)


def test_how_long_is_configured(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_SESSION_HOURS", "1")
    assert signed_in_ago(visit, 1.5).startswith("gate")


def test_a_session_that_was_not_used_for_long_must_sign_in_again(visit: Open, database: Database) -> None:
    app = visit(PAGE, SELLER)
    with database.owner.begin() as connection:
        connection.execute(text("update user_session set seen_at = now() - interval '121 minutes'"))
    app.run()
    assert "You have not used Recoup for a while" in texts(app)
    assert not app.metric


def test_a_run_that_only_new_figures_asked_for_keeps_no_session_open(visit: Open, database: Database) -> None:
    app = visit(PAGE, SELLER)
    with database.owner.begin() as connection:
        connection.execute(text("update user_session set seen_at = now() - interval '100 minutes'"))
    app.session_state["woken by a change"] = True
    app.run()
    assert app.metric
    with database.owner.begin() as connection:
        unused = connection.execute(text("select now() - seen_at > interval '99 minutes' from user_session"))
        assert unused.scalar_one()
    app.run()  # somebody clicked
    with database.owner.begin() as connection:
        assert connection.execute(text("select now() - seen_at < interval '1 minute' from user_session")).scalar_one()


def test_signing_out_ends_the_session(visit: Open, log_out: Callable[[], None]) -> None:
    app = visit(PAGE, SELLER)
    user = app.user
    app.button(key="sign_out").click().run()
    again = visit(PAGE, None)
    again.user = user
    again.run()
    assert "This session was signed out" in texts(again)


def test_a_sign_in_that_does_not_say_when_it_was_is_turned_away(visit: Open) -> None:
    app = visit(PAGE, None)
    app.user = {key: value for key, value in signed_in_as(SELLER).items() if key != "iat"}
    app.run()
    assert "does not say when you signed in" in texts(app)


@pytest.fixture
def log_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Streamlit's own signing out is a redirect of the browser, which there is none of here."""

    def nothing() -> None:
        pass

    monkeypatch.setattr("streamlit.logout", nothing)
    return nothing
