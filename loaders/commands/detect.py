"""`detect`: find and settle what is owed, from the rows that are there."""

import json
import time
from dataclasses import asdict

import click

from core.database.engine import owner_engine
from core.detect import Detected
from core.errors import UnknownName
from loaders.accounts import account_codes, account_with_code
from loaders.commands.sync import detect_account


@click.command()
@click.option("--account", "codes", multiple=True, help="An account's code; may be repeated. Without it: all.")
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
def detect(codes: tuple[str, ...], as_json: bool) -> None:
    """Detect and settle accounts anew. Doing it again changes nothing."""
    started = time.monotonic()
    engine = owner_engine()
    try:
        with engine.connect() as connection:
            accounts = [account_with_code(connection, code) for code in codes or account_codes(connection)]
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--account") from error
    total = Detected()
    for account in accounts:
        detected = detect_account(engine, account)
        total += detected
        click.echo(f"{account.code}: {detected.items} items, {detected.new} new, {detected.changed} changed", err=True)
    if as_json:
        click.echo(json.dumps({"items": asdict(total), "seconds": round(time.monotonic() - started, 3)}))
