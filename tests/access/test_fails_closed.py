"""A pages' connection that is not what it should be serves nobody, and says why; so do a mixed-up URL and a role with
more rights than it needs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from core.database import engine
from core.database.access import people, visitor
from core.database.migrate import migrate
from core.database.server import embedded
from core.errors import ConfigurationError, OtherVersion
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import everything, texts
from tests.pages.test_gate import assert_nothing_of_the_world

pytestmark = pytest.mark.slow

WRONG = {
    "alter role {role} superuser": "is a superuser",
    "alter role {role} bypassrls": "may bypass row security",
    "grant recoup to {role}": "member of recoup",
    "alter table account disable row level security": "it is off for its tables",
    "alter table account owner to {role}": "member of {role}",
}
MENDED = {
    "alter role {role} superuser": "alter role {role} nosuperuser",
    "alter role {role} bypassrls": "alter role {role} nobypassrls",
    "grant recoup to {role}": "revoke recoup from {role}",
    "alter table account disable row level security": "alter table account enable row level security",
    "alter table account owner to {role}": "alter table account owner to recoup; grant select on account to {role}",
}


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A server of this file's own, for its roles are changed."""
    with embedded.running(tmp_path_factory.mktemp("server"), durable=False) as server:
        made = create_engine(server.url())
        migrate(made)
        with made.begin() as connection:
            people.add_account(connection, "ALPHA", "Alpha", ["AMAZON_US"])
            people.add_user(connection, "seller@example.com", "seller")
            people.add_user(connection, "staff@example.com", "staff")
        yield made
        made.dispose()


def as_role(owner: Engine, role: str) -> str:
    return make_url(owner.url).set(username=role).render_as_string(hide_password=False)


@pytest.fixture
def served(owner: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RECOUP_APP_DATABASE_URL", as_role(owner, engine.APP))
    monkeypatch.setenv("RECOUP_STAFF_DATABASE_URL", as_role(owner, engine.STAFF))
    engine.engine_for.cache_clear()
    yield
    engine.engine_for.cache_clear()


@contextmanager
def wrong(owner: Engine, statement: str, role: str) -> Iterator[None]:
    with owner.begin() as connection:
        connection.execute(text(statement.format(role=role)))
    try:
        yield
    finally:
        with owner.begin() as connection:
            connection.execute(text(MENDED[statement].format(role=role)))


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("role", [engine.APP, engine.STAFF])
def test_a_role_that_passes_row_security_by_reads_nothing_until_that_is_mended(owner: Engine, role: str) -> None:
    user = 1 if role == engine.APP else 2
    for statement, said in WRONG.items():
        with (
            wrong(owner, statement, role),
            pytest.raises(ConfigurationError, match=said.format(role=role)),
            visitor.reading(user),
        ):
            pass
    with visitor.reading(user) as (connection, _):
        seen = connection.execute(text("select count(*) from account")).scalar_one()
    assert seen == (0 if role == engine.APP else 1)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("mixed_up", ["recoup", "recoup_staff", "recoup_loader"])
def test_a_url_of_another_role_is_refused(owner: Engine, monkeypatch: pytest.MonkeyPatch, mixed_up: str) -> None:
    monkeypatch.setenv("RECOUP_APP_DATABASE_URL", as_role(owner, mixed_up))
    with pytest.raises(ConfigurationError, match=f"recoup_app is {mixed_up}"), visitor.reading(1):
        pass


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("version", "said"), [("9999", "this program is older"), ("0001", "this program is newer")])
def test_tables_of_another_version_are_told(owner: Engine, version: str, said: str) -> None:
    with owner.begin() as connection:
        body = f"returns text language sql immutable as $$ select '{version}' $$"
        connection.execute(text(f"create or replace function schema_revision() {body}"))
    with pytest.raises(OtherVersion, match=said), visitor.reading(1):
        pass
    migrate(owner)
    with visitor.reading(1):
        pass


def test_a_page_says_why_it_is_not_served(visit: Open, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_APP_DATABASE_URL", database.url.render_as_string(hide_password=False))
    app = visit("pages/overview.py", "alpine@example.com")
    assert "connection for recoup\\_app is" in texts(app)
    assert_nothing_of_the_world(app)
    assert str(database.url.database) not in everything(app)


def test_a_server_that_only_has_its_roles_yet_is_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with embedded.running(tmp_path, durable=False) as server:
        making = create_engine(server.url())
        with making.begin() as connection:
            connection.execute(text("create role recoup_app login"))
        making.dispose()
        url = make_url(server.url()).set(username=engine.APP).render_as_string(hide_password=False)
        monkeypatch.setenv("RECOUP_APP_DATABASE_URL", url)
        engine.engine_for.cache_clear()
        with engine.app_engine().connect() as connection:
            assert connection.execute(text("select 1")).scalar_one() == 1
        engine.engine_for.cache_clear()
