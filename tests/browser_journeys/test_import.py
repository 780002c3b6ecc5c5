"""A file that a seller brings to Data sync, in a browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser_journeys.clicks import clicks, counted
from tests.browser_journeys.pictures import step
from tests.browser_journeys.screen import MAIN, follow, opened, settled
from tests.loaders.reports import ledger

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "seller@example.com"


def test_a_seller_states_for_which_days_a_report_is_whole_and_a_file_that_is_none_is_refused(
    address: str, page: Page, tmp_path: Path
) -> None:
    (tmp_path / "weather.csv").write_text("day,<b>weather</b>\n1,rain\n", encoding="utf-8")
    (tmp_path / "ledger.tsv").write_text(ledger({"Date": "11/03/2026"}, {"Date": "11/09/2026"}), encoding="utf-8")
    opened(counted(page), f"{address}/?user={USER}&account=Northwind+Outfitters")
    follow(page, "Data sync")
    page.get_by_text("Import files").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("stFileUploaderDropzone").locator("button").click()
    chooser.value.set_files([tmp_path / "ledger.tsv", tmp_path / "weather.csv"])
    page.get_by_text("State for which days these reports are whole").click()
    expect(page.locator(MAIN)).to_contain_text("Their rows are of: ledger.tsv Nov 3, 2026 – Nov 9, 2026.")
    expect(page.get_by_role("group", name="Whole from")).to_have_text(re.compile(r"2026\W+11\W+03"))
    expect(page.get_by_role("group", name="Whole through")).to_have_text(re.compile(r"2026\W+11\W+09"))
    step(settled(page), "import_days", 1)
    page.get_by_role("button", name="Import 2 files").click()
    assert clicks(page) == 5
    expect(page.get_by_role("button", name="Import more")).to_be_visible()
    settled(page)
    expect(page.locator(MAIN)).to_contain_text(
        "Stated as whole from Nov 3, 2026 to Nov 9, 2026: Amazon inventory ledger"
    )
    expect(page.locator(MAIN)).to_contain_text("Refused: 1 file.")
    step(page, "import_days", 2)
    page.get_by_role("button", name="Import more").click()
    expect(page.locator("input[type=file]")).to_be_attached()
