"""The account manager's morning: what expires within a week, the largest of it, its evidence, and a file of it."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser_journeys.clicks import HEADER, ROW, clicks, counted, open_row, still
from tests.browser_journeys.pictures import step
from tests.browser_journeys.screen import MAIN, NAVIGATION, OF_AN_ITEM, opened, settled, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANAGER = "manager@example.com (Account manager)"


def test_it_takes_five_clicks(address: str, page: Page) -> None:
    opened(counted(page), address)

    page.get_by_role("button", name=re.compile(r"manager\W?@example\.com")).last.click()  # 1: in
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Overview")
    done(page, 1)

    page.locator(NAVIGATION).get_by_role("link", name="Expiring").click()  # 2: within 7 days, over all accounts
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Expiring")
    expect(page.get_by_role("heading", name="Ready to claim · expires within 7 days")).to_be_visible()
    done(page, 2)
    assert "3 accounts" in words(page)

    page.get_by_role("radio", name="Amount").click()  # 3: the largest first
    expect(page.get_by_role("radio", name="Amount")).to_be_checked()
    expect(page.get_by_role("heading", name=re.compile(r"\d+ items$"))).to_be_visible()
    done(page, 3)

    open_row(items(page), 0)  # 4: its evidence
    expect(page.locator(f"{MAIN} h1").first).to_have_text(OF_AN_ITEM)
    done(page, 4)
    assert "Evidence" in words(page)
    assert set(choices(page)) == {"account", "item", "user"}
    of_the_item = words(settled(page)).partition("Last day")[2]  # below the way back, which a reload forgets

    with page.expect_download() as download:  # 5: the file
        page.get_by_role("button", name="Export the evidence").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("role,file,line,format")
    assert lines[1].startswith("event,")
    done(page, 5)

    page.reload()
    assert words(settled(page)).partition("Last day")[2] == of_the_item != ""


def test_a_cell_of_the_heat_map_is_marked_by_click_and_by_keyboard(address: str, page: Page) -> None:
    opened(page, f"{address}/expiring?user=manager@example.com&expiring_currency=GBP")
    heat = page.get_by_test_id("stDataFrame").first
    expect(heat.locator("tbody tr").first).to_be_attached()
    box = still(heat)
    page.mouse.click(box["x"] + 300, box["y"] + HEADER + ROW // 2)  # Today, over all accounts
    expect(page.get_by_role("heading", name="Ready to claim · expires today")).to_be_visible()
    settled(page)
    expect(page).to_have_url(re.compile("expiring_expires=today"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Ready to claim · expires tomorrow")).to_be_visible()

    page.get_by_role("combobox", name="Expires in").click()  # the whole list is sorted by a click on a column's head
    page.get_by_role("option", name="3 months", exact=True).click()
    expect(page.get_by_role("heading", name="Ready to claim · expires within 3 months")).to_be_visible()
    box = still(items(page))
    page.mouse.click(box["x"] + 200, box["y"] + HEADER // 2)
    expect(page.get_by_role("radio", name="Amount")).to_be_checked()

    open_row(items(page), 0)  # and its rows are leafed through without the list
    expect(page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text(re.compile(r"^2 of \d+$"))).to_be_visible()
    page.get_by_role("link", name="Back to Expiring").click()
    expect(page.get_by_role("heading", name="Ready to claim · expires within 3 months")).to_be_visible()
    expect(page.get_by_role("radio", name="Amount")).to_be_checked()


def done(page: Page, number: int) -> None:
    """A step of the morning: so many clicks since the beginning, and a picture of what they led to."""
    step(settled(page), "morning", number)
    assert clicks(page) == number


def items(page: Page) -> Locator:
    """The list, which is the last table of the page."""
    return page.get_by_test_id("stDataFrame").last


def choices(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)
