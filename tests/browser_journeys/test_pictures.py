"""Every page as a picture, in light and dark, on a desk and on a phone. They lie in tests/artefacts afterwards."""

import os

import pytest
from playwright.sync_api import Page, expect

from core.settings import PROJECT
from core.ui.shell.navigation import PAGES
from tests.browser_journeys.addresses import Rows, address_of
from tests.browser_journeys.pictures import keep, save, shaped, whole
from tests.browser_journeys.screen import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREENSHOTS = PROJECT / "tests" / "screenshots"
"""Those of the README. They are made anew where RECOUP_SCREENSHOTS is set."""

SIZES = {"desk": (1440, 1000), "phone": (390, 844)}
LARGEST = 250_000


README = {
    "overview_light": ("Overview", {"account": "Kestrel Home"}),
    "overview_dark": ("Overview", {"account": "Kestrel Home"}),
    "expiring_light": ("Expiring", {}),
    "item_light": ("Item", {}),
    "outcomes_light": ("Outcomes", {}),
}


def test_every_page_fits_the_screen(address: str, page: Page, rows: Rows) -> None:
    places = {"gate": address} | {
        entry.file: address_of(address, title, "account_manager", rows) for title, entry in PAGES.items()
    }
    for number, (name, place) in enumerate(places.items()):
        # every other page is opened on a phone, so that both kinds of screen are what a page begins with
        sizes = sorted(SIZES, reverse=bool(number % 2))
        opened(shaped(page, *SIZES[sizes[0]], "light"), place)
        for size in sizes:
            width, height = SIZES[size]
            for scheme in ("light", "dark"):
                shaped(page, width, height, scheme)
                expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
                for part in ("document.scrollingElement", "document.querySelector('[data-testid=stMain]')"):
                    page.wait_for_function(f"{part}.scrollWidth <= {width}")
                keep(whole(page), f"{name}_{size}_{scheme}")


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
