"""What people do with the dashboard, in a real browser."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, WebSocket, expect

from core.ui.shell.navigation import PAGES
from tests.browser_journeys.dashboards import dashboard
from tests.browser_journeys.screen import MAIN, NAVIGATION, follow, opened, settled, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SELLER = re.compile(r"seller\W?@example\.com · Seller")  # broken by an invisible sign, so that it is no link
NAMES = ("Northwind", "NORTHWIND", "Alder", "Kestrel", "Bergmann", "NO-0", "X00")


def test_a_deep_link_as_the_first_request_of_a_fresh_server_shows_only_the_gate(
    seen: dict[str, str], page: Page
) -> None:
    received: list[bytes] = []
    page.on("websocket", lambda socket: keep(socket, received))
    with dashboard(seen) as address:
        opened(page, f"{address}/case_tracker?cases_view=Reimbursed+Cases")
        assert "Demo: no sign-in" in words(page)
        shows_the_gate_alone(page, received)

        page.get_by_role("button", name=SELLER).last.click()
        expect(page.locator(f"{MAIN} h1").first).to_have_text("Case Tracker")
        settled(page)
        assert "Fully Reimbursed" in words(page)
        assert "Not Eligible" not in words(page)  # the view that the address asked for
        titles = page.locator(NAVIGATION).get_by_role("link").all_inner_texts()
        assert [title.split("\n")[-1] for title in titles] == [
            entry.title for entry in PAGES.values() if entry.is_listed and "seller" in entry.roles
        ]


@pytest.mark.exhaustive
@pytest.mark.parametrize("title", ["Overview", "Expiring", "Item", "Data sync"])
def test_any_page_as_the_first_request_of_a_fresh_server_shows_only_the_gate(
    seen: dict[str, str], page: Page, title: str
) -> None:
    received: list[bytes] = []
    page.on("websocket", lambda socket: keep(socket, received))
    with dashboard(seen) as address:
        opened(page, f"{address}/{PAGES[title].file}")
        shows_the_gate_alone(page, received)


def shows_the_gate_alone(page: Page, received: list[bytes]) -> None:
    """On the screen and on the wire: no figure, no SKU, no name of an account that the address did not say itself."""
    assert "Who is looking?" in words(page)
    sent = b"".join(received).decode("utf-8", "replace")
    assert "example\\.com" in sent
    assert not [name for name in NAMES if name in sent]
    assert not re.search(r"[$€£]\d[\d,]*\.\d\d\b", sent)


def test_a_seller_goes_from_the_total_to_the_items_and_asks_how_to_claim(address: str, page: Page) -> None:
    opened(page, address)
    page.get_by_role("button", name=SELLER).last.click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Overview")
    settled(page)
    assert "Adds up" in words(page)

    told = page.get_by_text("ready to claim expires this week").first.inner_text()
    page.get_by_role("link", name="View items").first.click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Items")
    settled(page)
    found = re.search(r"[$€£][\d,.]+\d", told)
    assert found
    assert found[0] in words(page)  # the list's sum is the figure

    follow(page, "Amazon")
    page.get_by_role("radio", name="3 months").click()
    expect(page.get_by_text("Expires within 3 months").first).to_be_visible()
    settled(page)
    assert choices(page)["amazon_expires_in"] == ["3m"]

    page.reload()
    settled(page)
    expect(page.get_by_text("Expires within 3 months").first).to_be_visible()

    page.locator(MAIN).get_by_role("button", name="How to claim").click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text("How to claim")
    assert "Money received counts as Claimed" in words(settled(page))


def test_an_account_and_a_date_go_along_from_page_to_page(address: str, page: Page) -> None:
    opened(page, f"{address}/amazon?user=staff@example.com&account=KESTREL&as_of=2027-01-15")
    for title in ("Walmart", "Case Tracker", "Overview", "Amazon"):
        follow(page, title)
        assert "Kestrel Home" in words(page)
        assert "deadlines as of Jan 15, 2027" in words(page)


def test_the_sidebar_changes_who_is_looking_and_the_date_and_nothing_is_fetched_from_elsewhere(
    address: str, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"{address}/amazon?user=other.seller@example.com")
    page.get_by_role("button", name="Switch user").click()
    page.get_by_role("combobox", name="Viewing as").fill("manager")
    page.get_by_role("option", name="manager@example.com").click()
    expect(page.get_by_text(re.compile(r"Viewing as manager\W?@example\.com"))).to_be_visible()
    expect(page.get_by_text("3 accounts").first).to_be_visible()

    follow(page, "Overview")
    page.get_by_role("button", name="Change date").click()
    page.get_by_role("group", name="Deadlines as of").get_by_role("spinbutton").first.press_sequentially("20270115")
    page.get_by_role("button", name="January 15, 2027").click()
    expect(page.get_by_test_id("stSidebar").get_by_text("Deadlines as of Jan 15, 2027")).to_be_visible()

    page.reload()
    said = words(settled(page))
    assert "3 accounts" in said
    assert "deadlines as of Jan 15, 2027" in said
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {
        urlsplit(address).netloc
    }


def keep(socket: WebSocket, received: list[bytes]) -> None:
    socket.on("framereceived", lambda frame: received.append(frame if isinstance(frame, bytes) else frame.encode()))


def choices(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)
