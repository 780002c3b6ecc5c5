"""Sign-in with a real provider of identities: who comes in, who does not, and where they end up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.database.server import embedded
from tests.browser_journeys.dashboards import dashboard, environment, free_port
from tests.browser_journeys.identity_provider import Provider, identity_provider
from tests.browser_journeys.screen import MAIN, opened, settled, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with identity_provider() as started:
        yield started


@pytest.fixture(scope="module")
def guarded(home: Path, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard with sign-in."""
    port = free_port()
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(provider.secrets(f"http://localhost:{port}"))
    with dashboard(environment(home), "--secrets.files", str(secrets), port=port) as started:
        yield started


def test_a_deep_link_survives_sign_in_and_signing_out_in_one_tab_ends_the_other_by_itself(
    guarded: str, provider: Provider, page: Page
) -> None:
    provider.claims = {"email": "seller@example.com", "email_verified": True}
    opened(page, f"{guarded}/case_tracker?account=Alder+%26+Finch&cases_view=Reimbursed+Cases")
    assert "Sign in to Recoup" in words(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Case Tracker")
    settled(page)
    assert "Alder & Finch" in words(page)
    assert "Not Eligible" not in words(page)  # the view that the address asked for

    other = page.context.new_page()
    opened(other, f"{guarded}/how_to_claim")
    expect(other.locator(f"{MAIN} h1").first).to_have_text("How to claim")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Sign in to Recoup")
    expect(other.locator(f"{MAIN} h1").first).to_have_text("Sign in to Recoup")
    assert "This session was signed out" in words(other)
    assert "Alder" not in words(other)
    other.close()


def test_who_is_not_known_stays_outside(guarded: str, provider: Provider, page: Page) -> None:
    provider.claims = {"email": "stranger@example.com", "email_verified": True}
    opened(page, f"{guarded}/amazon")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text("No access")
    assert "There is no access for this e-mail address" in words(page)


def test_a_page_whose_database_was_away_comes_back_by_itself(
    home: Path, provider: Provider, page: Page, tmp_path: Path
) -> None:
    sockets, secrets, port = tmp_path / "sockets", tmp_path / "secrets.toml", free_port()
    secrets.write_text(provider.secrets(f"http://localhost:{port}"))
    provider.claims = {"email": "seller@example.com", "email_verified": True}
    # nothing is there yet, so nothing answers
    away = {"RECOUP_APP_DATABASE_URL": f"postgresql://recoup_app@/recoup?host={sockets}&port=5432"}
    with dashboard(environment(home, **away), "--secrets.files", str(secrets), port=port) as address:
        opened(page, address)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("The database does not answer")).to_be_visible()
        with embedded.running(home):
            sockets.symlink_to(home / "socket")
            expect(page.locator(f"{MAIN} h1").first).to_have_text("Overview")
            assert "Adds up" in words(settled(page))
