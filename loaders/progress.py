"""How a long run shows that it is getting on: a bar with rows and rate on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm

from loaders.taking import FileResult


@contextmanager
def rows_of_file(name: str) -> Iterator[Callable[[int], object]]:
    """Shows the rows of one file as they are read: yields what is to be told how many more there were."""
    with tqdm(desc=name, unit=" rows", unit_scale=True, leave=False, disable=not sys.stderr.isatty()) as bar:
        yield bar.update


def say(result: FileResult) -> None:
    """One line about a file that is done."""
    if result.status == "refused":
        click.echo(f"{result.file}: refused. {result.message}", err=True)
        return
    counts = f"{result.rows} rows: {result.new} new, {result.changed} changed, {result.unchanged} unchanged"
    refused = f", {result.refused} refused" if result.refused else ""
    message = f". {result.message}" if result.message else ""
    click.echo(f"{result.file}: {result.format}, {counts}{refused}{message}", err=True)
