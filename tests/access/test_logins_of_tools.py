"""What a login of another tool can keep others from, tried from a second connection: nothing."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from core.database.access import logins, people, personal, visitor
from core.database.migrate import migrate
from core.database.server import embedded
from core.detect import detect
from loaders.accounts import account_with_code
from loaders.commands.sync import take_in
from loaders.store.attempt import Options, nobody
from tests.conftest import Database
from tests.loaders.reports import ledger

LOGIN = "bi_that_stays"
SECONDS = 20.0
"""More than any of these takes; a wait for the login would last until it goes."""

VIEWS = "select format('%I.%I', schemaname, viewname) from pg_views where schemaname in ('reporting', 'derived')"
FORMER_LOCKS = (0x5243, 0x4454, 0x4B54, 17491)
"""Classes of advisory locks that Recoup once took, with an account's or a user's number."""

SETTINGS = (
    "set role recoup_reader",
    "set recoup.user_id = 3",
    "set recoup.accounts = '{1,2,3}'",
    "set recoup.loading = 3",
    "set recoup.sums = '{0}'",
    "set session authorization default",
    "set search_path = pg_temp, public",
)
REFUSED = (
    "select pg_advisory_lock(1)",
    "select pg_try_advisory_xact_lock_shared(1, 2)",
    "select lo_create(0)",
    "select lo_from_bytea(0, 'x')",
    "create temp table mine (it int)",
    "create temp view mine as select 1",
    "create function pg_temp.mine() returns int language sql as 'select 1'",
    "lock table account in row share mode",
    "select * from account for share",
    "select * from work_lock for update",
    "select * from schema_version",
    "select * from user_session",
    "alter role bi_that_stays connection limit 100",
    "set temp_file_limit = -1",
)


@pytest.fixture(scope="module")
def template(migrated: str) -> str:
    return migrated


@pytest.fixture
def users(database: Database) -> dict[str, int]:
    with database.owner.begin() as connection:
        for code in ("ALPHA", "BETA", "GAMMA"):
            people.add_account(connection, code, f"Seller {code}", ["AMAZON_US"])
        return {
            "seller": people.add_user(connection, "alpha@example.com", "seller", ["ALPHA"]),
            "manager": people.add_user(connection, "manager@example.com", "account_manager", ["ALPHA", "BETA"]),
            "staff": people.add_user(connection, "staff@example.com", "staff"),
        }


@pytest.fixture
def tool(database: Database, users: dict[str, int]) -> Iterator[Engine]:
    """The connections of a manager's login."""
    with database.owner.begin() as connection:
        password = logins.add(connection, LOGIN, users["manager"])
    made = create_engine(database.url_of(LOGIN, password), poolclass=NullPool)
    yield made
    with database.owner.begin() as connection:
        logins.remove(connection, LOGIN)


def read_everything(connection: Connection) -> None:
    """Begin a transaction of one moment that has read, and so locked, every view and table that it may."""
    connection.execute(text("set transaction isolation level repeatable read"))
    for view in connection.execute(text(VIEWS)).scalars().all():
        connection.execute(text(f"select 1 from {view} limit 1"))


def codes(connection: Connection) -> list[str]:
    return list(connection.execute(text("select code from account order by code")).scalars())


def soon(work: Callable[[], object]) -> None:
    began = time.monotonic()
    work()
    assert time.monotonic() - began < SECONDS


def test_an_open_transaction_of_a_login_keeps_nobody_waiting(
    database: Database, users: dict[str, int], tool: Engine, tmp_path: Path
) -> None:
    (tmp_path / "ledger.tsv").write_text(ledger({}))
    with database.owner.connect() as connection:
        account = account_with_code(connection, "ALPHA")

    def granted() -> None:
        with database.owner.begin() as connection:
            people.grant(connection, "manager@example.com", "GAMMA")

    def taken_in() -> None:
        assert take_in(database.owner, account, [tmp_path / "ledger.tsv"], Options(), tell=nobody)[0].new == 1
        with database.owner.begin() as connection:
            assert detect(connection, account.account_id).items == 1

    def read() -> None:
        with visitor.reading(users["seller"]) as (connection, _):
            assert codes(connection) == ["ALPHA"]

    def removed() -> None:
        with database.owner.begin() as connection:
            people.remove_account(connection, "BETA")

    with tool.connect() as staying:
        read_everything(staying)
        for work in (granted, taken_in, read, removed):
            soon(work)
        assert codes(staying) == ["ALPHA", "BETA"], "what it began with"
        soon(lambda: migrate(database.owner))
        with pytest.raises(OperationalError):
            codes(staying)  # it was in the way, and is gone
        staying.invalidate()
    with tool.connect() as again:
        assert codes(again) == ["ALPHA", "GAMMA"]


def test_a_revoke_ends_the_sessions_of_a_login_and_holds_at_once(database: Database, tool: Engine) -> None:
    with tool.connect() as staying:
        read_everything(staying)
        with database.owner.begin() as connection:
            soon(lambda: people.revoke(connection, "manager@example.com", "BETA"))
        with pytest.raises(OperationalError):
            codes(staying)
        staying.invalidate()
    with tool.connect() as again:
        assert codes(again) == ["ALPHA"]


