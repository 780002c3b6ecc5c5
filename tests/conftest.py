"""A real PostgreSQL for the tests: the embedded one, or the server of DATABASE_URL. Each test has a database of its
own, and each process of a run side by side an embedded server of its own.
"""

import gc
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import hypothesis
import pytest
from psycopg2.extensions import TRANSACTION_STATUS_INTRANS
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url

from core.database import engine
from core.database.migrate import migrate
from core.database.server import embedded
from core.errors import RecoupError
from tests import memory

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE_ROLES = {
    "RECOUP_APP_DATABASE_URL": engine.APP,
    "RECOUP_STAFF_DATABASE_URL": engine.STAFF,
    "RECOUP_LOADER_DATABASE_URL": engine.LOADER,
}


_LOGINS = ((engine.APP, engine.APP), (engine.STAFF, engine.STAFF), (engine.LOADER,))
"""The logins beside the owner's, each with the further argument by which `engine_for` caches its engine, if any."""

Told = TypeVar("Told")

_OF_A_SERVER = {"server", "connection"}
"""The fixtures without which no test comes by the server."""

MAKING = 0x74656D70
"""An advisory lock: roles belong to the server, and two processes that migrate at once would meet in them."""


def pytest_configure() -> None:
    """Let what tests write lie in memory, where nobody has said otherwise, and what they draw be the same each time."""
    place = memory.folder()
    if place:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)
    # The same examples in every run, however slow the machine is; `--hypothesis-profile explore` tries others.
    hypothesis.settings.register_profile("recoup", deadline=None, derandomize=True, print_blob=True)
    hypothesis.settings.register_profile("explore", deadline=None, print_blob=True)
    if hypothesis.settings.get_current_profile_name() == "default":
        hypothesis.settings.load_profile("recoup")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a database, and leave out what is exhaustive unless it was asked for.

    Side by side, files with slow tests come first and then those that run pages, so that no process is left alone
    with a long one at the end.
    """
    for item in items:
        if not _OF_A_SERVER.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    if "exhaustive" not in config.getoption("markexpr"):
        left_out = [item for item in items if item.get_closest_marker("exhaustive")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if hasattr(config, "workerinput"):
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        pages = {item.path for item in items if "visit" in getattr(item, "fixturenames", ())}
        items.sort(key=lambda item: (item.path not in slow, item.path not in pages))


def pytest_collection_finish() -> None:
    """Take what was imported out of the collector's sight: it lives to the end, and is most of what there is."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Server:
    """A server on which tests make databases; `url` is its owner's, of the database that it has from the beginning."""

    url: URL
    _left: list[str] = field(default_factory=list)

    @cached_property
    def own(self) -> Engine:
        """The connections that make and remove databases: kept, for every test has one made and removed."""
        return create_engine(self.url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)

    @cached_property
    def copies(self) -> str:
        """How it copies a database: by files is faster where nothing is written through to the disk."""
        with self.own.connect() as connection:
            is_written_through = connection.execute(text("show fsync")).scalar_one() == "on"
        return "wal_log" if is_written_through else "file_copy"

    def create(self, kind: str, template: str | None = None) -> str:
        """Make a database under a new name that tells its kind: an empty one, or a copy. Gives the name."""
        self.drop_left()
        name = f"recoup_{kind}_{secrets.token_hex(4)}"
        self.execute(f"create database {name}" + (f" template {template} strategy {self.copies}" if template else ""))
        return name

    def drop(self, name: str) -> None:
        """Leave a database to be removed when the next one is made: while a backend is on its way out of it, the server
        sleeps for a tenth of a second.
        """
        self._left.append(name)

    def drop_left(self) -> None:
        """Remove the databases that were left, whoever is connected to them."""
        while self._left:
            self.execute(f"drop database {self._left.pop()} with (force)")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block that no other process is in at the same time."""
        with self.own.connect() as connection:
            connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": MAKING})
            try:
                yield
            finally:
                connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": MAKING})

    def execute(self, statement: str) -> None:
        """Run a statement that can not run in a transaction."""
        with self.own.connect() as connection:
            connection.execute(text(statement))


@dataclass(frozen=True)
class Database:
    """A migrated database, empty of accounts."""

    url: URL

    @property
    def owner(self) -> Engine:
        """The owner's engine, as commands use it."""
        return engine.owner_engine()

    def url_of(self, role: str, password: str | None = None) -> str:
        """The URL of the same database for another login."""
        return self.url.set(username=role, password=password).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    given = os.environ.get("DATABASE_URL")
    if given:
        made = Server(make_url(engine.normalised(given)))
        yield made
        made.drop_left()
        made.own.dispose()
        return
    try:
        with embedded.running(tmp_path_factory.mktemp("server"), durable=False) as started:
            made = Server(make_url(started.url()))
            yield made
            made.own.dispose()
    except RecoupError as error:
        pytest.exit(f"No database for the tests: {error}", returncode=1)


