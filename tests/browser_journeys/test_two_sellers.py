"""Two sellers at once, in two browsers, through two app processes behind nginx and one pool of connections: neither is
ever sent a word of the other's.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from core.ui.shell.navigation import PAGES
from tests.browser_journeys.dashboards import dashboard, environment, free_port
from tests.browser_journeys.identity_provider import Provider, identity_provider
from tests.browser_journeys.proxies import nginx, pgbouncer, program
from tests.browser_journeys.screen import MAIN, PATIENCE, follow, opened, settled, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "seller@example.com": ("Northwind", "NORTHWIND", "NO-0", "Alder", "ALDERFINCH"),
    "other.seller@example.com": ("Kestrel", "KESTREL", "KE-0"),
}
"""Two sellers of the demo, and words that only their own accounts have."""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with identity_provider() as started:
        yield started


@pytest.fixture(scope="module")
def behind(home: Path, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two dashboards with sign-in behind nginx, which read through pgbouncer."""
    found = {name: program(name, package) for name, package in (("pgbouncer", "pgbouncer"), ("nginx", "nginx-light"))}
    if None in found.values():
        pytest.skip(f"not here, and not to be installed: {[name for name, path in found.items() if path is None]}")
    folder, port = tmp_path_factory.mktemp("proxies"), free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(provider.secrets(f"http://localhost:{port}"))
    ports = (free_port(), free_port())
    options = ("--secrets.files", str(secrets))
    with (
        pgbouncer(str(found["pgbouncer"]), home, folder) as logins,
        dashboard(environment(home, **logins), *options, port=ports[0]),
        dashboard(environment(home, **logins), *options, port=ports[1]),
        nginx(str(found["nginx"]), folder, ports, port) as address,
    ):
        yield address


class Visitor:
    """A seller in a browser of its own, and every byte that this browser was sent."""

    def __init__(self, browser: Browser, number: int) -> None:
        # each browser says another name of itself, so that they are sent to different processes
        self.context: BrowserContext = browser.new_context(user_agent=f"Mozilla/5.0 visitor {number}")
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.received: list[bytes] = []
        self.refused: list[str] = []
        self.page.on("websocket", self._listen)
        self.page.on(
            "console", lambda said: self.refused.append(said.text) if "Content Security" in said.text else None
        )

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))

    def sign_in(self, address: str, provider: Provider, email: str) -> None:
        provider.claims = {"email": email, "email_verified": True, "sub": email}
        opened(self.page, address)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator(f"{MAIN} h1").first).to_have_text("Overview")
        settled(self.page)

    @property
    def sent(self) -> str:
        return b"".join(self.received).decode("utf-8", "replace") + words(self.page)


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@pytest.mark.parametrize("rounds", [1, pytest.param(3, marks=pytest.mark.exhaustive)])
def test_two_sellers_at_once_never_see_a_word_of_each_other(
    behind: str, provider: Provider, browser: Browser, rounds: int
) -> None:
    visitors = {email: Visitor(browser, number) for number, email in enumerate(WORDS)}
    for email, visitor in visitors.items():
        visitor.sign_in(behind, provider, email)
    listed = [entry for entry in PAGES.values() if entry.is_listed and "seller" in entry.roles]
    for _ in range(rounds):
        for entry in listed:
            for visitor in visitors.values():
                follow(visitor.page, entry.title)
    for email, visitor in visitors.items():
        others = [word for other, own in WORDS.items() if other != email for word in own]
        assert any(word in visitor.sent for word in WORDS[email])
        assert [word for word in others if word in visitor.sent] == []
        assert visitor.refused == []
        visitor.context.close()


def test_the_proxy_compresses_and_guards_every_answer(behind: str, page: Page) -> None:
    answer = page.goto(behind)
    assert answer is not None
    sent = answer.headers
    assert sent["content-encoding"] == "gzip"
    assert "frame-ancestors 'none'" in sent["content-security-policy"]
    assert (sent["x-content-type-options"], sent["x-frame-options"]) == ("nosniff", "DENY")
    assert "nginx/" not in sent.get("server", "")
    settled(page)
    assert all(cookie.get("secure") for cookie in page.context.cookies()), page.context.cookies()
