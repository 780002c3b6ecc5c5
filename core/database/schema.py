"""Schema version: every writer checks that the database has the version of this program, since a program of another
version would not maintain the other's tables.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from core.errors import ConfigurationError, OtherVersion

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_READ = text("select version_num from schema_version")


@cache
def newest() -> str:
    """This program's schema version."""
    return max(path.name[1:5] for path in _VERSIONS.glob("m[0-9][0-9][0-9][0-9]_*.py"))


def refuse_other(connection: Connection) -> None:
    """Refuse to write to a database of another schema version; call it first in each transaction that writes. No
    migration begins until that transaction has ended.

    Raises OtherVersion.
    """
    try:
        found = connection.execute(_READ).scalar()
    except ProgrammingError as error:
        raise ConfigurationError("The database is not set up yet. Run: python -m core migrate") from error
    refuse(found or "")


def refuse_newer(connection: Connection) -> None:
    """Refuse to migrate a database of a newer program. Raises OtherVersion."""
    found = connection.execute(_READ).scalar()
    if found is not None and found > newest():
        refuse(found)


def refuse(found: str) -> None:
    """Raises OtherVersion unless the version found is this program's."""
    if found == newest():
        return
    if found > newest():
        advice = "this program is older: start the version that migrated the database"
    else:
        advice = "this program is newer: run python -m core migrate"
    raise OtherVersion(
        f"The database has tables of version {found or 'none'}, and this program needs {newest()}: {advice}."
    )


def tell(connection: Connection) -> None:
    """Publish the version to roles that may not read its table, since their locks would delay migrations."""
    connection.execute(
        text(
            "create or replace function schema_revision() returns text language sql immutable"
            f" as $$ select '{newest()}' $$"
        )
    )
