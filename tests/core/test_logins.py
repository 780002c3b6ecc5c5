"""A login for other tools has one user's rights, and no setting can widen it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from core.database.access import logins, people
from core.database.migrate import migrate
from core.errors import AlreadyExists, ConfigurationError, UnknownName
from tests.conftest import Database

LOGIN = "bi_of_the_tests"


@pytest.fixture
def login(database: Database) -> Iterator[Engine]:
    """A login for a seller who was granted ALPHA and not BETA."""
    with database.owner.begin() as connection:
        for code in ("ALPHA", "BETA"):
            people.add_account(connection, code, f"Seller {code}", ["AMAZON_US"])
        people.add_user(connection, "alpha@example.com", "seller", ["ALPHA"])
        people.add_user(connection, "staff@example.com", "staff")
        password = logins.add(connection, LOGIN, people.user_id_of(connection, "alpha@example.com"))
    engine = create_engine(database.url_of(LOGIN, password), poolclass=NullPool)
    yield engine
    engine.dispose()
    with database.owner.begin() as connection:
        if logins.logins(connection):
            logins.remove(connection, LOGIN)


def accounts_seen(engine: Engine, *settings: str) -> list[str]:
    with engine.connect() as connection:
        for setting in settings:
            connection.execute(text(setting))
        return list(connection.execute(text("select code from account order by code")).scalars())


def test_it_sees_what_its_user_sees(login: Engine) -> None:
    assert accounts_seen(login) == ["ALPHA"]


@pytest.mark.parametrize(
    "setting",
    [
        "set recoup.accounts = '{1,2,3}'",
        "set recoup.user_id = 1",
        "set recoup.today = '2026-01-01'",
        "set row_security = on",
        "set search_path = pg_temp, public",
    ],
)
def test_no_setting_shows_it_more(login: Engine, setting: str) -> None:
    assert accounts_seen(login, setting) == ["ALPHA"]


def test_it_can_not_write_nor_name_another_user(login: Engine) -> None:
    for statement in (
        "set transaction read write; delete from account",
        "select * from enter(2)",
        "set role recoup_staff",
        "create policy more on account using (true)",
    ):
        with login.connect() as connection, pytest.raises(DBAPIError, match=r"denied|must be owner|read-only"):
            connection.execute(text(statement))


def test_it_follows_what_its_user_is_granted(database: Database, login: Engine) -> None:
    with database.owner.begin() as connection:
        people.grant(connection, "alpha@example.com", "BETA")
    assert accounts_seen(login) == ["ALPHA", "BETA"]
    with database.owner.begin() as connection:
        people.revoke(connection, "alpha@example.com", "ALPHA")
    assert accounts_seen(login) == ["BETA"]


def test_it_still_reads_the_views_after_a_migration(database: Database, login: Engine) -> None:
    migrate(database.owner)
    with login.connect() as connection:
        assert connection.execute(text("select count(*) from reporting.items")).scalar_one() == 0
    assert accounts_seen(login) == ["ALPHA"]


def test_it_goes_with_its_user(database: Database, login: Engine) -> None:
    with database.owner.begin() as connection:
        people.remove_user(connection, "alpha@example.com")
        assert logins.logins(connection) == []
        roles = connection.execute(text("select count(*) from pg_roles where rolname = :login"), {"login": LOGIN})
        assert roles.scalar_one() == 0


def test_names_that_are_none_or_taken_are_refused(database: Database, login: Engine) -> None:
    with database.owner.begin() as connection:
        user_id = people.user_id_of(connection, "staff@example.com")
        for name in ("Recoup", "recoup_app", "pg_x", "a-b", "a;drop", ""):
            with pytest.raises(ConfigurationError):
                logins.add(connection, name, user_id)
        with pytest.raises(AlreadyExists):
            logins.add(connection, LOGIN, user_id)
        with pytest.raises(UnknownName):
            logins.remove(connection, "nobody_there")
