"""`sync`: load report files."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine, text

from core.database.access.loading import Admission, redeem
from core.database.engine import owner_engine
from core.detect import Detected, detect
from core.errors import UnknownName
from core.vocabulary import Marketplace
from core.vocabulary import marketplace as marketplace_with_code
from loaders.accounts import account_with_code
from loaders.declare.places import Account
from loaders.progress import rows_of_file, say
from loaders.read.files import files_of
from loaders.store.attempt import Days, FileResult, Options
from loaders.store.coverage import days_of
from loaders.store.sync import sync_path
from loaders.store.unknown_words import UnknownWord, messages, unknown_words

TAKEN, ROWS_REFUSED, FILE_REFUSED = 0, 3, 4


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--account", "account_code", required=True, help="The account's code.")
@click.option("--marketplace", "marketplace_code", help="The marketplace, where the report names none.")
@click.option("--covers", metavar="FROM..THROUGH", help="The days for which these reports are complete.")
@click.option(
    "--exported-on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the export, where the report has none."
)
@click.option("--dry-run", is_flag=True, help="Print what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
@click.option("--with-days", is_flag=True, hidden=True, help="For imports from a page: --json has each file's days.")
@click.option("--with-ticket", is_flag=True, hidden=True, help="For imports from a page: a ticket by standard input.")
def sync(
    paths: Sequence[Path],
    account_code: str,
    marketplace_code: str | None,
    covers: str | None,
    exported_on: datetime | None,
    dry_run: bool,
    as_json: bool,
    with_days: bool,
    with_ticket: bool,
) -> None:
    """Load report files or folders, and detect what is owed."""
    started = time.monotonic()
    admission = redeem(sys.stdin.readline().strip()) if with_ticket else Admission(owner_engine(), True)
    engine = admission.engine
    account = _account(engine, account_code)
    exported = exported_on.date() if exported_on else None
    chosen = _marketplace(marketplace_code, account) if marketplace_code else None
    options = Options(chosen, exported, dry_run, admission.may_bring_team_files, _days(covers))
    results = take_in(engine, account, paths, options)
    if not dry_run:
        click.echo(f"{len(results)} files; detecting what is owed", err=True)
    detected = Detected() if dry_run else detect_account(engine, account)
    for line in messages(_unknown_words(engine, account, results)):
        click.echo(line, err=True)
    if as_json:
        report = {
            "files": [result.as_json() | (result.days_as_json() if with_days else {}) for result in results],
            "items": asdict(detected),
            "seconds": round(time.monotonic() - started, 3),
        }
        click.echo(json.dumps(report))
    else:
        click.echo(f"{len(results)} files; {detected.items} items, {detected.new} of them new", err=True)
    sys.exit(exit_code(results))


def take_in(
    engine: Engine,
    account: Account,
    paths: Sequence[Path],
    options: Options,
    tell: Callable[[FileResult], object] = say,
) -> list[FileResult]:
    """Load files one after the other, each in a transaction of its own; returns their results."""
    results: list[FileResult] = []
    for path in files_of(paths):
        with rows_of_file(path.name) as on_rows:
            found = list(sync_path(engine, account, path, options, on_rows))
        for result in found:
            tell(result)
        results += found
    return results


def detect_account(engine: Engine, account: Account) -> Detected:
    """Detect and settle one account."""
    with engine.begin() as connection:
        connection.execute(text("select gather_statistics()"))  # of tables that had no row before
    with engine.begin() as connection:
        return detect(connection, account.account_id)


def _unknown_words(engine: Engine, account: Account, results: Sequence[FileResult]) -> list[UnknownWord]:
    """The unknown words in the loaded reports."""
    formats = {result.format for result in results if result.format and result.status != "refused"}
    with engine.begin() as connection:
        return unknown_words(connection, account.account_id, formats)


def exit_code(results: Sequence[FileResult]) -> int:
    """4 where a file was refused whole, 3 where rows were, else 0."""
    if any(result.status == "refused" for result in results):
        return FILE_REFUSED
    return ROWS_REFUSED if any(result.refused for result in results) else TAKEN


def _account(engine: Engine, code: str) -> Account:
    try:
        with engine.connect() as connection:
            return account_with_code(connection, code)
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--account") from error


def _marketplace(code: str, account: Account) -> Marketplace:
    try:
        chosen = marketplace_with_code(code)
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--marketplace") from error
    if chosen not in account.marketplaces:
        own = ", ".join(entry.code for entry in account.marketplaces) or "none"
        raise click.BadParameter(
            f"{account.code} does not sell on {chosen.code}. It has: {own}", param_hint="--marketplace"
        )
    return chosen


def _days(covers: str | None) -> Days | None:
    try:
        return days_of(covers) if covers else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--covers") from error
