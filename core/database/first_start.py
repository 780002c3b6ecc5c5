"""The first start: a database in its newest shape, and on an empty embedded server the demo world in it."""

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
    """Bring the database up to date, and the embedded one up first; an empty embedded one gets the demo reports.

    `tell` is told what takes long. Whoever calls it meanwhile waits. Raises RecoupError.
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
    # A process of its own: the loaders know the core, and not the other way round.
    if subprocess.run((sys.executable, "-m", "loaders", *command), cwd=settings.PROJECT, check=False).returncode != 0:
        raise RecoupError("The reports could not be loaded or detected; the messages above say why.")


def _waits() -> bool:
    with engine.owner_engine().connect() as connection:
        return bool(detections.waiting(connection))


def _is_empty() -> bool:
    with engine.owner_engine().connect() as connection:
        return not connection.execute(text("select exists (select from account)")).scalar_one()
