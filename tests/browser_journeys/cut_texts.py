"""Texts of a page that are cut off: wider than their place, which neither scrolls nor grows."""

import time

from playwright.sync_api import Page

WIDTHS = (1440, 1024, 390)
"""A desk, a small window, a phone."""

SECONDS_TO_SETTLE = 20

_CUT = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
    .filter(each => !each.closest('.js-plotly-plot, [data-testid=stDataFrame], svg') && each.clientWidth > 1)
    .filter(each => each.tagName === 'INPUT' || ['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
    .map(each => [each, each.tagName === 'INPUT' ? each.value || each.placeholder : each.innerText])
    .filter(([each, text]) => text && text.trim() && each.scrollWidth > each.clientWidth + 1)
    .map(([each, text]) => `${text.trim()} (${each.scrollWidth} > ${each.clientWidth})`)"""
"""Tables and charts are drawn, and a table scrolls on purpose."""


def nothing_is_cut(page: Page) -> None:
    """No text on the page is cut at any of the widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        deadline = time.monotonic() + SECONDS_TO_SETTLE
        while (found := page.evaluate(_CUT)) and time.monotonic() < deadline:
            page.wait_for_timeout(100)
        assert not found, f"cut at {width} pixels: {found}"
