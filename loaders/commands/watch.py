"""`watch`: load files dropped into a folder per account."""

import signal
import time
from datetime import timedelta
from pathlib import Path

import click
from fasteners import InterProcessLock

from core import logs, metrics
from core.database import schema
from core.database.engine import owner_engine
from core.errors import ConfigurationError
from loaders.detection_backlog import DetectionBacklog
from loaders.inbox import Inbox
from loaders.report_ages import ReportAges


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--every", type=click.FloatRange(0.1), default=2, show_default=True, help="Seconds between two looks at the folder."
)
@click.option("--once", is_flag=True, help="Load the files that are there now, and end.")
def watch(folder: Path, every: float, once: bool) -> None:
    """Load the files of FOLDER/ACCOUNT/ and FOLDER/ACCOUNT/MARKETPLACE/ as they arrive.

    Taken files go to FOLDER/ACCOUNT/.taken/, refused ones to FOLDER/ACCOUNT/.refused/ with the reason beside them.
    """
    with owner_engine().connect() as connection:
        schema.refuse_other(connection)
    lock = InterProcessLock(folder / ".lock")
    if not lock.acquire(blocking=False):
        raise ConfigurationError(f"Another `watch` looks after {folder} already.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the first process of a container has no other
    try:
        inbox = Inbox(folder)
        _tell_numbers(inbox)
        backlog = DetectionBacklog()
        if once:
            inbox.take_all()
            backlog.detect_some(still_at_work=timedelta())
            return
        while True:
            inbox.take_settled()
            backlog.detect_some()
            time.sleep(every)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
    finally:
        lock.release()


def _tell_numbers(inbox: Inbox) -> None:
    logs.configure()
    metrics.serve()
    waiting = "Age of the file that waits longest to be taken in; 0 where none does."
    metrics.gauge("recoup_oldest_unread_report_seconds", waiting, (), lambda: {(): inbox.oldest()})
    ages = (
        "Time since a report was synced: of the account that was last, the one in the middle, the one furthest behind."
    )
    metrics.gauge("recoup_report_age_seconds", ages, ("report", "account"), ReportAges().seconds)