def test_what_a_login_sees_is_what_is_granted_whoever_wrote_it(
    database: Database, users: dict[str, int], tool: Engine
) -> None:
    with database.owner.begin() as connection:
        connection.execute(text("delete from user_account where user_id = :id"), {"id": users["manager"]})
    with tool.connect() as asking:
        assert codes(asking) == []
    with database.owner.begin() as connection:
        connection.execute(text("update app_user set role = 'staff' where user_id = :id"), {"id": users["manager"]})
    with tool.connect() as asking:
        assert codes(asking) == ["ALPHA", "BETA", "GAMMA"]


def test_no_setting_makes_a_login_somebody_else(tool: Engine) -> None:
    with tool.connect() as asking:
        for setting in SETTINGS:
            asking.execute(text(setting))
            assert codes(asking) == ["ALPHA", "BETA"], setting


def test_the_policies_tell_nobodys_accounts(database: Database, tool: Engine) -> None:
    with tool.connect() as asking:
        told = asking.execute(text("select policyname, qual from pg_policies where 'recoup_reader' = any(roles)")).all()
    assert {row.qual for row in told} == {
        "(account_id = ANY (reader_accounts()))",
        "(user_id = reader_user())",
    }
    with database.owner.begin() as connection:
        before = connection.execute(text("select count(*) from pg_policies")).scalar_one()
        people.grant(connection, "manager@example.com", "GAMMA")
        assert connection.execute(text("select count(*) from pg_policies")).scalar_one() == before


def test_advisory_locks_of_a_login_stop_nothing(
    database: Database, users: dict[str, int], tool: Engine, tmp_path: Path
) -> None:
    """Where the owner is no superuser a login can take them: then they are in nobody's way."""
    (tmp_path / "ledger.tsv").write_text(ledger({}))
    with database.owner.begin() as connection:
        account = account_with_code(connection, "ALPHA")
        connection.execute(
            text("grant execute on function pg_advisory_lock(int, int), pg_advisory_lock(bigint) to public")
        )
    with tool.connect() as staying:
        for lock in FORMER_LOCKS:
            staying.execute(text("select pg_advisory_lock(:lock, n) from generate_series(-1, 20) as n"), {"lock": lock})
        staying.execute(text("select pg_advisory_lock(x'7265636F75'::bigint)"))

        def all_of_it() -> None:
            take_in(database.owner, account, [tmp_path / "ledger.tsv"], Options(), tell=nobody)
            with database.owner.begin() as connection:
                detect(connection, account.account_id)
                people.grant(connection, "manager@example.com", "GAMMA")
            personal.record(users["seller"], "download", None)
            migrate(database.owner)

        soon(all_of_it)


def test_what_costs_others_is_refused_even_in_a_transaction_that_may_write(tool: Engine) -> None:
    with tool.connect() as asking:
        asking.execute(text("set transaction read write"))
        for statement in REFUSED:
            with pytest.raises(DBAPIError, match=r"denied|must be|may terminate|may cancel"), asking.begin_nested():
                asking.execute(text(statement))


def test_a_session_of_a_login_has_its_limits(tool: Engine) -> None:
    wanted = {**logins.LIMITS, "temp_file_limit": logins.TEMPORARY_FILES}
    with tool.connect() as asking:
        shown = {name: asking.execute(text(f"show {name}")).scalar_one() for name in wanted}
    assert shown == wanted


def test_a_login_has_so_many_connections_and_no_more(tool: Engine) -> None:
    opened = [tool.connect() for _ in range(logins.CONNECTIONS)]
    with pytest.raises(OperationalError, match="too many connections"):
        tool.connect()
    for each in opened:
        each.close()


@pytest.mark.slow
def test_an_owner_that_is_no_superuser_ends_sessions_too(tmp_path: Path) -> None:
    with embedded.running(tmp_path / "home", durable=False) as server:
        boss = create_engine(server.url(), isolation_level="AUTOCOMMIT")
        with boss.connect() as connection:
            connection.execute(text("create role boss login createrole"))
            connection.execute(text("create database managed owner boss"))
        boss.dispose()
        owner = create_engine(server.url("boss", "managed"))
        migrate(owner)
        with owner.begin() as connection:
            people.add_account(connection, "ALPHA", "Alpha", ["AMAZON_US"])
            user = people.add_user(connection, "alpha@example.com", "seller", ["ALPHA"])
            logins.add(connection, LOGIN, user)
        place = make_url(server.url(LOGIN, "managed")).query
        staying = psycopg2.connect(user=LOGIN, dbname="managed", host=place["host"], port=place["port"])
        with staying.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read")
            cursor.execute("select code from account")
            assert cursor.fetchall() == [("ALPHA",)]
            with owner.begin() as connection:
                people.revoke(connection, "alpha@example.com", "ALPHA")
            with pytest.raises(psycopg2.OperationalError):
                cursor.execute("select code from account")
        with owner.begin() as connection:
            logins.remove(connection, LOGIN)
        owner.dispose()
