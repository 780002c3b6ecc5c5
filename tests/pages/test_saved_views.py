"""Saved views: an address under a name, the user's own, and never more than its page knows."""

from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from core.database.access import people, personal
from core.database.access.personal import LONGEST_QUERY, MOST_VIEWS, SavedView
from core.errors import LimitReached
from core.ui.shell.navigation import PAGES, PageEntry
from core.ui.shell.saved_views import choices_of
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts
from tests.pages.test_untrusted_text import HOSTILE, LIVE, markdown

SELLER, MANAGER = "alpine@example.com", "manager@example.com"
WITH_CHOICES = [entry for entry in PAGES.values() if entry.choices]


@pytest.fixture
def user(small_world: dict[str, int], database: Database) -> int:
    """The account manager's id."""
    with database.owner.connect() as owner:
        return people.user_id_of(owner, MANAGER)


def opened(visit: Open, page: str = "pages/amazon.py", email: str = MANAGER, **address: str | list[str]) -> AppTest:
    """A page with its saved views open."""
    app = visit(page, email, **address)
    app.session_state["saved_views"] = True
    return app.run()


def saved(app: AppTest, name: str) -> AppTest:
    app.text_input(key="saved_view_name").set_value(name)
    return app.button(key="saved_view_save").click().run()


def names(app: AppTest) -> list[str]:
    return [str(button.label) for button in app.button if str(button.key).startswith("saved_view_open_")]


@pytest.mark.parametrize("entry", WITH_CHOICES, ids=lambda entry: entry.file)
def test_every_page_with_choices_saves_them(visit: Open, user: int, entry: PageEntry) -> None:
    app = saved(opened(visit, f"pages/{entry.file}.py", account="Betula", forged="x"), "Morning")
    assert not app.exception
    assert names(app) == [f"Morning :gray[{entry.title}]"]
    assert personal.saved_views(user) == [SavedView("Morning", entry.file, "account=BETULA")]


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("page", ["pages/amazon.py", "pages/overview.py"])
def test_a_view_opens_its_page_with_its_choices(visit: Open, page: str) -> None:
    choices = {"account": "Betula", "amazon_expires_in": "30 days", "amazon_search": "betula"}
    saved(opened(visit, **choices), "Soon in Germany")
    app = opened(visit, page)
    app.button(key="saved_view_open_0").click().run()
    assert not app.exception
    assert app.title[0].value == "Amazon"
    assert app.selectbox(key="account").value == "BETULA"
    assert list(listed(app, "Value from")["SKU"]) == ["BETULA-1"]


@pytest.mark.usefixtures("user")
def test_on_its_own_page_a_view_replaces_every_choice(visit: Open) -> None:
    saved(opened(visit, amazon_expires_in="7 days"), "This week")
    app = opened(visit, amazon_search="BETULA", amazon_sort="Largest amount")
    app.button(key="saved_view_open_0").click().run()
    assert app.text_input(key="amazon_search").value == ""
    assert app.selectbox(key="amazon_sort").value == "soonest"
    assert list(listed(app, "Value from")["SKU"]) == ["ALPINE-1"]


def test_a_view_is_removed(visit: Open, user: int) -> None:
    app = saved(opened(visit), "Mine")
    app.button(key="saved_view_remove_0").click().run()
    assert names(app) == []
    assert personal.saved_views(user) == []


def test_nobody_sees_the_views_of_another(visit: Open, user: int) -> None:
    personal.save_view(user, SavedView("Only the managers", "amazon", ""))
    for email in (SELLER, "staff@example.com"):
        assert "Only the managers" not in everything(opened(visit, email=email))


def test_a_view_of_a_page_that_the_role_has_not_is_not_offered(
    visit: Open, small_world: dict[str, int], database: Database
) -> None:
    with database.owner.connect() as owner:
        seller = people.user_id_of(owner, SELLER)
    for page in ("expiring", "how_to_claim", "item", "../../etc/passwd", "https://example.com"):
        personal.save_view(seller, SavedView(page, page, ""))
    assert names(opened(visit, email=SELLER)) == []


@pytest.mark.parametrize("name", [HOSTILE, "<script>alert(1)</script>", ":red[x] **y** $z$", "[a](javascript:b)"])
def test_a_name_is_a_text_and_nothing_else(visit: Open, user: int, name: str) -> None:
    app = saved(opened(visit), name)
    assert not app.exception
    assert len(personal.saved_views(user)) == 1
    assert [said for said in markdown(app) if LIVE.search(said) or ":red[x]" in said] == []


def test_signs_that_can_not_be_seen_are_no_part_of_a_name(visit: Open, user: int) -> None:
    saved(opened(visit), "a\u202eb\u0000\n\u200bc")
    assert [view.name for view in personal.saved_views(user)] == ["a b c"]


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_view_needs_a_name(visit: Open, user: int, name: str) -> None:
    assert "A view needs a name" in texts(saved(opened(visit), name))
    assert personal.saved_views(user) == []


def test_a_query_keeps_only_what_its_page_knows() -> None:
    query = urlencode(
        {"user": "staff@example.com", "account": "B", "amazon_sort": "SKU", "cases_id": "1", "embed": "true"}
    )
    assert choices_of(PAGES["Amazon"], query) == {"account": ["B"], "amazon_sort": ["SKU"]}
    assert choices_of(PAGES["How to claim"], "x=1") == {}


def test_an_address_that_was_tampered_with_does_not_change_who_looks(visit: Open, user: int) -> None:
    personal.save_view(user, SavedView("Evil", "amazon", "user=staff%40example.com&account=Empty+Nest&amazon_stage=x"))
    app = opened(visit)
    app.button(key="saved_view_open_0").click().run()
    assert not app.exception
    assert "Account not found, or you don't have access" in texts(app)
    assert "Empty Nest" not in texts(app)


def test_there_is_an_end_to_them(visit: Open, user: int) -> None:
    for number in range(MOST_VIEWS):
        personal.save_view(user, SavedView(f"View {number}", "amazon", ""))
    assert f"{MOST_VIEWS} views are saved already" in texts(saved(opened(visit), "One more"))
    saved(opened(visit, amazon_expires_in="7 days"), "View 7")  # one of the same name is replaced
    views = {view.name: view.query for view in personal.saved_views(user)}
    assert len(views) == MOST_VIEWS
    assert views["View 7"] == "amazon_expires_in=7d"


def test_one_that_is_too_long_is_refused(user: int) -> None:
    with pytest.raises(LimitReached, match="do not fit"):
        personal.save_view(user, SavedView("Long", "amazon", "x" * (LONGEST_QUERY + 1)))
