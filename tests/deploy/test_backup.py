"""A backup that is brought back into a fresh server is the same database, with the same logins."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from core.database.access import logins, people
from core.database.server import embedded, programs
from core.settings import PROJECT
from loaders.accounts import account_with_code
from loaders.commands.sync import detect_account, take_in
from loaders.store.attempt import Options, nobody
from tests.conftest import Database, Server
from tests.core.commands import core
from tests.loaders.reports import ledger, reimbursements

pytestmark = pytest.mark.slow

BACKUP = PROJECT / "deploy" / "backup"
TOTALS = "select md5(string_agg(t::text, '|' order by t::text)) from reporting.totals as t"
ITEMS = "select md5(string_agg(t::text, '|' order by t::text)) from reporting.items as t"


@dataclass(frozen=True)
class Fresh:
    """A server with nothing in it."""

    url: str


@dataclass(frozen=True)
class Tool:
    """A login that another tool has."""

    name: str
    password: str


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    with embedded.running(tmp_path / "fresh", durable=False) as server:
        server.drop_database("recoup")
        yield Fresh(server.url())


@pytest.fixture
def tool(database: Database, tmp_path: Path) -> Iterator[Tool]:
    """A login for another tool, of a database with an account and its items."""
    name = f"tool_{secrets.token_hex(4)}"  # roles are the server's, and other tests use it too
    owner = database.owner
    with owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine Outfitters", ["AMAZON_US", "WALMART_US"])
        people.add_user(connection, "manager@example.com", "account_manager", ["ALPINE"])
        password = logins.add(connection, name, people.user_id_of(connection, "manager@example.com"))
    (tmp_path / "ledger.tsv").write_text(ledger(*({"Reference ID": str(number)} for number in range(20))))
    (tmp_path / "paid.tsv").write_text(reimbursements({}))
    with owner.connect() as connection:
        account = account_with_code(connection, "ALPINE")
    take_in(owner, account, [tmp_path / "ledger.tsv", tmp_path / "paid.tsv"], Options(), tell=nobody)
    detect_account(owner, account)
    yield Tool(name, password)
    with owner.begin() as connection:
        logins.remove(connection, name)


def libpq(url: str) -> dict[str, str]:
    """The environment of a script of PostgreSQL's own programs."""
    place = make_url(url)
    found = {
        "PGHOST": str(place.query.get("host") or place.host or ""),
        "PGPORT": str(place.query.get("port") or place.port or 5432),
        "PGUSER": place.username or "",
        "PGPASSWORD": place.password or "",
        "PGDATABASE": place.database or "",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return (
        kept
        | {name: value for name, value in found.items() if value}
        | {"PATH": f"{programs.binaries()}:{os.environ['PATH']}"}
    )


def run(script: str, argument: Path, url: str, **more: str) -> str:
    done = subprocess.run(
        ["sh", str(BACKUP / script), str(argument)], env=libpq(url) | more, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def ask(url: str, query: str) -> object:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text(query)).scalar_one()
    finally:
        engine.dispose()


def test_a_backup_brought_back_has_the_same_totals_and_logins_and_every_law_holds(
    database: Database, server: Server, tool: Tool, fresh: Fresh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = database.url.render_as_string(hide_password=False)
    before = [ask(owner, query) for query in (TOTALS, ITEMS)]
    assert None not in before
    made = Path(run("backup.sh", tmp_path / "backups", owner))
    assert made.parent == tmp_path / "backups"
    assert {path.stat().st_mode & 0o077 for path in (made, *made.iterdir())} == {0}

    run("restore.sh", made, fresh.url)
    assert [ask(fresh.url, query) for query in (TOTALS, ITEMS)] == before
    monkeypatch.setenv("DATABASE_URL", fresh.url)
    assert core("migrate").exit_code == 0
    checked = core("check")
    assert checked.exit_code == 0, checked.output
    kept = "select rolpassword from pg_authid where rolname like 'tool\\_%'"
    assert ask(fresh.url, kept) == ask(owner, kept) is not None
    as_tool = make_url(fresh.url).set(username=tool.name, password=tool.password).render_as_string(hide_password=False)
    assert ask(as_tool, "select count(*) from reporting.items") == ask(owner, "select count(*) from reporting.items")


def test_a_backup_that_fails_leaves_none_and_the_older_ones_stay(tmp_path: Path) -> None:
    older = tmp_path / "recoup-20200101T000000Z"
    older.mkdir()
    environment = libpq("postgresql://nobody@/nowhere?host=/nowhere")
    done = subprocess.run(
        ["sh", str(BACKUP / "backup.sh"), str(tmp_path)], env=environment, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert [path.name for path in tmp_path.glob("recoup-*")] == [older.name]


def test_backups_are_kept_as_long_as_it_is_said(database: Database, tmp_path: Path) -> None:
    owner = database.url.render_as_string(hide_password=False)
    old = tmp_path / "recoup-20200101T000000Z"
    old.mkdir()
    os.utime(old, (0, 0))
    made = Path(run("backup.sh", tmp_path, owner, KEEP_DAYS="7"))
    assert not old.exists()
    assert made.exists()


def test_a_server_that_has_the_database_already_is_left_as_it_is(
    database: Database, tool: Tool, tmp_path: Path
) -> None:
    owner = database.url.render_as_string(hide_password=False)
    made = run("backup.sh", tmp_path / "backups", owner)
    before = ask(owner, TOTALS)
    done = subprocess.run(
        ["sh", str(BACKUP / "restore.sh"), made], env=libpq(owner), capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "already exists" in done.stderr
    assert ask(owner, TOTALS) == before
