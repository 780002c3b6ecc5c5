"""Postgres itself lets nobody see or change what is not theirs. The tests ask its catalogue, so that a new table or
view is covered from its first day.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from core.database import engine
from core.database.access import people, visitor
from core.database.engine import app_engine
from core.errors import AccessDenied
from tests.conftest import Database, Filled
from tests.core.sellers import ACME, OTHER, Sellers, count, tenant_tables, views

OWN_ROWS: dict[str, tuple[str, ...]] = {engine.APP: ("saved_view",), engine.STAFF: ()}
"""What a pages' role may write: rows of its user's own."""

READ_ONLY_FOR_ALL = ("reporting.claim_windows", "derived.day")
"""The views without rows of an account."""

NOT_READING = (
    "delete from item",
    "update app_user set role = 'staff'",
    "insert into user_account (user_id, account_id) select 1, 1",
    "delete from reporting.items",
    "alter table item disable row level security",
    "drop policy item_of_granted on item",
    "create policy mine on item using (true)",
    "alter role recoup_app bypassrls",
    "set role {owner}",
    "set role recoup_staff",
    "set session authorization recoup_staff",
    "create table stolen (it int)",
    "create table reporting.stolen (it int)",
    "create function public.granted(int) returns int[] language sql as 'select null::int[]'",
    "select * from schema_version",
    "copy item to '/tmp/items'",
)
REFUSALS = (
    "42501",  # insufficient_privilege
    "55000",  # a view that can not be written
)


@pytest.fixture(scope="module")
def template(with_two_sellers: Filled[Sellers]) -> str:
    return with_two_sellers.name


@pytest.fixture
def sellers(database: Database, with_two_sellers: Filled[Sellers]) -> Sellers:
    return with_two_sellers.told


@pytest.fixture
def app(sellers: Sellers) -> Iterator[Connection]:
    """The pages' connection, in a transaction in which nobody has been named yet."""
    with app_engine().connect() as connection, connection.begin():
        yield connection


def relations(database: Database) -> list[str]:
    """Every table and view with rows of accounts."""
    with database.owner.connect() as owner:
        return [*tenant_tables(owner), *(view for view in views(owner) if view not in READ_ONLY_FOR_ALL)]


def of_accounts(owner: Connection, relation: str) -> int:
    """How many rows it has of accounts, less the sums over all of them."""
    summed = "where to_jsonb(r) ->> 'account_id' is distinct from '0'"
    counted: int = owner.execute(text(f"select count(*) from {relation} as r {summed}")).scalar_one()
    return counted


def words_in(connection: Connection, relation: str) -> str:
    """All that is to be seen of a relation, as text."""
    rows = connection.execute(text(f"select cast(r as text) from {relation} as r")).scalars()
    return "\n".join(rows)


class TestRows:
    """What a user sees."""

    @pytest.mark.usefixtures("sellers")
    def test_there_is_something_of_both_to_see_everywhere(self, database: Database) -> None:
        with database.owner.connect() as owner:
            for relation in relations(database):
                seen = words_in(owner, relation)
                assert count(owner, relation) >= 2, relation
                assert relation in ("account_marketplace", "user_account") or (ACME in seen) == (OTHER in seen), (
                    relation
                )

    def test_before_anybody_is_named_no_table_and_no_view_has_a_row(self, database: Database, app: Connection) -> None:
        assert {relation: count(app, relation) for relation in relations(database)} == dict.fromkeys(
            relations(database), 0
        )

    def test_a_user_sees_the_rows_of_its_accounts_and_no_others(self, database: Database, sellers: Sellers) -> None:
        with visitor.reading(sellers.acmes_seller) as (connection, viewer):
            assert viewer.granted == (sellers.acme,)
            for relation in relations(database):
                assert count(connection, relation) > 0, relation
                assert OTHER not in words_in(connection, relation), relation
            for table in tenant_tables_seen(database):
                ids = connection.execute(text(f"select distinct account_id from {table}")).scalars().all()
                assert ids == [sellers.acme], table

    def test_a_user_with_two_accounts_sees_both(self, database: Database, sellers: Sellers) -> None:
        with visitor.reading(sellers.manager) as (connection, _):
            seen = {relation: count(connection, relation) for relation in relations(database)}
        with database.owner.connect() as owner:
            owns_grants = {"user_account": 2}
            assert seen == {relation: of_accounts(owner, relation) for relation in seen} | owns_grants

    def test_a_user_without_grants_sees_nothing(self, database: Database, sellers: Sellers) -> None:
        with visitor.reading(sellers.nobody) as (connection, viewer):
            assert viewer.granted == ()
            assert {count(connection, relation) for relation in relations(database)} == {0}

    def test_staff_see_every_account(self, database: Database, sellers: Sellers) -> None:
        with visitor.reading(sellers.staff) as (connection, viewer), database.owner.connect() as owner:
            assert viewer.sees_every_account
            for relation in relations(database):
                assert count(connection, relation) == count(owner, relation), relation

    def test_nobody_but_staff_sees_other_people(self, sellers: Sellers) -> None:
        with visitor.reading(sellers.acmes_seller) as (connection, _):
            assert connection.execute(text("select email from app_user")).scalars().all() == ["anna@acme.example"]

    def test_the_registries_hold_nothing_of_anybody(self, database: Database, app: Connection) -> None:
        readable = app.execute(
            text(
                "select c.relname from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace"
                " where n.nspname = 'public' and c.relkind in ('r', 'p')"
                " and has_table_privilege(current_user, c.oid, 'select') order by 1"
            )
        ).scalars()
        guarded = {"app_user", *tenant_tables_seen(database)}
        for table in set(readable) - guarded - {"user_account"}:
            assert not {word for word in (ACME, OTHER, "@") if word in words_in(app, table)}, table

    def test_the_date_moves_what_is_seen_for_this_reader_alone(self, sellers: Sellers) -> None:
        query = text("select sum(units_expired) from reporting.items")
        with visitor.reading(sellers.acmes_seller, date(2030, 1, 1)) as (connection, _):
            later = connection.execute(query).scalar_one()
        with visitor.reading(sellers.acmes_seller, date(2026, 7, 2)) as (connection, _):
            assert connection.execute(query).scalar_one() < later


