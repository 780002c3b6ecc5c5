"""From what waits for a report to its items in Review, and from what is over to what it is, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser_journeys.clicks import clicks, counted, open_row
from tests.browser_journeys.pictures import step
from tests.browser_journeys.screen import MAIN, OF_AN_ITEM, follow, opened, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "seller@example.com"


def test_the_items_that_wait_for_a_report_are_two_clicks_away(address: str, page: Page) -> None:
    opened(counted(page), f"{address}/?user={USER}&account=Northwind+Outfitters")
    follow(page, "Data sync")
    expect(page.locator(MAIN)).to_contain_text("No reimbursements for Europe before")
    step(page, "gaps", 1)
    open_row(page.get_by_test_id("stDataFrame").first, 0)
    expect(page.locator(f"{MAIN} h1").first).to_have_text("Items")
    settled(page)
    expect(page.get_by_role("combobox", name="Status")).to_have_value("Review")
    expect(page.get_by_role("combobox", name="Gap")).to_have_value(re.compile("No reimbursements for Europe before"))
    expect(page.locator(MAIN)).to_contain_text(", 1 item")
    assert clicks(page) == 2
    step(page, "gaps", 2)


def test_a_payment_that_is_over_leads_to_its_item(address: str, page: Page) -> None:
    opened(page, f"{address}/follow_ups?user={USER}&account=Northwind+Outfitters&follow_ups_list=surpluses")
    expect(page.locator(MAIN)).to_contain_text(re.compile(r"\d+ surplus"))
    open_row(page.get_by_test_id("stDataFrame").last, 0)
    expect(page.locator(f"{MAIN} h1").first).to_have_text(OF_AN_ITEM)
