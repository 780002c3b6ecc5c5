"""Texts of reports and people are shown as they stand: nothing in them is HTML, Markdown, a formula or an icon."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from streamlit.testing.v1 import AppTest

from core.database.access import people
from core.ui.shell.navigation import PAGES
from tests.conftest import Database, Filled, Server, filled
from tests.core.reports import Reports
from tests.pages.conftest import Open

HOSTILE = "<img src=x onerror=alert(1)> **bold** [go](javascript:alert(2)) $x^2$ :material/home: `code` =1+1"
NUL, OVERRIDE = "\x00", "\u202e"
WORDS = ("EVIL", "evil@example.com")
LIVE = re.compile(r"(?<!\\)<img|(?<!\\)\*\*bold|(?<!\\)\[go\\?\]\(|:material/home:|(?<!\\)\$x|(?<!\\)`code")
"""What of the text would come alive in Markdown: each begins with a sign that a backslash, or a joiner, takes away."""

GOODS = {"sku": HOSTILE, "fnsku": HOSTILE + " F", "asin": HOSTILE + " A"}
DAY = "2026-10-01"


def _evil(connection: Connection) -> dict[str, str]:
    """A seller all of whose texts are hostile; the addresses of its item's and its case's pages."""
    seller = Reports(connection, "EVIL")
    connection.execute(text("update account set name = :name where code = 'EVIL'"), {"name": HOSTILE})
    seller.costs("7.20", since="2026-03-01", sku=HOSTILE)
    seller.lost(10, on="2026-09-01", goods=GOODS)
    seller.reimbursed(3, "24.00", on="2026-09-10", goods=GOODS, name=HOSTILE)
    seller.filed(HOSTILE, on="2026-09-20", units=2, goods=GOODS)
    seller.refused(HOSTILE)
    connection.execute(text("update case_entry set note = :note where account_id = :id"), _told(seller))
    connection.execute(text("update sync_run set file = :note, message = :note where account_id = :id"), _told(seller))
    connection.execute(text("update source_file set file = :note where account_id = :id"), _told(seller))
    item = str(seller.item(DAY)["item_id"])
    people.add_user(connection, WORDS[1], "seller", ["EVIL"])
    people.add_user(connection, "evils-manager@example.com", "account_manager", ["EVIL"])
    return {"Item": item, "Case": HOSTILE}


@pytest.fixture(scope="module")
def with_evil(server: Server, with_small_world: Filled[dict[str, int]]) -> Iterator[Filled[dict[str, str]]]:
    """The world with them, made once."""
    with filled(server, with_small_world.name, _evil) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_evil: Filled[dict[str, str]]) -> str:
    """Every test here begins with them."""
    return with_evil.name


@pytest.fixture
def evil(with_evil: Filled[dict[str, str]]) -> dict[str, str]:
    """A seller all of whose texts are hostile; the addresses of its item's and its case's pages."""
    return dict(with_evil.told)


def _told(seller: Reports) -> dict[str, object]:
    return {"note": HOSTILE, "id": seller.account_id}


def markdown(app: AppTest) -> Iterator[str]:
    """All that Streamlit takes for Markdown: labels of widgets too."""
    said = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    yield from (str(each.value) for each in (*said, *app.success))
    yield from (str(tile.label) for tile in app.metric)
    yield from (str(each.label) for each in (*app.expander, *app.button, *app.tabs))


@pytest.mark.parametrize("email", ["evil@example.com", "evils-manager@example.com", "staff@example.com"])
@pytest.mark.parametrize("title", PAGES)
def test_no_page_lets_a_text_of_a_report_come_alive(visit: Open, evil: dict[str, str], title: str, email: str) -> None:
    address = {"as_of": DAY, "account": "EVIL"}
    address |= {"item": evil["Item"]} if title == "Item" else {}
    address |= {"case": HOSTILE, "marketplace": "AMAZON_US"} if title == "Case" else {}
    app = visit(f"pages/{PAGES[title].file}.py", email, **address)
    assert not app.exception
    alive = [said for said in markdown(app) if LIVE.search(said)]
    assert alive == []


def test_the_text_is_there_and_only_harmless(visit: Open, evil: dict[str, str]) -> None:
    app = visit("pages/item.py", "evil@example.com", as_of=DAY, account="EVIL", item=evil["Item"])
    assert any("onerror" in said for said in markdown(app))


SEARCHES = {
    "pages/amazon.py": "amazon_search",
    "pages/items.py": "items_search",
    "pages/expiring.py": "expiring_search",
    "pages/payments.py": "payments_search",
    "pages/follow_ups.py": "follow_ups_search",
    "pages/case_tracker.py": "cases_id",
}


@pytest.mark.parametrize("page", [f"pages/{entry.file}.py" for entry in PAGES.values()])
def test_an_address_with_a_nul_or_a_turned_direction_is_an_address_without_it(visit: Open, page: str) -> None:
    keys = ["account", "as_of", "item", "case", "marketplace", "user", *SEARCHES.values(), f"x{NUL}y"]
    app = visit(page, "manager@example.com", **dict.fromkeys(keys, f"{OVERRIDE}a{NUL}b"))
    assert not app.exception
    assert not [value for values in app.query_params.values() for value in values if NUL in value or OVERRIDE in value]
    assert NUL not in "".join(app.query_params)


@pytest.mark.parametrize("page", SEARCHES)
def test_a_search_is_for_what_can_be_seen_of_it(visit: Open, page: str) -> None:
    app = visit(page, "manager@example.com")
    field = next(each for each in app.text_input if each.key == SEARCHES[page])
    field.set_value(f"ALP{NUL}INE{OVERRIDE}\u2060\u200b-1 ").run()
    assert not app.exception
    if page == "pages/items.py":
        assert "ALPINE-1" in "".join(frame.value.to_csv() for frame in app.dataframe)


def test_nothing_that_is_shown_turns_the_direction_of_what_stands_around_it(visit: Open, database: Database) -> None:
    turned = f"ALPINE{OVERRIDE}-1\u2066"
    with database.owner.begin() as connection:
        connection.execute(text("update item set sku = :turned where sku = 'ALPINE-1'"), {"turned": turned})
        connection.execute(text("update account set name = :turned where code = 'ALPINE'"), {"turned": turned})
        connection.execute(text("update account_state set version = version + 1"))
    for page in ("overview", "items", "case_tracker", "data_sync"):
        app = visit(f"pages/{page}.py", "manager@example.com")
        sent = "".join([*markdown(app), *(frame.value.to_csv() for frame in app.dataframe)])
        assert OVERRIDE not in sent, page
        assert "\u2066" not in sent, page
