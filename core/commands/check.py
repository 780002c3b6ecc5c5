"""`check`: whether all that must hold does."""

import json
import sys
from dataclasses import asdict

import click

from core.database.engine import owner_engine
from core.laws import LAWS, check_all


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
def check(as_json: bool) -> None:
    """Say what does not hold of the laws of the money and of the guards around them; exit code 1 if anything does
    not.
    """
    with owner_engine().connect() as connection:
        violations = check_all(connection)
        connection.rollback()
    broken = {violation.law for violation in violations}
    if as_json:
        laws = {law: {"holds": law not in broken, "meaning": meaning} for law, meaning in LAWS.items()}
        click.echo(json.dumps({"laws": laws, "violations": [asdict(violation) for violation in violations]}))
    else:
        for law, meaning in LAWS.items():
            click.echo(f"{'✗' if law in broken else '✓'} {meaning}")
        for violation in violations:
            where = " ".join(part for part in (violation.account, violation.currency) if part)
            click.echo(f"{violation.law}: {where}{': ' if where else ''}{violation.what}", err=True)
    sys.exit(1 if violations else 0)
