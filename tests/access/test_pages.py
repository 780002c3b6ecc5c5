"""Who gets what of every page, called by its address: pages.csv says it, and each cell is held.

`gate`: the way in alone; `nothing`: no account, and whom to ask; `refused`: no such page, or not yours; `own`,
`assigned`, `all`: the accounts that are the user's, that the manager has, every one; of no other a word is sent.
"""

import csv
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.ui.shell.navigation import PAGES
from tests.pages.conftest import Open
from tests.pages.seen import everything, texts
from tests.pages.world import ALPINE, BETULA, EMPTY

MATRIX = Path(__file__).with_name("pages.csv")
USERS = {
    "signed_out": None,
    "without_grants": "nobody@example.com",
    "seller": "alpine@example.com",
    "account_manager": "manager@example.com",
    "staff": "staff@example.com",
}
REACH = {"own": {ALPINE}, "assigned": {ALPINE, BETULA}, "all": {ALPINE, BETULA, EMPTY}}


def rows() -> dict[str, dict[str, str]]:
    with MATRIX.open(encoding="utf-8") as file:
        return {row.pop("page"): row for row in csv.DictReader(file)}


def word(app: AppTest, title: str) -> str:
    """What of a page was sent."""
    sent = everything(app)
    named = {seller for seller in (ALPINE, BETULA, EMPTY) if any(name in sent for name in seller.names)}
    if [heading.value for heading in app.title] == ["Sign in to Recoup"]:
        return "gate" if not named else f"the gate with {named}"
    if "Page not found, or you don't have access" in texts(app):
        return "refused" if not named else f"a refusal with {named}"
    if "No account is assigned to you yet" in texts(app):
        return "nothing" if not named else f"nothing with {named}"
    assert [heading.value for heading in app.title] == [title], sent[:500]
    return next((each for each, reach in REACH.items() if reach == named), f"unknown: {named}")


def test_every_page_has_a_row_and_no_other_has() -> None:
    assert list(rows()) == list(PAGES)


@pytest.mark.parametrize("role", USERS)
@pytest.mark.parametrize("title", PAGES)
def test_a_page_gives_what_the_matrix_says(visit: Open, title: str, role: str) -> None:
    app = visit(f"pages/{PAGES[title].file}.py", USERS[role])
    assert not app.exception
    assert word(app, title) == rows()[title][role]
