"""WCAG 2.2 AA by axe-core: every page, for one role in light; with RECOUP_A11Y set (`make check-a11y`) for every role,
in light and dark, on a desk and on a phone.
"""

import os
import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from core.ui.shell.navigation import PAGES, has_page
from tests.browser_journeys.accessibility import OF_STREAMLIT, violations
from tests.browser_journeys.addresses import USERS, Rows, address_of
from tests.browser_journeys.cut_texts import nothing_is_cut
from tests.browser_journeys.keyboard import misses_no_control
from tests.browser_journeys.pictures import fits_every_screen, shaped
from tests.browser_journeys.screen import DONE, MAIN, opened, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVERY = "RECOUP_A11Y" in os.environ
ROLES = tuple(USERS) if EVERY else ("account_manager",)
SCHEMES = ("light", "dark") if EVERY else ("light",)
SIZES = {"desk": (1400, 1000), "phone": (390, 844)} if EVERY else {"desk": (1400, 1000)}
ALL = [
    pytest.param(title, role, scheme, size, id=f"{entry.file}-{role}-{scheme}-{size}")
    for title, entry in PAGES.items()
    for role in ROLES
    if has_page(role, title)
    for scheme in SCHEMES
    for size in SIZES
]
POPOVER = '[data-testid="stPopoverBody"]'
NOTHING_IS_PALE = """() => [...document.querySelectorAll('[data-testid=stMain] [data-testid=stElementContainer]')]
    .every(each => getComputedStyle(each).opacity === '1')"""
"""What a run is about to draw anew is pale until then, and nobody can read it."""
OPENED = tuple(PAGES) if EVERY else ("Overview",)
WITH_CHARTS = ("Overview", "Outcomes", "Payments")
WITH_EVERY_CONTROL = ("Overview", "Expiring")
"""Where each control is reached by the Tab key: all kinds of controls are there."""


@pytest.mark.parametrize(("title", "role", "scheme", "size"), ALL)
def test_a_page_breaks_no_rule_and_serves_every_keyboard_and_screen(
    address: str,
    rows: Rows,
    page: Page,
    title: str,
    role: str,
    scheme: str,
    size: str,
) -> None:
    opened(shaped(page, *SIZES[size], scheme), address_of(address, title, role, rows))
    # an item and a case are titled by what they are
    expect(page.locator(f"{MAIN} h1")).to_have_text(
        title if PAGES[title].is_listed or title == "Items" else re.compile("·")
    )
    ours, _ = violations(page)
    assert not ours, "\n".join(ours)
    if role == "account_manager":  # while it is open: to open it again costs more than all of this
        if title in WITH_CHARTS:
            each_chart_has_a_name_and_its_numbers(page)
        if title in WITH_EVERY_CONTROL:
            misses_no_control(page)
        fits_every_screen(page, PAGES[title].file)
        nothing_is_cut(page)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("title", OPENED)
def test_neither_does_what_opens_on_it(address: str, rows: Rows, page: Page, title: str, scheme: str) -> None:
    opened(shaped(page, *SIZES["desk"], scheme), address_of(address, title, "account_manager", rows))
    for summary in page.locator(f'{MAIN} [data-testid="stExpander"] summary').all():
        summary.click()
    settled(page)
    page.wait_for_function(NOTHING_IS_PALE)
    ours, _ = violations(page)
    buttons = page.locator(f'{MAIN} [data-testid="stPopover"] button')
    names = buttons.all_inner_texts()
    for number, name in enumerate(names):
        if name in names[:number] and not EVERY:
            continue
        buttons.nth(number).click()
        expect(page.locator(POPOVER)).to_be_visible()
        # What one that is open does to the page around it, they all do alike.
        ours += violations(page, within=POPOVER if number else None)[0]
        close(page.locator(POPOVER))
    assert not ours, "\n".join(ours)


def close(popover: Locator) -> None:
    """Press Escape until it is gone: it is to be seen before it listens."""
    deadline = time.monotonic() + 30
    while popover.is_visible():
        assert time.monotonic() < deadline
        popover.page.keyboard.press("Escape")
        popover.page.wait_for_timeout(50)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["/", "/item?user={seller}", "/expiring?user={seller}"])
def test_neither_do_the_gate_and_a_refusal(address: str, page: Page, path: str, scheme: str) -> None:
    shaped(page, *SIZES["desk"], scheme)
    page.goto(address + path.format(seller=USERS["seller"]))
    expect(page.locator(DONE)).to_have_count(1)
    expect(page.locator(f"{MAIN} p").first).to_be_visible()
    ours, _ = violations(page)
    assert not ours, "\n".join(ours)
    if path == "/":
        fits_every_screen(page, "gate")


@pytest.mark.exhaustive
def test_what_is_left_out_as_streamlits_own_is_still_there(address: str, page: Page) -> None:
    opened(shaped(page, 1400, 1000, "dark"), f"{address}/?user={USERS['account_manager']}")
    page.get_by_role("button", name="Share").click()
    expect(page.locator(POPOVER)).to_be_visible()
    _, met = violations(page)
    opened(page, f"{address}/data_sync?user={USERS['account_manager']}")
    page.locator(f'{MAIN} [data-testid="stExpander"] summary', has_text="Import files").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    assert met | violations(page)[1] == {each.rule for each in OF_STREAMLIT}


def each_chart_has_a_name_and_its_numbers(page: Page) -> None:
    charts = page.get_by_test_id("stPlotlyChart")
    expect(charts.first).to_be_visible()
    names = [chart.get_attribute("aria-label") or "" for chart in charts.all()]
    assert all(names)
    assert len(set(names)) == len(names)
    assert page.get_by_role("button", name="Numbers").count() == len(names)
