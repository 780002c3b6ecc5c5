"""A real PostgreSQL for the tests: the embedded one, or the server of DATABASE_URL. Each test has a database of its
own.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

from core.database import embedded, engine
from core.database.migrate import migrate
from core.errors import RecoupError

PAGE_ROLES = {
    "RECOUP_APP_DATABASE_URL": engine.APP,
    "RECOUP_STAFF_DATABASE_URL": engine.STAFF,
    "RECOUP_LOADER_DATABASE_URL": engine.LOADER,
}


@dataclass(frozen=True)
class Server:
    """A server on which tests make databases; `url` is its owner's, of the database that it has from the beginning."""

    url: URL

    def execute(self, statement: str) -> None:
        """Run a statement that can not run in a transaction."""
        connecting = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with connecting.connect() as connection:
            connection.execute(text(statement))
        connecting.dispose()


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
        yield Server(make_url(engine.normalised(given)))
        return
    try:
        with embedded.running(tmp_path_factory.mktemp("server"), durable=False) as started:
            yield Server(make_url(started.url()))
    except RecoupError as error:
        pytest.exit(f"No database for the tests: {error}", returncode=1)


@pytest.fixture(scope="session")
def template(server: Server) -> Iterator[str]:
    """The name of a migrated database that each test's own is copied from."""
    name = f"recoup_template_{secrets.token_hex(4)}"
    server.execute(f"create database {name}")
    making = create_engine(server.url.set(database=name))
    migrate(making)
    making.dispose()
    yield name
    server.execute(f"drop database {name} with (force)")


@pytest.fixture
def database(server: Server, template: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own, and an environment in which every connection leads to it."""
    name = f"recoup_test_{secrets.token_hex(4)}"
    server.execute(f"create database {name} template {template}")
    made = Database(server.url.set(database=name))
    monkeypatch.setenv("DATABASE_URL", made.url.render_as_string(hide_password=False))
    for variable, role in PAGE_ROLES.items():
        monkeypatch.setenv(variable, made.url_of(role))
    monkeypatch.setenv("RECOUP_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RECOUP_TODAY", raising=False)
    yield made
    for role in (made.url.username or "", *PAGE_ROLES.values()):
        engine.engine_for(made.url_of(role)).dispose()
    engine.engine_for.cache_clear()
    server.execute(f"drop database {name} with (force)")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """The owner's connection to the test's database, in a transaction that is committed at the end."""
    with database.owner.begin() as connected:
        yield connected
