"""`demo`: write the reports of a simulated world, and load them."""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Connection, text

from core import settings
from core.database.access import people
from core.database.engine import owner_engine
from core.database.first_start import note_demo_progress
from core.errors import AlreadyExists, RecoupError
from core.vocabulary import COVERED_FORMATS
from core.vocabulary.marketplaces import PACIFIC
from loaders.accounts import account_with_code
from loaders.commands.sync import detect_account, take_in
from loaders.declare.places import Account
from loaders.demo import write_world
from loaders.demo.model.reports import folders_of
from loaders.store.attempt import Options, nobody
from loaders.store.coverage import days_of, state


@click.command()
@click.option("--accounts", type=click.IntRange(1), envvar="RECOUP_DEMO_ACCOUNTS", default=8, show_default=True)
@click.option(
    "--items",
    type=click.IntRange(1),
    envvar="RECOUP_DEMO_ITEMS",
    default=400,
    show_default=True,
    help="About how many events each account has.",
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Default: demo/ in Recoup's home.")
@click.option("--load", is_flag=True, help="Add the accounts and users, and load the reports.")
def demo(accounts: int, items: int, seed: int, out: Path | None, load: bool) -> None:
    """Write report files of simulated sellers, ending today, with the true results beside them."""
    folder = out or settings.home() / "demo"
    if out is None and folder.exists():
        shutil.rmtree(folder)  # files of another seed or day must not mix with the new ones
    write_world(folder, accounts=accounts, items=items, seed=seed, today=_today())
    click.echo(f"The reports of {accounts} sellers are in {folder}", err=True)
    if load:
        _load(folder)


def _today() -> date:
    """Today in the westernmost marketplace, so that no report has a date in any marketplace's future."""
    return settings.fixed_today() or datetime.now(ZoneInfo(PACIFIC)).date()


def _load(folder: Path) -> None:
    entries = json.loads((folder / "accounts.json").read_text(encoding="utf-8"))
    users = json.loads((folder / "users.json").read_text(encoding="utf-8"))
    codes = [entry["code"] for entry in entries]
    note_demo_progress(0, len(entries))
    for number, entry in enumerate(entries, 1):
        _load_account(folder, entry)
        with owner_engine().begin() as connection:
            let_in(connection, users, codes[:number])
            connection.execute(text(_SERVICE))
        note_demo_progress(number, len(entries))
    with owner_engine().begin() as connection:
        # Autovacuum would analyze a minute later; an import from a page before that would have no statistics.
        connection.execute(text("analyze"))
    settings.unfinished_demo().unlink()


def let_in(connection: Connection, users: Sequence[Mapping[str, Any]], codes: Sequence[str]) -> None:
    """Add the users of the accounts that are in, and grant them these."""
    for user in users:
        granted = [code for code in user["accounts"] if code in codes]
        if user["accounts"] and not granted:
            continue
        try:
            people.add_user(connection, user["email"], user["role"], granted)
        except AlreadyExists:
            for code in granted:
                people.grant(connection, user["email"], code)


_SERVICE = """
    insert into service_request (account_id, marketplace, requested_by, requested_at, initiated_by, initiated_at)
    select
        c.account_id,
        c.marketplace,
        coalesce(min(u.email), 'staff@example.com'),
        min(c.opened_on) - 7,
        'staff@example.com',
        min(c.opened_on) - 3
    from claim_case as c
    inner join account_marketplace as m on m.account_id = c.account_id and m.marketplace = c.marketplace
    left join user_account as a on a.account_id = c.account_id
    left join app_user as u on u.user_id = a.user_id and u.role = 'seller'
    where c.origin = 'case_file' and c.opened_on is not null
    group by c.account_id, c.marketplace
    on conflict (account_id, marketplace) do nothing
"""
"""The service is started where there are cases: its team filed them."""


def _load_account(folder: Path, entry: dict[str, Any]) -> None:
    engine, code, name, marketplaces = owner_engine(), entry["code"], entry["name"], entry["marketplaces"]
    try:
        with engine.begin() as connection:
            people.add_account(connection, code, name, marketplaces)
    except AlreadyExists:
        click.echo(f"The account {code} is there already; its reports are taken in all the same.", err=True)
    with engine.connect() as connection:
        account = account_with_code(connection, code)
    results = [
        result
        for reports, marketplace in folders_of(folder / code)
        for result in take_in(engine, account, [reports], Options(marketplace), tell=nobody)
    ]
    with engine.begin() as connection:
        _state_coverage(connection, account, entry)
    refused = [result.message for result in results if result.status == "refused"]
    if refused:
        raise RecoupError(f"The demo's own reports were refused: {' '.join(refused)}")
    detected = detect_account(engine, account)
    rows = sum(result.rows for result in results)
    click.echo(f"{name}: {len(results)} files, {rows:,} rows, {detected.items:,} items", err=True)


def _state_coverage(connection: Connection, account: Account, entry: dict[str, Any]) -> None:
    """State the coverage of the demo's reports, as their exporter would."""
    otherwise = {(code, region): days for code, region, days in entry["covers_otherwise"]}
    for place in account.marketplaces:
        for code, covered in COVERED_FORMATS.items():
            days = otherwise.get((code, place.region), otherwise.get((code, ""), entry["covers"]))
            if covered.channel is place.channel and days:
                state(connection, account.account_id, code, [place.region], days_of(days))
