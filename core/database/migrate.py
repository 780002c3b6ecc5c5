"""Migrates a database: runs Alembic's migrations, then rebuilds registries and views."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from core.database import locks, registries, schema
from core.database.access import logins
from core.database.blocking_readers import end_blocking_readers
from core.database.engine import owner_engine
from core.database.rollups import portfolios, totals
from core.errors import ConfigurationError
from core.reporting.refresh import refresh_views

MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST_SERVER = 150000


def migrate(engine: Engine | None = None) -> None:
    """Migrate the owner's database, or the one given, in one transaction. Idempotent.

    Raises ConfigurationError for a server older than PostgreSQL 15, and for a database that is newer than this program.
    """
    with (engine or owner_engine()).connect() as connection:
        _check_version(connection)
        _make_version_table(connection)
        with connection.begin(), end_blocking_readers(connection):
            # one migration at a time, and no concurrent load: writers read the version first (core.database.schema)
            connection.execute(text("lock table schema_version in access exclusive mode"))
            schema.refuse_newer(connection)
            _upgrade(connection)
            schema.tell(connection)
            registries.refresh(connection)
            refresh_views(connection)
            locks.prepare(connection)
            totals.fill_empty_rollups(connection)
            portfolios.update_all(connection)
            logins.guard_tables(connection)
            logins.guard(connection)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _make_version_table(connection: Connection) -> None:
    """Create Alembic's own table first: it is the migration lock, and two processes may be the first at once."""
    made = text(
        "create table if not exists schema_version"
        " (version_num varchar(32) not null, constraint schema_version_pkc primary key (version_num))"
    )
    try:
        connection.execute(made)
        connection.commit()
    except IntegrityError:
        connection.rollback()  # another process has just created it


def _check_version(connection: Connection) -> None:
    version = int(connection.execute(text("show server_version_num")).scalar_one())
    if version < OLDEST_SERVER:
        raise ConfigurationError(f"Recoup needs PostgreSQL 15 or newer; this server is {version // 10000}.")
    connection.rollback()
