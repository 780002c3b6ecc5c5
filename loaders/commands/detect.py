"""`detect`: detect and settle accounts from their stored rows."""

import gc
import json
import multiprocessing
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict

import click

from core.database import detections
from core.database.engine import owner_engine
from core.detect import Detected, batches, detect_all
from core.errors import UnknownName
from loaders.accounts import account_codes, account_with_code

PROCESSES = 8
"""Maximum parallel processes: each holds the results of a batch in memory, and keeps a database processor busy."""


@click.command()
@click.option("--account", "codes", multiple=True, help="An account's code; may be repeated. Without it: all.")
@click.option(
    "--waiting", is_flag=True, help="Only accounts of the backlog: with undetected files, or judged by earlier rules."
)
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
def detect(codes: tuple[str, ...], waiting: bool, as_json: bool) -> None:
    """Detect and settle accounts again. Idempotent."""
    started = time.monotonic()
    try:
        with owner_engine().connect() as connection:
            chosen = codes or account_codes(connection)
            if waiting:
                chosen = [code for code in detections.waiting(connection).accounts.values() if code in chosen]
            named = [account_with_code(connection, code) for code in chosen]
            code_of = {account.account_id: account.code for account in named}
            groups = list(batches(connection, list(code_of)))
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--account") from error
    total = Detected()
    for detected in _detect_groups(groups):
        for account_id, of_account in detected.items():
            total += of_account
            counts = f"{of_account.items} items, {of_account.new} new, {of_account.changed} changed"
            click.echo(f"{code_of[account_id]}: {counts}", err=True)
    if as_json:
        click.echo(json.dumps({"items": asdict(total), "seconds": round(time.monotonic() - started, 3)}))


def _detect_groups(groups: Sequence[Sequence[int]]) -> Iterator[Mapping[int, Detected]]:
    """Detect each batch of accounts in a transaction of its own, several at a time where there are several."""
    processes = min(PROCESSES, os.cpu_count() or 1, len(groups))
    if processes < 2:
        yield from map(_detect_group, groups)
        return
    afresh = multiprocessing.get_context("spawn")  # spawn, not fork: open connections must not be copied
    with ProcessPoolExecutor(processes, afresh, _collect_seldom) as pool:
        try:
            for done in as_completed([pool.submit(_detect_group, group) for group in groups]):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)  # after a failure the remaining batches don't start


def _collect_seldom() -> None:
    """Run the garbage collector rarely: there are many objects, and nearly all stay in use. With default thresholds it
    takes a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def _detect_group(accounts: Sequence[int]) -> Mapping[int, Detected]:
    with owner_engine().begin() as connection:
        return detect_all(connection, accounts)
