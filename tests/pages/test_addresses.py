"""Addresses carry codes; those of earlier versions, and views that were saved from them, have labels and open too."""

from urllib.parse import parse_qs

import pytest

from core.database.access import people, personal
from core.database.access.personal import SavedView
from core.ui.components.deadlines import SPANS
from core.ui.items import holdings
from core.ui.shell import coded
from core.vocabulary import CASE_STATUSES, CATEGORIES, MARKETPLACES
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import listed
from tests.pages.test_choices import CHOICES, LIST, NAMES

MANAGER = "manager@example.com"

OF_BEFORE = {
    "account": "account=Betula",
    "7d": "amazon_expires_in=7+days",
    "30d": "amazon_expires_in=30+days",
    "lost": "amazon_stage=Lost",
    "in_case": "amazon_stage=In+case",
    "review": "walmart_stage=Review",
    "largest": "amazon_sort=Largest+amount",
    "reimbursed": "cases_view=Reimbursed+Cases",
    "open": "cases_status=Open",
    "claimed": "cases_sort=Largest+claim",
    "inventory_damaged": "{key}=Inventory+damaged",
    "AMAZON_DE": "{key}=Amazon+Germany",
    "BETULA": "account=Betula",
}
"""What addresses said before of the choices of CHOICES, by their codes."""


def said_before(key: str, value: str | list[str]) -> dict[str, list[str]]:
    code = value if isinstance(value, str) else value[0]
    return parse_qs(OF_BEFORE[code].format(key=key))


OLD = [each for each in CHOICES if (each[2] if isinstance(each[2], str) else each[2][0]) in OF_BEFORE]


@pytest.mark.parametrize(("page", "key", "value", "expected"), OLD)
def test_an_address_with_labels_opens_and_has_codes_afterwards(
    visit: Open, page: str, key: str, value: str | list[str], expected: list[str]
) -> None:
    app = visit(page, MANAGER, **said_before(key, value))
    assert not app.exception
    assert list(listed(app, LIST[page])[NAMES[page]]) == expected
    assert app.query_params[key] in (value, value[0])


def test_a_saved_view_with_labels_opens(visit: Open, database: Database, small_world: dict[str, int]) -> None:
    with database.owner.connect() as owner:
        user_id = people.user_id_of(owner, MANAGER)
    query = "account=Betula&expiring_sort=Largest&expiring_expires=30+days&expiring_currency=EUR"
    personal.save_view(user_id, SavedView("Old", "expiring", query))
    app = visit("pages/overview.py", MANAGER)
    app.session_state["saved_views"] = True
    app.run().button(key="saved_view_open_0").click().run()
    assert not app.exception
    assert list(listed(app, "Value from")["SKU"]) == ["BETULA-1"]
    choices = {"expiring_sort": "largest", "expiring_expires": "30d", "expiring_currency": "EUR"}
    assert dict(app.query_params) == {"account": "BETULA", **choices}


@pytest.mark.parametrize(
    "labels",
    [
        {code: entry.label for code, entry in MARKETPLACES.items()},
        {code: entry.label for code, entry in CATEGORIES.items()},
        {code: entry.label for code, entry in CASE_STATUSES.items()},
        {code: span.label for code, span in SPANS.items()},
        holdings.LABELS,
    ],
    ids=["marketplaces", "categories", "statuses", "deadlines", "holdings"],
)
def test_each_label_of_a_registry_is_taken_for_its_code(labels: dict[str, str]) -> None:
    assert [coded.code_of(label, labels) for label in labels.values()] == list(labels)
    assert [coded.code_of(code, labels) for code in labels] == list(labels)
    assert coded.code_of("forged", labels) == "forged"


def test_a_label_that_is_called_otherwise_now_is_taken_still() -> None:
    assert coded.code_of("Largest", {"soonest": "Deadline", "largest": "Amount"}) == "largest"
    assert coded.code_of("Approved, not paid", {"approved_not_paid": "Not paid yet"}) == "approved_not_paid"
