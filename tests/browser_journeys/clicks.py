"""What people press that has no element of its own: cells of tables and parts of charts are drawn, not written. And how
often they press, as CONTRIBUTING.md counts it.
"""

import time
from contextlib import suppress

from playwright.sync_api import Error, FloatRect, Locator, Page, expect

HEADER, ROW, FIRST_COLUMN = 35, 35, 40
"""Where things are in a table, in pixels: it is drawn on a canvas."""

STILL_FOR, STILL_WITHIN = 250, 90
"""For how many milliseconds a part has to stay where it is before it is pressed, and within how many seconds."""

_COUNTER = "window.presses = 0; addEventListener('pointerdown', event => { presses += event.isTrusted }, true)"


def counted(page: Page) -> Page:
    """The page, whose presses of the mouse are counted from the next address on."""
    page.add_init_script(_COUNTER)
    return page


def clicks(page: Page) -> int:
    """How often the mouse was pressed since the address was opened."""
    return int(page.evaluate("presses"))


def open_row(table: Locator, number: int) -> None:
    """Press the button in a row's first column."""
    # its rows are written for screen readers beside the canvas, once they are drawn
    expect(table.locator("tbody tr").nth(number)).to_be_attached()
    box = still(table)
    table.page.mouse.click(box["x"] + FIRST_COLUMN, box["y"] + HEADER + number * ROW + ROW // 2)


def press(part: Locator) -> None:
    """Press a part of a chart: a layer of plotly's own lies above it."""
    box = still(part)
    part.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def still(part: Locator) -> FloatRect:
    """Where a part is on the screen, once it has been there for a moment: what is drawn above it moves it."""
    deadline, before = time.monotonic() + STILL_WITHIN, None
    while True:
        box = None
        with suppress(Error):  # it was drawn anew just now
            part.scroll_into_view_if_needed()
            box = part.bounding_box()
        if box and box == before:
            return box
        assert time.monotonic() < deadline, f"it moves on and on: {before}, {box}"
        before = box
        part.page.wait_for_timeout(STILL_FOR)


def chart(page: Page, name: str) -> Locator:
    """The chart of a name, drawn."""
    found = page.get_by_role("figure", name=name)
    expect(found.locator(".js-plotly-plot .xtick").first).to_be_visible()
    return found


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option in a field that lists them."""
    page.get_by_role("combobox", name=label).last.click()
    page.get_by_role("option", name=option, exact=True).click()
