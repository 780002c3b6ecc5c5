"""Creates or replaces the views, without dropping what others have built on them.

PostgreSQL can replace a view by one with more columns at its end. Where the columns differ otherwise, the view and
Recoup's own views that read it are dropped and made again; where somebody else's view reads it too, nothing changes.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from core.errors import ConfigurationError
from core.reporting import FOLDER, INTERNAL, PUBLIC

SCHEMAS = ("derived", "reporting")

READERS = "recoup_app, recoup_staff, recoup_loader, recoup_reader"
"""The roles that may read the views; row security says which rows."""

_OTHER_SHAPE = ("42P16", "42P13")
"""SQLSTATE: a view's columns, or a function's result or parameters, can not be replaced by these."""

_COLUMNS = text("""
    select table_name, column_name
    from information_schema.columns
    where table_schema = 'reporting'
    order by table_name, ordinal_position
""")

_STILL_USED = "2BP01"
"""SQLSTATE: something else depends on what is to be dropped."""

_STANDING = text("""
    select 'view', format('%I.%I', n.nspname, c.relname)
    from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind = 'v' and n.nspname = any(:schemas)
    union all
    select 'function', format('%I.%I', n.nspname, p.proname)
    from pg_proc as p inner join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname = any(:schemas)
    group by n.nspname, p.proname
""")

_READ_BY = text("""
    with recursive reading as (
        select cast(:oid as oid) as oid
        union
        select r.ev_class
        from reading
        inner join pg_depend as d on d.refobjid = reading.oid and d.classid = 'pg_rewrite'::regclass
        inner join pg_rewrite as r on r.oid = d.objid
    )
    select format('%I.%I', n.nspname, c.relname)
    from reading
    inner join pg_class as c on c.oid = reading.oid
    inner join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = any(:schemas) and c.relkind = 'v'
""")


@dataclass(frozen=True)
class _Statement:
    """What makes one view or function; `name` has its schema."""

    kind: str
    name: str
    sql: str


def refresh_views(connection: Connection) -> None:
    """Create or replace all views and functions, in the caller's transaction, and let the readers' roles read them.

    Raises ConfigurationError, and changes nothing, where a view changes its shape while somebody else's view reads it.
    """
    for schema in SCHEMAS:
        connection.execute(text(f"create schema if not exists {schema}"))
        connection.execute(text(f"grant usage on schema {schema} to {READERS}"))
    wanted = list(_statements())
    _drop_others(connection, wanted)
    for statement in wanted:
        _replace(connection, statement)
    _describe(connection)
    for schema in SCHEMAS:
        connection.execute(text(f"grant select on all tables in schema {schema} to {READERS}"))
    connection.execute(text("grant select on all tables in schema public to recoup_reader"))
    # locking a relation prevents changes of its shape while a login reads it
    connection.execute(
        text("revoke select on import_ticket, schema_version, user_session, work_lock from recoup_reader")
    )


def _describe(connection: Connection) -> None:
    """Describe the public views and their columns, so that tools show what they mean."""
    descriptions = tomllib.loads((FOLDER / "descriptions.toml").read_text(encoding="utf-8"))
    columns = connection.execute(_COLUMNS).all()
    for view in PUBLIC:
        comment = re.match(r"(?:-- .*\n)+", (FOLDER / f"{view}.sql").read_text(encoding="utf-8"))
        said = comment[0].replace("-- ", "").replace("\n", " ").strip() if comment else ""
        _comment(connection, f"view reporting.{view}", said)
    for view, column in columns:
        said = descriptions.get(view, {}).get(column) or descriptions["columns"].get(column, "")
        _comment(connection, f"column reporting.{view}.{column}", said)


def _comment(connection: Connection, what: str, said: str) -> None:
    quoted = said.replace("'", "''")
    connection.exec_driver_sql(f"comment on {what} is '{quoted}'", execution_options={"no_parameters": True})


def _statements() -> Iterator[_Statement]:
    for file in ("functions", *INTERNAL, *PUBLIC):
        for part in (FOLDER / f"{file}.sql").read_text().split(";\n\n"):
            before, create, after = part.partition("create ")
            if create:
                kind, name = after.replace("(", " ").split(maxsplit=2)[:2]
                yield _Statement(kind, name, f"{before}create or replace {after}")


def _drop_others(connection: Connection, wanted: list[_Statement]) -> None:
    """Drop what an earlier version made and this one does not know."""
    known = {(each.kind, each.name) for each in wanted}
    standing = connection.execute(_STANDING, {"schemas": list(SCHEMAS)}).all()
    for kind, name in standing:
        if (kind, name) not in known and _stands(connection, kind, name):
            _drop(connection, kind, name)


def _stands(connection: Connection, kind: str, name: str) -> bool:
    look_up = "to_regclass" if kind == "view" else "to_regproc"
    return bool(connection.execute(text(f"select {look_up}(:name) is not null"), {"name": name}).scalar_one())


def _replace(connection: Connection, statement: _Statement) -> None:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(statement.sql)
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) not in _OTHER_SHAPE:
            raise
        _drop(connection, statement.kind, statement.name)
        connection.exec_driver_sql(statement.sql)


def _drop(connection: Connection, kind: str, name: str) -> None:
    """Drop a view or a function, and the views of Recoup that read it: they come after it and are made again."""
    look_up = "to_regclass" if kind == "view" else "to_regproc"
    oid = connection.execute(text(f"select {look_up}(:name)::oid"), {"name": name}).scalar_one()
    views = connection.execute(_READ_BY, {"oid": oid, "schemas": list(SCHEMAS)}).scalars().all()
    drops = [f"drop view {', '.join(views)}"] if views else []
    drops += [f"drop function {name}"] if kind == "function" else []
    try:
        with connection.begin_nested():
            for drop in drops:
                connection.exec_driver_sql(drop)
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) != _STILL_USED:
            raise
        raise ConfigurationError(
            f"{name} has other columns in this version, and what others have built on it would go with it:"
            f" {_detail(error)}. Drop that, run `python -m core migrate`, and make it again."
        ) from None


def _detail(error: DBAPIError) -> str:
    """What PostgreSQL says depends on it, one sentence."""
    said = getattr(getattr(error.orig, "diag", None), "message_detail", None) or "it does not say what"
    return "; ".join(line.strip() for line in str(said).splitlines())
