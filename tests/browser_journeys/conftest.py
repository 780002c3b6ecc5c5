"""A tab of a browser, and a dashboard over a small demo world."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fasteners import InterProcessLock
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine, create_engine, text

from core.database.engine import normalised
from core.database.server import embedded
from tests.browser_journeys.addresses import ROWS, Rows
from tests.browser_journeys.dashboards import TODAY, dashboard, environment, load_demo
from tests.browser_journeys.screen import PATIENCE


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an embedded server with the demo world in it, for this process alone.

    Side by side it is a copy of the one that the first process has made.
    """
    own = tmp_path_factory.mktemp("journeys") / "home"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        load_demo(own)
        return own
    shared = tmp_path_factory.getbasetemp().parent / "journeys"
    with InterProcessLock(shared.with_suffix(".lock")):
        if not shared.exists():
            load_demo(own)
            own.rename(shared)
    shutil.copytree(shared, own)
    return own


@pytest.fixture(scope="session")
def seen(home: Path) -> dict[str, str]:
    """The environment of a dashboard over it."""
    return environment(home, RECOUP_TODAY=TODAY)


@pytest.fixture(scope="session")
def address(seen: dict[str, str]) -> Iterator[str]:
    """A dashboard that all journeys share."""
    with dashboard(seen) as started:
        yield started


@pytest.fixture(scope="session")
def owner(home: Path) -> Iterator[Engine]:
    """The owner's connections to the database of the dashboards, against which pages are held."""
    with embedded.running(home) as server:
        made = create_engine(normalised(server.url()), connect_args={"options": f"-c recoup.today={TODAY}"})
        yield made
        made.dispose()


@pytest.fixture(scope="session")
def rows(owner: Engine) -> Rows:
    """What the addresses of the pages of a row say."""
    with owner.connect() as connection:
        return {title: dict(connection.execute(text(query)).mappings().one()) for title, query in ROWS.items()}


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What all tabs share: the scripts that were fetched and compiled, which are half the cost of a first visit."""
    made = browser.new_context(viewport={"width": 1440, "height": 1000}, timezone_id="America/Los_Angeles")
    made.set_default_timeout(PATIENCE)
    # What was compiled goes with the last tab of a site, so one stays: of an address that this line answers for.
    staying = made.new_page()
    staying.route("**", lambda asked: asked.fulfill(body=""))
    staying.goto("http://localhost/")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of a visitor who was never here."""
    tab = context.new_page()
    yield tab
    context.new_cdp_session(tab).send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "local_storage"})
    context.clear_cookies()
    tab.close()
