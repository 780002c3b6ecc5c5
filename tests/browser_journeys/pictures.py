"""Pages of a size and a colour scheme, and pictures of them: in tests/artefacts, where RECOUP_PICTURES is set."""

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from core.settings import PROJECT

ARTEFACTS = PROJECT / "tests" / "artefacts"
ARE_WANTED = "RECOUP_PICTURES" in os.environ
"""To draw a page from top to bottom takes as long as to open it."""
SIZES = {"desk": (1440, 1000), "phone": (390, 844)}
SHAPES = (
    (("desk", "light"), ("desk", "dark"), ("phone", "dark")) if ARE_WANTED else (("desk", "light"), ("phone", "dark"))
)
"""A scheme makes nothing wider, and charts are drawn anew for each."""


def shaped(page: Page, width: int, height: int, scheme: str) -> Page:
    """The tab on a screen of this size, for somebody who likes it light or dark. A page that is open in it follows."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    return page


def whole(page: Page) -> bytes:
    """The page from top to bottom: it scrolls within itself, so the window is made as high as it is."""
    height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    size = page.viewport_size or {"width": 1440, "height": 1000}
    page.set_viewport_size({"width": size["width"], "height": min(6000, max(size["height"], height + 20))})
    page.wait_for_function("document.fonts.status === 'loaded'")
    return page.screenshot()


def fits_every_screen(page: Page, name: str) -> None:
    """The page that is open is no wider than a desk or a phone, in light and dark."""
    for size, scheme in SHAPES:
        width, height = SIZES[size]
        shaped(page, width, height, scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        for part in ("document.scrollingElement", "document.querySelector('[data-testid=stMain]')"):
            page.wait_for_function(f"{part}.scrollWidth <= {width}")
        if ARE_WANTED:
            keep(whole(page), f"{name}_{size}_{scheme}")


def step(page: Page, journey: str, number: int) -> None:
    """Keep what is seen after a step of a journey."""
    if ARE_WANTED:
        keep(page.screenshot(), f"{journey}_{number}")


def keep(picture: bytes, name: str) -> None:
    """Write a picture as it is, for whoever wants to see what the tests saw."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    (ARTEFACTS / f"{name}.png").write_bytes(picture)


def save(picture: bytes, target: Path) -> None:
    """Write a picture with the 256 colours that it uses most, which takes longer than to draw it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(picture)).convert("RGB").quantize(256).save(target, optimize=True)
