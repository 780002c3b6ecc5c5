"""Who sees what of every table and view, by SQL of their own: relations.csv says it, and each cell is held.

`own`, `assigned`: rows of the one account that is the user's, and no others; `self`: rows about the user; `all`: rows
of every account or person; `shared`: rows of nobody; `none`: no row; `denied`: the question is refused.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from core.database.access import logins, people, visitor
from core.database.engine import app_engine
from core.reporting.rollups import EVERY_ACCOUNT
from tests.conftest import Database
from tests.core.importing import loader_engine
from tests.core.sellers import ACME, OTHER, Sellers, two_sellers

MATRIX = Path(__file__).with_name("relations.csv")
BI_LOGIN, OTHERS_LOGIN = "acmes_bi_tool", "others_bi_tool"

RELATIONS = """
    select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('public', 'reporting', 'derived')
    where c.relkind in ('r', 'p', 'v', 'm')
    order by 1
"""

Ask = Callable[[], AbstractContextManager[Connection]]


class World:
    """Two sellers with rows in every table, and everybody who may ask for them."""

    def __init__(self, database: Database) -> None:
        with database.owner.begin() as owner:
            self.sellers: Sellers = two_sellers(owner)
            self.manager = people.add_user(owner, "mona@recoup.example", "account_manager", [ACME])
            password = logins.add(owner, BI_LOGIN, self.sellers.acmes_seller)
            logins.add(owner, OTHERS_LOGIN, self.sellers.others_seller)
            for user in (self.sellers.acmes_seller, self.sellers.others_seller, self.manager, self.sellers.staff):
                _leave_traces(owner, user)
        self._login_url = database.url_of(BI_LOGIN, password)
        self.askers: dict[str, Ask] = {
            "seller": lambda: self._reading(self.sellers.acmes_seller),
            "account_manager": lambda: self._reading(self.manager),
            "staff": lambda: self._reading(self.sellers.staff),
            "without_grants": lambda: self._reading(self.sellers.nobody),
            "pages_login_alone": self._unnamed,
            "bi_login_of_seller": self._login,
            "import_of_seller": self._import,
        }

    @contextmanager
    def _reading(self, user_id: int) -> Iterator[Connection]:
        with visitor.reading(user_id) as (connection, _):
            yield connection

    @contextmanager
    def _unnamed(self) -> Iterator[Connection]:
        with app_engine().begin() as connection:
            yield connection

    @contextmanager
    def _login(self) -> Iterator[Connection]:
        engine = create_engine(self._login_url)
        with engine.begin() as connection:
            yield connection
        engine.dispose()

    @contextmanager
    def _import(self) -> Iterator[Connection]:
        engine = loader_engine(self.sellers.acmes_seller, ACME)
        with engine.begin() as connection:
            yield connection
        engine.dispose()


def _leave_traces(owner: Connection, user_id: int) -> None:
    """What only using the pages leaves: a session, a saved view, a line in the log."""
    for statement in (
        "insert into user_session values ('key of ' || :id, :id, now(), now())",
        "insert into saved_view (user_id, name, page, query) values (:id, 'mine', 'amazon', '')",
        "insert into audit_log (user_id, email, action, detail) values (:id, 'x', 'download', '{}')",
    ):
        owner.execute(text(statement), {"id": user_id})


@pytest.fixture(scope="module")
def template(migrated: str) -> str:
    return migrated


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    made = World(database)
    yield made
    with database.owner.begin() as owner:
        logins.remove(owner, BI_LOGIN)
        logins.remove(owner, OTHERS_LOGIN)


def seen(connection: Connection, relation: str, world: World, asker: str) -> str:
    """The word for what an asker sees of a relation."""
    try:
        with connection.begin_nested():
            rows = connection.execute(text(f"select to_jsonb(r) from {relation} as r")).scalars().all()
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", "") != "42501":  # insufficient_privilege
            raise
        return "denied"
    if not rows:
        return "none"
    accounts = {row.get("account_id", row.get("account")) for row in rows} - {None}
    people_seen = {row["user_id"] for row in rows if row.get("user_id") is not None}
    if accounts:
        if accounts <= {world.sellers.acme, ACME}:
            return "assigned" if asker == "account_manager" else "own"
        if EVERY_ACCOUNT in accounts:
            return "all and sums" if asker == "staff" else f"sums of all: {accounts}"
        return "all" if accounts <= {world.sellers.acme, ACME, world.sellers.other, OTHER} else f"unknown {accounts}"
    if people_seen:
        return "self" if len(people_seen) == 1 else "all"
    return "shared"


def found(world: World, database: Database) -> dict[str, dict[str, str]]:
    """What everybody sees of everything that is there by now."""
    with database.owner.connect() as owner:
        relations = owner.execute(text(RELATIONS)).scalars().all()
    table: dict[str, dict[str, str]] = {relation: {} for relation in relations}
    for asker, ask in world.askers.items():
        with ask() as connection:
            for relation in relations:
                table[relation][asker] = seen(connection, relation, world, asker)
    return table


def test_everybody_sees_what_the_matrix_says_and_nothing_else(world: World, database: Database) -> None:
    with MATRIX.open(encoding="utf-8") as file:
        expected = {row.pop("relation"): row for row in csv.DictReader(file)}
    actual = found(world, database)
    assert sorted(actual) == sorted(expected), "every table and view has a row in relations.csv, and no other has"
    wrong = {
        f"{relation} for {asker}": (word, actual[relation][asker])
        for relation, row in expected.items()
        for asker, word in row.items()
        if actual[relation][asker] != word
    }
    assert wrong == {}, "(what the matrix says, what is)"
