"""A seller's month end: what came back this month, from which marketplace, a file of it, what is lost and why, and how
to claim what is left.
"""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from core.money import formatted as amount
from tests.browser_journeys.clicks import chart, choose, clicks, counted, press
from tests.browser_journeys.pictures import step
from tests.browser_journeys.screen import MAIN, opened, settled, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HELD = "select sum(amount) from reporting.totals where account = 'KESTREL' and currency = 'USD'"
PAID = (
    "select sum(amount) from reporting.reimbursements where account = 'KESTREL' and currency = 'USD' and amount > 0"
    " and approved_on >= '2026-11-01'"
)


def test_a_seller_closes_the_month(address: str, owner: Engine, page: Page) -> None:
    opened(counted(page), address)
    page.get_by_role("button", name=re.compile(r"other\.seller\W?@example\.com")).last.click()  # 1: in
    arrive(page, "Overview", 1)
    assert "Kestrel Home" in words(page)
    assert "Adds up" in words(page)
    claimed = asked(owner, f"{HELD} and total = 'claimed'")
    assert amount(claimed, "USD") in words(page)

    press(chart(page, "Money recovered and reversed, by month").locator(".trace").first.locator(".point path").last)
    arrive(page, "Payments", 2)  # 2: what came back this month
    came_back = asked(owner, PAID)
    assert amount(came_back, "USD") in words(page)

    choose(page, "Marketplace", "Walmart United States")  # 3, 4: of one marketplace
    of_walmart = asked(owner, f"{PAID} and marketplace = 'WALMART_US'")
    expect(page.locator(MAIN)).to_contain_text(f"{amount(of_walmart, 'USD')} · ")
    step(page, "month_end", 3)
    assert clicks(page) == 1 + 3  # signing in, and what the table in CONTRIBUTING.md says

    choose(page, "Marketplace", "All marketplaces")  # 5, 6: the month's list as a file
    expect(page.locator(MAIN)).to_contain_text(f"{amount(came_back, 'USD')} · ")
    settled(page)
    page.get_by_role("button", name="Download").last.click()
    with page.expect_download() as download:
        page.get_by_test_id("stPopoverBody").get_by_role("button", name="CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        assert sum(Decimal(row["amount"]) for row in csv.DictReader(file)) == came_back
    assert clicks(page) == 1 + 3 + 2 + 2  # back to all marketplaces, and the file
    page.keyboard.press("Escape")

    page.get_by_role("link", name="Overview").click()  # what is lost, and why
    arrive(page, "Overview", 4)
    denied = asked(
        owner,
        "select sum(amount) from reporting.totals where account = 'KESTREL' and currency = 'USD' and stage = 'denied'",
    )
    page.get_by_role("link", name=re.compile("^Denied [^:]")).click()
    arrive(page, "Items", 5)
    assert amount(denied, "USD") in words(page)

    page.get_by_role("link", name="How to claim").click()
    arrive(page, "How to claim", 6)
    assert "Money received counts as Claimed" in words(page)


def arrive(page: Page, title: str, number: int) -> None:
    expect(page.locator(f"{MAIN} h1").first).to_have_text(title)
    settled(page)
    step(page, "month_end", number)


def asked(owner: Engine, query: str) -> Decimal:
    with owner.connect() as connection:
        return Decimal(connection.execute(text(query)).scalar_one())
