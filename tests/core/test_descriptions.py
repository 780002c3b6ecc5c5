"""Other tools show what the columns of `reporting` mean."""

import tomllib

from sqlalchemy import Connection, text

from core.reporting import FOLDER, PUBLIC

COLUMNS = text("""
    select c.relname as view, a.attname as name, col_description(c.oid, a.attnum) as said
    from pg_class as c
    inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'reporting'::regnamespace
""")


def test_each_column_is_described(connection: Connection) -> None:
    assert [f"{row.view}.{row.name}" for row in connection.execute(COLUMNS) if not row.said] == []


def test_each_view_says_what_a_row_is(connection: Connection) -> None:
    for view in PUBLIC:
        said = connection.execute(text("select obj_description(to_regclass(:view))"), {"view": f"reporting.{view}"})
        assert str(said.scalar_one()).startswith("one row per "), view


def test_nothing_is_described_that_is_not_there(connection: Connection) -> None:
    known = {(row.view, row.name) for row in connection.execute(COLUMNS)}
    described = tomllib.loads((FOLDER / "descriptions.toml").read_text(encoding="utf-8"))
    shared = described.pop("columns")
    assert {(view, name) for view, names in described.items() for name in names} <= known
    assert set(shared) <= {name for _, name in known}
