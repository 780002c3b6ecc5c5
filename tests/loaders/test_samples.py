"""Each sample in tests/samples becomes exactly what is written beside it, and nothing of another account."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from loaders.formats import FORMATS
from tests.loaders.conftest import Desk

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(path for path in SAMPLES.glob("*/*") if not path.name.endswith(".expected.json"))
NOT_SHOWN = ("account_id", "row_id", "file_id", "source_line")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def expected_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return found


def filled(row: dict[str, Any]) -> dict[str, str]:
    """What a row holds, as text: without empty columns, and moments in UTC, whatever the server's time zone."""
    return {name: as_text(value) for name, value in row.items() if value not in (None, "")}


def as_text(value: object) -> str:
    return str(value.astimezone(UTC) if isinstance(value, datetime) else value)


def taken(desk: Desk, path: Path) -> dict[str, Any]:
    """What became of a sample: its result, its rows with what their columns hold as text, and its refused rows."""
    result = desk.sync(path, **expected_of(path).get("options", {}))
    table = next(report.table for report in FORMATS if report.code == path.parent.name)
    query = f"select * from {table} where account_id = :account_id order by line"
    rows = desk.rows(query)
    return {
        "format": result.format,
        "status": result.status,
        "message": result.message,
        "rows": [filled({name: value for name, value in row.items() if name not in NOT_SHOWN}) for row in rows],
        "refused": desk.rows(
            "select line, column_name as column, value, reason from row_issue where account_id = :account_id"
            " order by line, column_name"
        ),
    }


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_sample_becomes_what_is_written_beside_it(desk: Desk, other: Desk, path: Path) -> None:
    expected = expected_of(path)
    expected.pop("options", None)
    assert taken(desk, path) == {"format": path.parent.name, **expected}
    assert other.counts() == {}


def test_each_format_has_a_sample() -> None:
    assert {path.parent.name for path in FILES} == {report.code for report in FORMATS}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("amazon_customer_returns/us_utf_8.tsv", ("Jane", "Roe", "☎")),
        ("amazon_customer_returns/de_cp1252_comment_first.tsv", ("Käthe", "Öztürk", "schön")),
        ("walmart_reconciliation/adds_up.csv", ("Nowhereville", "73301")),
    ],
)
def test_what_is_personal_is_nowhere_in_the_database(desk: Desk, path: str, words: tuple[str, ...]) -> None:
    desk.sync(SAMPLES / path)
    stored = all_text(desk.engine)
    assert "00077" in stored or "TASSE" in stored or "MUG-1" in stored
    assert not [word for word in words if word in stored]


def all_text(engine: Engine) -> str:
    """Every row of every table of the database, as text."""
    with engine.connect() as connection:
        tables = connection.execute(
            text(
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^(pg_|information)'"
            )
        ).scalars()
        queries = [text(f"select t::text from {table} as t") for table in tables]
        return "\n".join(row for query in queries for row in connection.execute(query).scalars())
