"""The first start: migrates the database, and loads the demo world into an empty embedded server. The pages open with
the first seller; the others follow.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import psutil
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from core import settings
from core.database import detections, engine
from core.database.migrate import migrate
from core.database.server import embedded
from core.errors import RecoupError

_LOG = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()
_SECONDS_BETWEEN_LOOKS = 0.2


def prepare(tell: Callable[[str], object] = _LOG.info, *, whole: bool = False) -> "subprocess.Popen[bytes] | None":
    """Start the embedded server, migrate the database, and load the demo into an empty embedded server.

    `tell` receives a message before each slow step. Concurrent callers wait. Returns once the first seller of the demo
    is in, with the process that loads the others, or where `whole` once all are. Raises RecoupError.
    """
    with _one_at_a_time:
        if engine.is_embedded():
            embedded.url()
        migrate()
        if engine.is_embedded() and (_is_empty() or settings.unfinished_demo().exists()):
            if demo_progress() is None:
                tell("Loading the demo reports, once.")
                return _load_demo(whole=whole)
        elif engine.is_embedded() and _waits():
            tell("Detecting what was taken in and not detected yet, or judged by earlier rules.")
            _wait_for(_start("detect", "--waiting"))
    return None


def demo_progress() -> tuple[int, int] | None:
    """How many sellers of the demo are in, and how many it has, while a process loads them; else None."""
    try:
        loader, began, done, all_of_them = settings.unfinished_demo().read_text(encoding="utf-8").split()
        # another process may have the id by now, after a reboot or in a container
        is_loading = str(psutil.Process(int(loader)).create_time()) == began
    except (FileNotFoundError, ValueError, psutil.Error):
        return None
    return (int(done), int(all_of_them)) if is_loading else None


def note_demo_progress(done: int, all_of_them: int) -> None:
    """Note how far the calling process is with loading the demo."""
    marker = settings.unfinished_demo()
    marker.parent.mkdir(parents=True, exist_ok=True)
    written = marker.with_suffix(".part")
    loader = psutil.Process()
    written.write_text(f"{loader.pid} {loader.create_time()} {done} {all_of_them}", encoding="utf-8")
    written.replace(marker)  # at once: another process may be reading it


def is_not_set_up(error: ProgrammingError) -> bool:
    """Whether a query failed because the database has no tables yet: no such table, schema or function."""
    return getattr(error.orig, "pgcode", "") in ("42P01", "3F000", "42883")


def _load_demo(*, whole: bool) -> "subprocess.Popen[bytes] | None":
    loader = _start("demo", "--load")
    while not whole and loader.poll() is None:
        progress = demo_progress()
        if progress is not None and progress[0] > 0:
            return loader
        with suppress(subprocess.TimeoutExpired):
            loader.wait(_SECONDS_BETWEEN_LOOKS)
    _wait_for(loader)
    return None


def _start(*command: str) -> "subprocess.Popen[bytes]":
    # a separate process: the core must not import the loaders
    return subprocess.Popen((sys.executable, "-m", "loaders", *command), cwd=settings.PROJECT)


def _wait_for(loader: "subprocess.Popen[bytes]") -> None:
    if loader.wait() != 0:
        raise RecoupError("The reports could not be loaded or detected; the messages above say why.")


def _waits() -> bool:
    with engine.owner_engine().connect() as connection:
        return bool(detections.waiting(connection))


def _is_empty() -> bool:
    with engine.owner_engine().connect() as connection:
        return not connection.execute(text("select exists (select from account)")).scalar_one()
