"""The staff's review: which category wins least, its cases, one of them, its item, the report's rows; and a request for
the service that is taken up.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine, text

from core.vocabulary import CATEGORIES
from tests.browser_journeys.clicks import clicks, counted, open_row
from tests.browser_journeys.pictures import step
from tests.browser_journeys.screen import MAIN, NAVIGATION, OF_A_CASE, OF_AN_ITEM, opened, settled, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RATES = """
    select category, count(*) as decided
    from claim_case
    where status in ('fully_reimbursed', 'partially_reimbursed', 'not_eligible') and origin = 'case_file'
    group by category having count(*) >= 20
    order by rank() over (order by avg((status <> 'not_eligible')::int))
    fetch first row with ties
"""
"""The categories that win least, each with its decided cases."""
STARTED = text("select count(*) from service_request where initiated_at is not null")
STAFF = "staff@example.com"
SELLER = "other.seller@example.com"


def test_the_least_won_category_is_followed_to_the_reports_rows(address: str, owner: Engine, page: Page) -> None:
    with owner.connect() as connection:
        least = {CATEGORIES[category].label: decided for category, decided in connection.execute(text(RATES))}
    opened(counted(page), address)
    page.get_by_role("button", name=re.compile(r"staff\W?@example\.com")).last.click()  # 1: in
    arrive(page, "Overview", 1)
    assert "4 accounts" in words(page)
    assert "Adds up" in words(page)
    page.locator(NAVIGATION).get_by_role("link", name="Outcomes").click()
    arrive(page, "Outcomes", 2)  # 2: what wins

    rates = page.get_by_role("region", name=re.compile("^Win and recovery rates"))
    open_row(rates, least_won(rates))  # 3: its cases
    arrive(page, "Case Tracker", 3)
    expect(page.get_by_role("combobox", name="Category")).to_have_value(re.compile("|".join(least)))
    category = page.get_by_role("combobox", name="Category").input_value()
    expect(page.locator(MAIN)).to_contain_text(f"{least[category]} cases")

    open_row(page.get_by_test_id("stDataFrame").last, 0)  # 4: one of them
    arrive(page, OF_A_CASE, 4)
    assert category in words(page)

    open_row(page.get_by_role("region", name=re.compile("^Items of the case")), 0)  # 5: its item
    arrive(page, OF_AN_ITEM, 5)
    expect(page.get_by_role("heading", name="Evidence: the report's own rows")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^Report rows: ")).first).to_be_visible()  # the report's rows
    assert clicks(page) == 1 + 4  # signing in, and what the table in CONTRIBUTING.md says


def test_a_request_for_the_service_is_taken_up(address: str, owner: Engine, page: Page) -> None:
    with owner.begin() as connection:  # the demo's services are started where it has cases
        connection.execute(text("delete from service_request where marketplace = 'WALMART_US'"))
        before = connection.execute(STARTED).scalar_one()
    opened(page, f"{address}/how_to_claim?user={SELLER}&claim_marketplace=WALMART_US")
    page.get_by_role("button", name="Request service for Walmart United States").click()
    expect(page.locator(MAIN)).to_contain_text("requested for every marketplace")
    opened(page, f"{address}/how_to_claim?user={STAFF}")
    step(page, "staff_review", 6)
    page.get_by_role("button", name="Start service").first.click()
    expect(page.locator(MAIN)).to_contain_text("No pending requests")
    with owner.connect() as connection:
        assert connection.execute(STARTED).scalar_one() == before + 1


def least_won(rates: Locator) -> int:
    """Which of the rows with enough cases has the lowest win rate: the last before those with few."""
    expect(rates.locator("tbody tr").first).to_be_attached()
    rows = [row.inner_text() for row in rates.locator("tbody tr").all()]
    return next((number for number, row in enumerate(rows) if "small" in row), len(rows)) - 1


def arrive(page: Page, title: str | re.Pattern[str], number: int) -> None:
    expect(page.locator(f"{MAIN} h1").first).to_have_text(title)
    settled(page)
    step(page, "staff_review", number)
