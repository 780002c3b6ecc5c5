"""A file that a seller brings to Data sync, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser_journeys.screen import MAIN, opened, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "seller@example.com (Seller)"


def test_a_file_that_is_no_report_is_refused_with_a_sentence(address: str, page: Page, tmp_path: Path) -> None:
    (tmp_path / "weather.csv").write_text("day,<b>weather</b>\n1,rain\n", encoding="utf-8")
    opened(page, f"{address}/data_sync?user={USER}&account=Northwind+Outfitters")
    page.get_by_text("Import files").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "weather.csv")
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.get_by_role("button", name="Import more")).to_be_visible()
    settled(page)
    expect(page.locator(MAIN)).to_contain_text("Refused: 1 file.")
    page.get_by_role("button", name="Import more").click()
    expect(page.locator("input[type=file]")).to_be_attached()
