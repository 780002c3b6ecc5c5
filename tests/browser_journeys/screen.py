"""What tests do with a page in a browser: wait until it is done, and read it."""

import re

from playwright.sync_api import Page, expect

PATIENCE = 90_000
"""Milliseconds: a busy machine takes its time to draw."""

expect.set_options(timeout=PATIENCE)

MAIN = '[data-testid="stMain"]'
NAVIGATION = '[data-testid="stSidebarNav"]'
OF_AN_ITEM = re.compile(r" · .* · ")
"""The title of an item's page: its category, its goods and its amount."""
OF_A_CASE = re.compile(r"^Case .* · ")
LOADING = '[data-testid="stSkeleton"]'
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def opened(page: Page, address: str) -> Page:
    """The page at an address, once it has shown all that it has to show."""
    page.goto(address)
    settled(page)
    expect(page.get_by_text("Something went wrong on this page")).to_have_count(0)
    return page


def settled(page: Page) -> Page:
    """The page, once its script has run and its title is there."""
    expect(page.locator(f"{MAIN} h1").first).to_be_visible()
    expect(page.locator(DONE)).to_have_count(1)
    expect(page.locator(LOADING)).to_have_count(0)
    return page


def words(page: Page) -> str:
    """What the page says, without its sidebar."""
    return page.locator(MAIN).inner_text()


def follow(page: Page, title: str) -> Page:
    """Another page, by the navigation."""
    page.locator(NAVIGATION).get_by_role("link", name=title, exact=True).click()
    expect(page.locator(f"{MAIN} h1").first).to_have_text(title)
    return settled(page)
