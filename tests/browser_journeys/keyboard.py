"""Whether every control of a page can be reached by the Tab key."""

from playwright.sync_api import Page

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


def misses_no_control(page: Page) -> None:
    """Press Tab until nothing new is reached; every control was reached then."""
    assert len(page.evaluate(MISSED, CONTROLS)) > 20
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if not page.evaluate(REACHED):
            break
    missed = page.evaluate(MISSED, CONTROLS)
    assert not missed, "\n".join(missed)