class TestTransactions:
    """Who is asking is named anew in each transaction."""

    def test_what_an_earlier_transaction_was_granted_is_gone(self, sellers: Sellers) -> None:
        with app_engine().connect() as connection:
            with connection.begin():
                connection.execute(text("select enter(:id)"), {"id": sellers.acmes_seller})
                assert count(connection, "item") > 0
            with connection.begin():
                assert count(connection, "item") == 0
                assert connection.execute(text("select granted() || granted_sums()")).scalar_one() == []

    def test_naming_another_user_replaces_the_first(self, sellers: Sellers) -> None:
        with app_engine().connect() as connection, connection.begin():
            for user, word in ((sellers.acmes_seller, ACME), (sellers.others_seller, OTHER)):
                connection.execute(text("select enter(:id)"), {"id": user})
                assert connection.execute(text("select code from account")).scalars().all() == [word]
            connection.execute(text("select enter(-1)"))
            assert count(connection, "account") == 0

    def test_a_revoked_grant_ends_with_the_transaction(self, database: Database, sellers: Sellers) -> None:
        with visitor.reading(sellers.manager) as (connection, _):
            assert count(connection, "account") == 2
        with database.owner.begin() as owner:
            people.revoke(owner, "mia@recoup.example", OTHER)
        with visitor.reading(sellers.manager) as (connection, viewer):
            assert viewer.granted == (sellers.acme,)
            assert connection.execute(text("select code from account")).scalars().all() == [ACME]

    def test_staff_that_is_no_longer_staff_reads_as_anybody(self, database: Database, sellers: Sellers) -> None:
        with database.owner.begin() as owner:
            owner.execute(text("update app_user set role = 'seller' where user_id = :id"), {"id": sellers.staff})
        with visitor.reading(sellers.staff) as (connection, _):
            assert count(connection, "account") == 0

    @pytest.mark.usefixtures("sellers")
    @pytest.mark.parametrize("user", [-1, 0, 2**31 - 1])
    def test_an_unknown_user_is_denied(self, user: int) -> None:
        with pytest.raises(AccessDenied, match="no access"), visitor.reading(user):
            pass

    def test_a_user_is_found_by_its_address_in_any_case(self, sellers: Sellers) -> None:
        assert visitor.user_with_email("Anna@ACME.example") == sellers.acmes_seller
        assert visitor.user_with_email("nobody@acme.example") is None


