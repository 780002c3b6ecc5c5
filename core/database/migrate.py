"""Brings a database to the newest shape: Alembic's migrations, then what is made anew each time (registries and
views).
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from core import reporting
from core.database import kept, logins, portfolios, registries
from core.database.engine import owner_engine
from core.errors import ConfigurationError

MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST_SERVER = 150000
LOCK = 0x7265636F75  # any number that no other program uses for an advisory lock: the letters "recou"


def migrate(engine: Engine | None = None) -> None:
    """Migrate the owner's database, or the one given. Running it again changes nothing.

    Raises ConfigurationError for a server older than PostgreSQL 15.
    """
    with (engine or owner_engine()).connect() as connection:
        _check_version(connection)
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        try:
            _upgrade(connection)
            registries.refresh(connection)
            reporting.create_views(connection)
            kept.keep_missing_totals(connection)
            portfolios.follow_all(connection)
            logins.follow_all(connection)
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_version(connection: Connection) -> None:
    version = int(connection.execute(text("show server_version_num")).scalar_one())
    if version < OLDEST_SERVER:
        raise ConfigurationError(f"Recoup needs PostgreSQL 15 or newer; this server is {version // 10000}.")
