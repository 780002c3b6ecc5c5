"""`check`: verify the laws and the other invariants."""

import json
import sys
from dataclasses import asdict

import click
from sqlalchemy import text

from core.database import detections, schema
from core.database.engine import owner_engine
from core.database.rollups.report_states import refresh_report_states
from core.database.rollups.totals import rebuild_sums
from core.detect import batches, detect_all
from core.laws import LAWS, check_all


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One object on standard output.")
@click.option("--repair", is_flag=True, help="First recompute everything that is derived from the synced rows.")
def check(as_json: bool, repair: bool) -> None:
    """Verify the laws of the money and the other invariants; print the violations; exit code 1 if there is any."""
    _detect(everything=repair)
    if repair:
        _keep_anew()
    with owner_engine().connect() as connection:
        schema.refuse_other(connection)
        violations = check_all(connection)
        connection.rollback()
        waiting = detections.waiting(connection)
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
    if waiting:
        click.echo(waiting.sentence(), err=True)
    sys.exit(1 if violations else 0)


def _detect(*, everything: bool) -> None:
    """Detect the accounts whose detection was interrupted; or every account."""
    with owner_engine().begin() as connection:
        left = list(detections.waiting(connection).not_detected)
        if everything:
            left = list(connection.execute(text("select account_id from account")).scalars())
        groups = list(batches(connection, left))
    for group in groups:
        with owner_engine().begin() as connection:
            detect_all(connection, group)


def _keep_anew() -> None:
    """Rebuild the sums over accounts and the report states."""
    with owner_engine().begin() as connection:
        rebuild_sums(connection)
        refresh_report_states(connection, list(connection.execute(text("select account_id from account")).scalars()))
