"""How PostgreSQL answers a question: the tables that it reads, and by what."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, event, text

from tests.bench.questions import Question

_EXPLAINED = re.compile(r"(\s|--.*\n)*(select|with|insert|update|delete)\b", re.IGNORECASE)
MANY = 1000
"""A table of more rows is large: a page that reads it from end to end grows with it."""


def scans_of(question: Question, connection: Connection, accounts: Sequence[int]) -> list[str]:
    """Each scan of a table in the plans of the question's queries, in their order, each once."""
    found: dict[str, None] = {}

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if not _EXPLAINED.match(statement):
            return
        driver: Any = connection.connection.dbapi_connection
        with driver.cursor() as asking:
            asking.execute(f"explain (format json) {statement}", parameters)
            found.update(dict.fromkeys(_scans(asking.fetchone()[0][0]["Plan"])))

    event.listen(connection.engine, "before_cursor_execute", explain)
    try:
        question(connection, accounts)
    finally:
        event.remove(connection.engine, "before_cursor_execute", explain)
    return list(found)


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    if "Relation Name" in plan:
        by = f" by {plan['Index Name']}" if "Index Name" in plan else ""
        yield f"{plan['Node Type']} of {plan['Relation Name']}{by}"
    for part in plan.get("Plans", ()):
        yield from _scans(part)


def whole_scans(connection: Connection, scans: Sequence[str]) -> list[str]:
    """Those that read a large table from its beginning to its end."""
    query = text("select 'Seq Scan of ' || relname from pg_class where reltuples > :many")
    large = set(connection.execute(query, {"many": MANY}).scalars())
    return [each for each in scans if each in large]
