"""`serve`, and the process behind `url` that keeps the embedded server up."""

import signal
import subprocess
import sys
import time

import click
from fasteners import InterProcessReaderWriterLock
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from core import settings
from core.database import engine
from core.database.server import embedded
from core.errors import ConfigurationError, EmbeddedServerError

IDLE_SECONDS = 60
"""Seconds that the server stays up after `url` without a connection."""

_BETWEEN_LOOKS = 2.0
_CONNECTED = text(
    "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
)


@click.command()
@click.option(
    "--until-idle", type=click.FloatRange(0), hidden=True, help="End after so many seconds without a connection."
)
def serve(until_idle: float | None) -> None:
    """Keep the embedded server up until Ctrl-C, and print its URL, for psql and other tools."""
    if not engine.is_embedded():
        raise ConfigurationError("DATABASE_URL is set: that server is not Recoup's own, and is up without it.")
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell starts background jobs with SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    serving = _serving()
    try:
        url = engine.for_other_tools(engine.owner_url())
        if until_idle is None:
            serving.acquire_read_lock()
        click.echo(url)
        _stay(until_idle)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)


def keep_for_a_while() -> None:
    """Start a process that keeps the embedded server up until nobody has been connected for a while, or `serve` runs.

    Raises EmbeddedServerError.
    """
    if _is_served():
        return
    command = [sys.executable, "-m", "core", "serve", f"--until-idle={IDLE_SECONDS}"]
    keeper = subprocess.Popen(
        command,
        cwd=settings.PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # once it prints the address it holds the server, and this process may release it
    if keeper.stdout is None or not keeper.stdout.readline():
        raise EmbeddedServerError("The embedded server can not be kept up. Try: python -m core serve")


def _stay(until_idle: float | None) -> None:
    last = time.monotonic()
    while until_idle is None or time.monotonic() - last < until_idle:
        time.sleep(_BETWEEN_LOOKS)
        if not settings.home().exists() or (until_idle is not None and _is_served()):
            return
        if until_idle is not None and _is_used():
            last = time.monotonic()


def _serving() -> InterProcessReaderWriterLock:
    """What each `serve` without an end holds, so that no other process keeps the server up beside it."""
    return InterProcessReaderWriterLock(settings.home() / "serving.lock")


def _is_served() -> bool:
    serving = _serving()
    if not serving.acquire_write_lock(blocking=False):
        return True
    serving.release_write_lock()
    return False


def _is_used() -> bool:
    looking = create_engine(embedded.url())
    try:
        with looking.connect() as connection:
            return bool(connection.execute(_CONNECTED).scalar_one())
    except OperationalError:
        return False
    finally:
        looking.dispose()