class TestRights:
    """What the pages' roles may do: read, and nothing else."""

    @pytest.mark.parametrize("role", [engine.APP, engine.STAFF])
    def test_they_own_nothing_and_have_no_power(self, database: Database, role: str) -> None:
        with database.owner.connect() as owner:
            powers = owner.execute(
                text(
                    "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
                    " exists (select from pg_class where relowner = r.oid),"
                    " exists (select from pg_proc where proowner = r.oid),"
                    " exists (select from pg_auth_members where member = r.oid)"
                    " from pg_roles as r where rolname = :role"
                ),
                {"role": role},
            ).one()
        assert not any(powers)

    @pytest.mark.parametrize("role", [engine.APP, engine.STAFF])
    def test_they_may_read_and_not_write_any_table_or_view(self, database: Database, role: str) -> None:
        with database.owner.connect() as owner:
            writable = owner.execute(
                text(
                    "select c.oid::regclass::text from pg_class as c"
                    " inner join pg_namespace as n on n.oid = c.relnamespace"
                    " where n.nspname in ('public', 'reporting', 'derived') and c.relkind in ('r', 'p', 'v')"
                    " and has_table_privilege(:role, c.oid, 'insert, update, delete, truncate, references, trigger')"
                ),
                {"role": role},
            ).scalars()
            assert [table for table in writable if table not in OWN_ROWS[role]] == []

    def test_what_is_not_reading_is_refused(self, database: Database, app: Connection) -> None:
        for statement in NOT_READING:
            with pytest.raises(DBAPIError) as refused, app.begin_nested():
                app.execute(text(statement.format(owner=f'"{database.url.username}"')))
            assert getattr(refused.value.orig, "pgcode", "") in REFUSALS, statement

    def test_switching_row_security_off_gives_an_error_and_no_rows(self, app: Connection) -> None:
        app.execute(text("set local row_security = off"))
        with pytest.raises(DBAPIError, match="row-level security"):
            count(app, "item")

    def test_a_page_reads_in_transactions_that_can_not_write(self, sellers: Sellers) -> None:
        for user in (sellers.acmes_seller, sellers.staff):
            with visitor.reading(user) as (connection, _), pytest.raises(DBAPIError):
                connection.execute(text("create temp table note (it int)"))

    @pytest.mark.parametrize("function", ["enter(int)", "user_with_email(text)"])
    def test_only_the_pages_role_may_name_a_user(self, database: Database, function: str) -> None:
        with database.owner.begin() as owner:
            owner.execute(text("create role passer_by_of_recoup nologin"))
            query = text("select has_function_privilege(:role, :function, 'execute')")
            may = {
                role: owner.execute(query, {"role": role, "function": function}).scalar_one()
                for role in (engine.APP, engine.STAFF, "passer_by_of_recoup")
            }
            owner.execute(text("drop role passer_by_of_recoup"))
        assert may == {engine.APP: True, engine.STAFF: False, "passer_by_of_recoup": False}

    def test_a_cheap_function_of_the_readers_own_sees_no_row_that_its_user_does_not(
        self, database: Database, sellers: Sellers
    ) -> None:
        """A function in a condition could look at rows before the policy does, were the policy not applied first."""
        connecting = create_engine(database.url_of(engine.APP))
        with connecting.connect() as connection, connection.begin():
            connection.execute(
                text(
                    "create function pg_temp.peep(said text) returns boolean language plpgsql cost 0.0001"
                    " as $$ begin raise notice 'saw %', said; return true; end $$"
                )
            )
            connection.execute(text("select enter(:id)"), {"id": sellers.acmes_seller})
            driver: Any = connection.connection.dbapi_connection  # SQLAlchemy throws notices away
            for relation in ("item", "reporting.items"):
                driver.cursor().execute(f"select * from {relation} where pg_temp.peep(sku)")
            notices = "".join(driver.notices)
        connecting.dispose()
        assert ACME in notices
        assert OTHER not in notices


def tenant_tables_seen(database: Database) -> list[str]:
    with database.owner.connect() as owner:
        return tenant_tables(owner)


def test_a_table_of_the_callers_own_can_not_pose_as_the_grants(sellers: Sellers) -> None:
    """A temporary table is found before all others, unless a function says otherwise."""
    with app_engine().connect() as connection, connection.begin():
        connection.execute(text("create temp table user_account as select 0 as user_id, 0 as account_id"))
        connection.execute(text("create temp table app_user as select 0 as user_id, '' as email, 'staff' as role"))
        for account in (sellers.acme, sellers.other):
            grant = {"user_id": sellers.acmes_seller, "account_id": account}
            connection.execute(text("insert into pg_temp.user_account values (:user_id, :account_id)"), grant)
        connection.execute(text("insert into pg_temp.app_user values (:user_id, 'x', 'staff')"), grant)
        entered = connection.execute(text("select * from enter(:user_id)"), grant).one()
        assert (entered.role, entered.accounts) == ("seller", [sellers.acme])
        assert connection.execute(text("select user_with_email('x')")).scalar() is None
