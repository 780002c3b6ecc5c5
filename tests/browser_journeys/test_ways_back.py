"""The way back from a row leads to its list as it was, however soon after a filter the row was opened."""

import re
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, FloatRect, Locator, Page, expect

from tests.browser_journeys.clicks import FIRST_COLUMN, HEADER, ROW, choose, open_row
from tests.browser_journeys.screen import MAIN, NAVIGATION, OF_A_CASE, OF_AN_ITEM, opened, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANAGER = "manager@example.com"


def largest(page: Page) -> None:
    page.get_by_role("radio", name="Amount").click()


def damaged(page: Page) -> None:
    choose(page, "Category", "Inventory damaged")


LISTS = {
    "Expiring": (largest, "expiring_sort=", OF_AN_ITEM),
    "Case Tracker": (damaged, "cases_category=", OF_A_CASE),
}
"""A choice on each list, the beginning of what it puts into the address, and the page of a row."""


@pytest.mark.parametrize("is_quick", [True, False], ids=["at once", "after a while"])
@pytest.mark.parametrize("title", LISTS)
def test_it_has_its_filters_and_all_accounts(address: str, page: Page, title: str, is_quick: bool) -> None:
    choice, in_address, row_page = LISTS[title]
    opened(page, f"{address}/how_to_claim?user={MANAGER}")
    page.locator(NAVIGATION).get_by_role("link", name=title).click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text(title)
    choice(page)
    expect(page).to_have_url(re.compile(re.escape(in_address)))
    if not is_quick:
        settled(page)
    chosen = page.url
    open_first(page, at_once=is_quick)
    expect(page.locator(f"{MAIN} h1").first).to_have_text(row_page)
    expect(page).to_have_url(re.compile("account="))
    page.go_back()
    expect(page.locator(f"{MAIN} h1").first).to_have_text(title)
    settled(page)
    assert choices(page.url) == choices(chosen)


def choices(url: str) -> set[str]:
    """What an address chooses. A choice is named by its label until the next run has put its code there."""
    return set(parse_qs(urlsplit(url).query))


def open_first(page: Page, *, at_once: bool) -> None:
    """Open the first row of the list; at once means without waiting until nothing moves any more."""
    rows = page.get_by_test_id("stDataFrame").last
    if not at_once:
        open_row(rows, 0)
        return
    expect(rows.locator("tbody tr").first).to_be_attached()
    while "account=" not in page.url:  # a press that comes while the rows are drawn anew is none
        if box := in_sight(rows):
            page.mouse.click(box["x"] + FIRST_COLUMN, box["y"] + HEADER + ROW // 2)
        page.wait_for_timeout(1_000)


def in_sight(rows: Locator) -> FloatRect | None:
    """Where the list is, scrolled to; None while a run that the filter began draws it anew."""
    with suppress(Error):
        rows.scroll_into_view_if_needed(timeout=2_000)
        return rows.bounding_box()
    return None