@dataclass(frozen=True)
class Filled(Generic[Told]):
    """A database that tests' own are copied from, and what was told when it was filled: ids, for the most part."""

    name: str
    told: Told


@contextmanager
def filled(server: Server, migrated: str, fill: Callable[[Connection], Told]) -> Iterator[Filled[Told]]:
    """What `fill` adds to a migrated database, made once for all tests that begin with it."""
    name = server.create("filled", migrated)
    filling = create_engine(server.url.set(database=name))
    with filling.begin() as connection:
        told = fill(connection)
    filling.dispose()
    yield Filled(name, told)
    server.drop(name)


@pytest.fixture(scope="session")
def migrated(server: Server) -> Iterator[str]:
    """The name of a database in the newest shape, with no accounts."""
    name = server.create("template")
    making = create_engine(server.url.set(database=name))
    with server.alone():
        migrate(making)
    making.dispose()
    yield name
    server.drop(name)


@pytest.fixture(scope="session")
def template(migrated: str) -> str:
    """The name of the database that each test's own is copied from. Tests that all begin with the same rows name
    another one here, which has them: see `filled`.
    """
    return migrated


@pytest.fixture
def database(server: Server, template: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own, and an environment in which every connection leads to it."""
    name = server.create("test", template)
    made = Database(server.url.set(database=name))
    monkeypatch.setenv("DATABASE_URL", made.url.render_as_string(hide_password=False))
    for variable, role in PAGE_ROLES.items():
        monkeypatch.setenv(variable, made.url_of(role))
    monkeypatch.setenv("RECOUP_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RECOUP_TODAY", raising=False)
    yield made
    for login, *known_as in (*_LOGINS, (made.url.username or "",)):
        engine.engine_for(made.url_of(login), *known_as).dispose()
    engine.engine_for.cache_clear()
    server.drop(name)


@pytest.fixture(scope="module")
def shared(server: Server, template: str) -> Iterator[Engine]:
    """The owner's engine of a database for those tests of a module that take a `connection` and nothing else. A backend
    that has met the tables and views before is a third faster than a new one.
    """
    name = server.create("shared", template)
    made = create_engine(server.url.set(database=name))
    event.listen(made, "commit", _refuse_to_commit)
    yield made
    made.dispose()
    server.drop(name)


def _refuse_to_commit(_: Connection) -> None:
    raise AssertionError("other tests have this database too: one that commits takes `database` beside `connection`")


@pytest.fixture
def connection(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """The owner's connection, in a transaction: to the test's own database where it takes that as well, and committed
    at the end; else to one that is shared, and taken back.
    """
    if "database" in request.fixturenames:
        own: Database = request.getfixturevalue("database")
        with own.owner.begin() as connected:
            yield connected
        return
    shared: Engine = request.getfixturevalue("shared")
    # nothing else leads there: what is not committed would not be seen
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/shared")
    monkeypatch.delenv("RECOUP_TODAY", raising=False)
    with shared.connect() as connected:
        transaction = connected.begin()
        yield connected
        driver: Any = connected.connection.driver_connection
        if driver.info.transaction_status == TRANSACTION_STATUS_INTRANS:  # no statement failed
            with driver.cursor() as cursor:
                cursor.execute("set constraints all immediate")  # as a commit would
        transaction.rollback()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A Chromium: one for all tests of a process, for Playwright's loop is started once in each."""
    # Imported here, for most runs are without a browser.
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS, executable

    found = executable()
    if found is None:
        pytest.skip("there is no browser here: python -m tests.browser gets one")
    with sync_playwright() as playwright:
        # Tabs of one context share their process, and with it what was compiled for a page.
        started = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, "--process-per-site"])
        yield started
        started.close()
