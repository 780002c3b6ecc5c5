"""Every control can be reached by the Tab key alone."""

import pytest
from playwright.sync_api import Page

from tests.browser_journeys.screen import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANAGER = "manager@example.com"
MOST = 250
CONTROLS = "a[href], button, input, textarea, canvas[tabindex], summary, [role=combobox], [role=button]"
REACHED = """() => {
    const focused = document.activeElement
    const is_new = focused !== document.body && !focused.dataset.reached
    focused.dataset.reached = 'yes'
    const group = focused.closest('[role=radiogroup], [role=group]')  // the arrow keys lead on inside it
    if (focused.matches('[role=radio], input[type=radio], [role=spinbutton]') && group) group.dataset.reached = 'yes'
    return is_new
}"""
MISSED = """controls => [...document.querySelectorAll(controls)]
    .filter(each => each.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !each.disabled)
    .filter(each => each.tabIndex >= 0 || !each.closest('[tabindex="0"], a, button, [data-reached]'))
    .filter(each => !each.closest('[data-reached], [aria-hidden=true], [inert]'))
    .filter(each => !each.querySelector('[data-reached]'))
    .map(each => each.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("path", ["", "expiring"])
def test_every_control_is_reached_by_tab(address: str, page: Page, path: str) -> None:
    opened(page, f"{address}/{path}?user={MANAGER}")
    assert len(page.evaluate(MISSED, CONTROLS)) > 20
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if not page.evaluate(REACHED):
            break
    missed = page.evaluate(MISSED, CONTROLS)
    assert not missed, "\n".join(missed)
