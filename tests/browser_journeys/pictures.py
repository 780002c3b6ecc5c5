"""Pages of a size and a colour scheme, and pictures of them. They lie in tests/artefacts afterwards."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from core.settings import PROJECT

ARTEFACTS = PROJECT / "tests" / "artefacts"


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
