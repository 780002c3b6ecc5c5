"""A page that stays open shows what a sync elsewhere brought, without a click."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.settings import PROJECT
from tests.browser_journeys.dashboards import TODAY, dashboard, environment
from tests.browser_journeys.screen import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TILE = '[data-testid="stMetricValue"]'
LOST = (
    "Date,FNSKU,ASIN,MSKU,Title,Event Type,Reference ID,Quantity,Fulfillment Center,Disposition,Reason,Country\n"
    "11/10/2026,X00AWAKE01,B0AWAKE001,AWAKE-1,Mug,Adjustments,990001,-400,PHX7,SELLABLE,M,US\n"
)
COSTS = "sku,unit_cost,currency,valid_from\nAWAKE-1,25.00,USD,2025-01-01\n"


def run(seen: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, env=seen, check=True, capture_output=True)


def test_an_open_page_shows_what_was_synced_elsewhere(page: Page, tmp_path: Path) -> None:
    seen = environment(tmp_path / "home", RECOUP_TODAY=TODAY)
    run(seen, "core", "migrate")
    run(seen, "core", "account", "add", "AWAKE", "--name", "Awake", "--marketplace", "AMAZON_US")
    run(seen, "core", "user", "add", "awake@example.com", "--role", "seller", "--account", "AWAKE")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "costs.csv").write_text(COSTS)
    (reports / "ledger.csv").write_text(LOST.replace("-400", "-1"))
    run(seen, "loaders", "sync", str(reports), "--account", "AWAKE")
    with dashboard(seen) as address:
        opened(page, f"{address}/?user=awake@example.com%20(Seller)")
        expect(page.locator(TILE).first).to_have_text("$25.00")
        (tmp_path / "more.csv").write_text(LOST)
        run(seen, "loaders", "sync", str(tmp_path / "more.csv"), "--account", "AWAKE")
        expect(page.locator(TILE).first).to_have_text("$10,025.00")
