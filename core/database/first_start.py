"""The first start: migrates the database, and loads the demo world into an empty embedded server."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from core import settings
from core.database import detections, engine
from core.database.migrate import migrate
from core.database.server import embedded
from core.errors import RecoupError

_LOG = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def prepare(tell: Callable[[str], object] = _LOG.info) -> None:
    """Start the embedded server, migrate the database, and load the demo into an empty embedded server.

    `tell` receives a message before each slow step. Concurrent callers wait. Raises RecoupError.
    """
    with _one_at_a_time:
        if engine.is_embedded():
            embedded.url()
        migrate()
        if engine.is_embedded() and (_is_empty() or settings.unfinished_demo().exists()):
            tell("Loading the demo reports, once.")
            _load("demo", "--load")
        elif engine.is_embedded() and _waits():
            tell("Detecting what was taken in and not detected yet, or judged by earlier rules.")
            _load("detect", "--waiting")


def is_not_set_up(error: ProgrammingError) -> bool:
    """Whether a query failed because the database has no tables yet: no such table, schema or function."""
    return getattr(error.orig, "pgcode", "") in ("42P01", "3F000", "42883")


def _load(*command: str) -> None:
    # A separate process: the core must not import the loaders.
    if subprocess.run((sys.executable, "-m", "loaders", *command), cwd=settings.PROJECT, check=False).returncode != 0:
        raise RecoupError("The reports could not be loaded or detected; the messages above say why.")


def _waits() -> bool:
    with engine.owner_engine().connect() as connection:
        return bool(detections.waiting(connection))


def _is_empty() -> bool:
    with engine.owner_engine().connect() as connection:
        return not connection.execute(text("select exists (select from account)")).scalar_one()
