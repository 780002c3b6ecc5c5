"""What axe-core finds on a page under WCAG 2.2 AA and its own best practices, less what is Streamlit's own."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class OfStreamlit:
    """A rule that an element of Streamlit's breaks, which no option of ours can change, and why that is borne."""

    rule: str
    element: str
    reason: str


OF_STREAMLIT = (
    OfStreamlit(
        "list",
        'ul[data-testid="stSidebarNavItems"]',
        "The navigation's groups are a div between the list and its entries. Each entry is a link with its title.",
    ),
    OfStreamlit(
        "listitem",
        'ul[data-testid="stSidebarNavItems"] li',
        "The same, seen from the entries.",
    ),
    OfStreamlit(
        "color-contrast",
        '[data-testid="stPopover"] button[aria-expanded="true"] p',
        "In dark the label of a quiet button is darkened for as long as what it opens is open. It is read before, and"
        " what it opened lies below it.",
    ),
    OfStreamlit(
        "presentation-role-conflict",
        'section[data-testid="stFileUploaderDropzone"]',
        "The place to drop files on has the field's name as well as the role of a mere decoration. Its button has both"
        " the name and the keyboard.",
    ),
)
"""All that is left out of what axe-core finds: a rule on an element, and no more than that."""


def violations(page: Page, within: str | None = None) -> tuple[list[str], set[str]]:
    """What is ours, a line for each element, and the rules of OF_STREAMLIT that were met: on the whole page, or in the
    part of it that a selector names.
    """
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(TAGS)}}
    found = Axe().run(page, context=within, options=options)
    ours: list[str] = []
    met: set[str] = set()
    for violation in found.response["violations"]:
        for node in violation["nodes"]:
            if _is_of_streamlit(page, violation["id"], node):
                met.add(violation["id"])
            else:
                ours.append(f"{violation['id']}: {node['html'][:200]} – {node['failureSummary'][:300]}")
    return ours, met


def _is_of_streamlit(page: Page, rule: str, node: dict[str, Any]) -> bool:
    elements = [each.element for each in OF_STREAMLIT if each.rule == rule]
    if not elements:
        return False
    found: bool = page.evaluate(
        "([target, elements]) => document.querySelector(target)?.matches(elements) ?? false",
        [node["target"][0], ", ".join(elements)],
    )
    return found
