"""Every page as a picture, in light and dark, on a desk and on a phone. They lie in tests/artefacts afterwards."""

import os

import pytest
from playwright.sync_api import Browser

from core.settings import PROJECT
from tests.browser_journeys.pictures import ARTEFACTS, new_page, save, whole
from tests.browser_journeys.screen import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREENSHOTS = PROJECT / "tests" / "screenshots"
"""Those of the README. They are made anew where RECOUP_SCREENSHOTS is set."""

PAGES = {"gate": "/", "overview": "/?user={u}", "amazon": "/amazon?user={u}", "walmart": "/walmart?user={u}"}
PAGES |= {"case_tracker": "/case_tracker?user={u}", "data_sync": "/data_sync?user={u}"}
SIZES = {"desk": (1440, 1000), "phone": (390, 844)}
USER = "seller@example.com (Seller)"
LARGEST = 250_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_the_screen(address: str, browser: Browser, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    page = new_page(browser, width, height, scheme)
    for name, path in PAGES.items():
        page.set_viewport_size({"width": width, "height": height})
        opened(page, address + path.format(u=USER))
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, name
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width, name
        save(whole(page), ARTEFACTS / f"{name}_{size}_{scheme}.png")
    page.context.close()


@pytest.mark.skipif("RECOUP_SCREENSHOTS" not in os.environ, reason="RECOUP_SCREENSHOTS is not set")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pictures_of_the_readme_are_made(address: str, browser: Browser, scheme: str) -> None:
    page = new_page(browser, 1440, 1000, scheme)
    opened(page, f"{address}/?user=manager@example.com (Account manager)&account=Kestrel+Home")
    target = SCREENSHOTS / f"overview_{scheme}.png"
    save(page.screenshot(), target)
    assert target.stat().st_size < LARGEST
    page.context.close()
