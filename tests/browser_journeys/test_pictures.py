"""The pictures of the README."""

import os

import pytest
from playwright.sync_api import Page

from core.settings import PROJECT
from tests.browser_journeys.addresses import Rows, address_of
from tests.browser_journeys.pictures import save, shaped
from tests.browser_journeys.screen import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREENSHOTS = PROJECT / "tests" / "screenshots"
"""Those of the README. They are made anew where RECOUP_SCREENSHOTS is set."""

LARGEST = 250_000


README = {
    "overview_light": ("Overview", {"account": "Kestrel Home"}),
    "overview_dark": ("Overview", {"account": "Kestrel Home"}),
    "expiring_light": ("Expiring", {}),
    "item_light": ("Item", {}),
    "outcomes_light": ("Outcomes", {}),
}


@pytest.mark.skipif("RECOUP_SCREENSHOTS" not in os.environ, reason="RECOUP_SCREENSHOTS is not set")
@pytest.mark.parametrize("name", README)
def test_the_pictures_of_the_readme_are_made(address: str, page: Page, rows: Rows, name: str) -> None:
    title, choices = README[name]
    shaped(page, 1440, 1000, name.rsplit("_", 1)[1])
    opened(page, address_of(address, title, "account_manager", rows, **choices))
    page.wait_for_function("document.fonts.status === 'loaded'")
    target = SCREENSHOTS / f"{name}.png"
    save(page.screenshot(), target)
    assert target.stat().st_size < LARGEST
