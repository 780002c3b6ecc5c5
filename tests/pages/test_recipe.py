"""Follows the recipe of a page in CONTRIBUTING.md: adds what it names, and moves the widget of the page."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from core import queries, ui
from core.settings import PROJECT
from core.ui.shell.navigation import PAGES, PageEntry
from tests.conftest import Database
from tests.pages.conftest import SECRETS, signed_in_as

PAGE = '''"""How many cases each marketplace has."""

from core.ui.cases_by_place import page
from core.ui.shell import frame

view = frame.page("Cases by place")
page.show(view)
'''
PARTS = '''"""The number of cases of a marketplace."""

import streamlit as st

from core.database.access.visitor import reading
from core.queries import cases_by_place


def show(view):
    place = st.selectbox("Marketplace", ("AMAZON_US", "WALMART_US"), key="place")
    with reading(view.scope.user_id) as (connection, viewer):
        found = cases_by_place.counted(connection, view.scope.of_accounts(viewer), place)
    st.metric("Cases", int(found["cases"].iloc[0]))
'''
QUERIES = '''"""How many cases a marketplace has."""

from sqlalchemy import text

from core.queries.rows import frame

_COUNTED = text("select count(*) as cases from claim_case where account_id = any(:accounts) and marketplace = :place")


def counted(connection, account_ids, place):
    return frame(connection, _COUNTED, {"accounts": list(account_ids), "place": place})
'''


@pytest.fixture
def app(small_world: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app with one more page, in a copy of the files that the recipe names."""
    entry = PageEntry("cases_by_place", "Cases by place", "Cases", "label", "How many cases each marketplace has.")
    monkeypatch.setitem(PAGES, entry.title, entry)
    for package in (ui, queries):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / package.__name__)])
    for path, content in (
        ("pages/cases_by_place.py", PAGE),
        ("core.ui/cases_by_place/page.py", PARTS),
        ("core.ui/cases_by_place/__init__.py", ""),
        ("core.queries/cases_by_place.py", QUERIES),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    shutil.copy(PROJECT / "app.py", tmp_path)
    shutil.copytree(PROJECT / "pages", tmp_path / "pages", dirs_exist_ok=True)
    made = AppTest.from_file(str(tmp_path / "app.py"), default_timeout=30)
    made.secrets, made.user = SECRETS, signed_in_as("manager@example.com")
    return made


def test_a_page(app: AppTest, database: Database) -> None:
    app.switch_page("pages/cases_by_place.py").run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Cases by place"]
    with database.owner.connect() as connection:
        query = text("select marketplace, count(*) as cases from claim_case group by marketplace")
        cases = {row.marketplace: row.cases for row in connection.execute(query)}
    assert app.metric[0].value == str(cases["AMAZON_US"])
    app.selectbox(key="place").set_value("WALMART_US").run()
    assert app.metric[0].value == str(cases.get("WALMART_US", 0))
