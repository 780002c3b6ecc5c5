"""No question of a page reads a large table from end to end, whoever asks it, and no sync of one account does."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Connection, create_engine, text

from core.database.engine import APP, STAFF
from core.detect import detect
from tests.bench import many_items
from tests.bench.many_items import Visitor
from tests.bench.pages import asked_of, at_today
from tests.bench.plans import scans_of, whole_scans
from tests.bench.questions import QUESTIONS, Question, of_item
from tests.conftest import Database, Server, filled

pytestmark = pytest.mark.slow

ITEMS = 30_000
OF_EVERYTHING = {
    "How to claim: connected": "staff",
}
"""What shows all accounts to staff: no index is shorter than all of it."""


@pytest.fixture(scope="module")
def template(server: Server, migrated: str) -> Iterator[str]:
    """Enough rows that an index is worth its while."""
    with filled(server, migrated, lambda connection: many_items.fill(connection.engine, ITEMS)) as made:
        yield made.name


@pytest.fixture
def visitors(database: Database) -> Iterator[list[tuple[Visitor, Connection, dict[str, Question]]]]:
    """Everybody, each with a connection of the pages."""
    with database.owner.begin() as connection:
        everybody = many_items.visitors(connection)
        items = {visitor: many_items.any_item(connection, visitor.accounts) for visitor in everybody}
    asking = []
    for visitor in everybody:
        engine = create_engine(database.url_of(STAFF if visitor.role == "staff" else APP))
        connection = engine.connect()
        connection.begin()
        if visitor.role != "staff":
            connection.execute(text("select enter(:user_id)"), {"user_id": visitor.user_id})
        at_today(connection)
        asking.append((visitor, connection, {**QUESTIONS, **of_item(*items[visitor])}))
    yield asking
    for _, connection, _ in asking:
        connection.close()
        connection.engine.dispose()


def test_no_question_of_a_page_reads_a_large_table_from_end_to_end(
    visitors: list[tuple[Visitor, Connection, dict[str, Question]]],
) -> None:
    found = {
        f"{name}, {visitor.name}": whole
        for visitor, connection, questions in visitors
        for name, question in questions.items()
        if (whole := whole_scans(connection, scans_of(question, connection, asked_of(visitor, name))))
        and OF_EVERYTHING.get(name) != visitor.kind
    }
    assert found == {}


def test_what_a_sync_asks_of_an_account_reads_no_large_table_from_end_to_end(connection: Connection) -> None:
    (average, *_) = many_items.visitors(connection)

    def found(connection: Connection, accounts: Sequence[int]) -> None:
        detect(connection, *accounts)

    assert whole_scans(connection, scans_of(found, connection, average.accounts)) == []
