"""Every page as a picture, in light and dark, on a desk and on a phone. They lie in tests/artefacts afterwards."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from core.settings import PROJECT
from tests.browser_journeys.screen import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARTEFACTS = PROJECT / "tests" / "artefacts"
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


def new_page(browser: Browser, width: int, height: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        timezone_id="America/Los_Angeles",
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def whole(page: Page) -> bytes:
    """The page from top to bottom: it scrolls within itself, so the window is made as high as it is."""
    height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    size = page.viewport_size or {"width": 1440, "height": 1000}
    page.set_viewport_size({"width": size["width"], "height": min(6000, max(size["height"], height + 20))})
    page.wait_for_function("document.fonts.status === 'loaded'")
    return page.screenshot()


def save(picture: bytes, target: Path) -> None:
    """Write a picture with the 256 colours that it uses most."""
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(picture)).convert("RGB").quantize(256).save(target, optimize=True)
