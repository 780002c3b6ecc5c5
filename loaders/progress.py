"""Progress of a long run: a bar with rows and rate on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm

from loaders.declare.issues import printable
from loaders.store.attempt import FileResult

SECONDS_BETWEEN_LINES = 2


@contextmanager
def rows_of_file(name: str) -> Iterator[Callable[[int], object]]:
    """Show the rows of one file while they are read: yields a function that adds rows."""
    if not sys.stderr.isatty():
        yield _Lines(name).more
        return
    with tqdm(desc=name, unit=" rows", unit_scale=True, leave=False) as bar:
        yield bar.update


class _Lines:
    """Prints the number of rows now and then."""

    def __init__(self, name: str) -> None:
        self._name = printable(name)
        self._rows = 0
        self._said_at = time.monotonic()

    def more(self, rows: int) -> None:
        self._rows += rows
        now = time.monotonic()
        if now - self._said_at >= SECONDS_BETWEEN_LINES:
            self._said_at = now
            click.echo(f"{self._name}: {self._rows:,} rows so far", err=True)


def say(result: FileResult) -> None:
    """Print one line about a finished file."""
    if result.status == "refused":
        click.echo(f"{result.file}: refused. {result.message}", err=True)
        return
    counts = f"{result.rows} rows: {result.new} new, {result.changed} changed, {result.unchanged} unchanged"
    refused = f", {result.refused} refused" if result.refused else ""
    message = f". {result.message}" if result.message else ""
    click.echo(f"{result.file}: {result.format}, {counts}{refused}{message}", err=True)
