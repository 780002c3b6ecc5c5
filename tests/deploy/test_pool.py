"""The pool of compose.yaml, from its secrets to a page's question: the same scripts and files, without containers."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg2
import pytest
from sqlalchemy import URL, create_engine, make_url, text

from core.database.access import logins
from core.database.migrate import migrate
from core.database.server import embedded, programs, unprivileged
from core.settings import PROJECT
from tests.browser_journeys.dashboards import free_port
from tests.browser_journeys.proxies import program
from tests.core.commands import core

DEPLOY = PROJECT / "deploy"
SECONDS = 30
OWNER = """
    select r.rolsuper, r.rolbypassrls, pg_get_userbyid(d.datdba) = current_user
    from pg_roles as r
    inner join pg_database as d on d.datname = current_database()
    where r.rolname = current_user
"""

pytestmark = pytest.mark.slow


class Pool(NamedTuple):
    """Where a pool is, and the owner's own way to the server behind it."""

    port: int
    owner: str


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The secrets of a deployment."""
    folder = tmp_path_factory.mktemp("secrets")
    subprocess.run(["sh", str(DEPLOY / "make_secrets.sh"), str(folder)], check=True)
    folder.chmod(0o755)  # they are mounted into containers one by one; here the pool's user reads them in their folder
    return folder


@pytest.fixture(scope="module")
def pool(secrets: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """A pool before a server that asks for passwords, and whose owner of Recoup is no superuser."""
    executable = program("pgbouncer", "pgbouncer")
    if executable is None:
        pytest.skip("pgbouncer is not here, and not to be installed")
    home = tmp_path_factory.mktemp("server")
    with embedded.running(home, durable=False) as server:
        sockets = Path(server.url().partition("host=")[2].partition("&")[0].replace("%2F", "/"))
        _hand_over(make_url(server.url()))
        _make_roles(secrets, sockets)
        engine = create_engine(server.url())
        migrate(engine)
        rules = home / "data" / "pg_hba.conf"
        asked = "local all recoup_app,recoup_staff,recoup_loader scram-sha-256"
        rules.write_text(f"{asked}\n{rules.read_text()}")
        engine.dispose()
        _as_superuser(make_url(server.url()), "postgres", "select pg_reload_conf()")
        with _pgbouncer(executable, home, sockets, secrets) as port:
            yield Pool(port, server.url())


def _hand_over(url: URL) -> None:
    """Make the server's superuser `postgres`, as a new one has it: there is no `recoup` yet."""
    _as_superuser(url, "recoup", "create role postgres superuser login")
    _as_superuser(url, "postgres", "alter role recoup rename to formerly")


def _as_superuser(url: URL, name: str, statement: str) -> None:
    with closing(psycopg2.connect(host=url.query["host"], user=name, dbname="recoup")) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def _make_roles(secrets: Path, sockets: Path) -> None:
    place = {"PGHOST": str(sockets), "PGPORT": "5432", "POSTGRES_DB": "recoup"}
    path = {"PATH": f"{programs.binaries()}:{os.environ['PATH']}", "SECRETS": str(secrets)}
    subprocess.run(["sh", str(DEPLOY / "postgres" / "roles.sh")], env=os.environ | place | path, check=True)


@contextmanager
def _pgbouncer(executable: str, home: Path, sockets: Path, secrets: Path) -> Iterator[int]:
    """pgbouncer as its container runs it; gives its port."""
    port, users, configuration = free_port(), home / "socket" / "userlist.txt", home / "compose.ini"
    ours = (DEPLOY / "compose" / "pgbouncer.ini").read_text()
    for old, new in {
        "/etc/pgbouncer/pgbouncer.ini": str(DEPLOY / "pgbouncer" / "pgbouncer.ini"),
        "host=postgres": f"host={sockets}",
        "listen_addr = 0.0.0.0": f"listen_addr = 127.0.0.1\nlisten_port = {port}",
        "/run/pgbouncer/userlist.txt": str(users),
    }.items():
        assert old in ours
        ours = ours.replace(old, new)
    configuration.write_text(ours)
    prefix = unprivileged.prefix(home, programs.binaries())
    environment = os.environ | {"SECRETS": str(secrets), "USERS": str(users), "PGBOUNCER": executable}
    command = [*prefix, "sh", str(DEPLOY / "pgbouncer" / "start.sh"), str(configuration)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + SECONDS
        while not _listens(port):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(SECONDS)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def connect(port: int, user: str, password: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(host="127.0.0.1", port=port, user=user, password=password, dbname="recoup")


@pytest.mark.parametrize("name", ["app", "staff"])
def test_the_pages_logins_read_through_it_with_the_passwords_that_were_made(
    pool: Pool, secrets: Path, name: str
) -> None:
    password = (secrets / f"{name}_password").read_text().strip()
    with closing(connect(pool.port, f"recoup_{name}", password)) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from reporting.items")
        assert cursor.fetchall() == [(0,)]


@pytest.mark.parametrize(("user", "password"), [("recoup_app", "guessed"), ("recoup", ""), ("recoup_loader", "")])
def test_nobody_else_comes_through_it(pool: Pool, user: str, password: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r"password|no such user|SASL|auth"):
        connect(pool.port, user, password)


def test_who_may_come_in_is_written_for_the_pools_own_eyes(pool: Pool, tmp_path: Path, secrets: Path) -> None:
    users = tmp_path / "userlist.txt"
    environment = os.environ | {"SECRETS": str(secrets), "USERS": str(users), "PGBOUNCER": "true"}
    subprocess.run(["sh", str(DEPLOY / "pgbouncer" / "start.sh"), "x"], env=environment, check=True)
    assert users.stat().st_mode & 0o077 == 0
    assert [line.split('"')[1] for line in users.read_text().splitlines()] == ["recoup_app", "recoup_staff"]


def test_the_owner_is_no_superuser_and_yet_can_do_what_an_owner_does(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", pool.owner)
    for command in (
        "account add ACME --name Acme --marketplace AMAZON_US",
        "user add seller@example.com --role seller --account ACME",
        "login add bi_of_acme --for seller@example.com",
        "migrate",
        "check",
    ):
        done = core(*command.split())
        assert (done.exit_code, "without bounds" in done.output) == (0, False), done.output
    engine = create_engine(pool.owner)
    with engine.connect() as connection:
        assert connection.execute(text(OWNER)).one() == (False, False, True)
        assert logins.unbounded(connection) == []
        settings = connection.execute(text("select rolconfig from pg_roles where rolname = 'bi_of_acme'")).scalar_one()
        assert "temp_file_limit=1GB" in settings
    engine.dispose()
    place = make_url(pool.owner).query["host"]
    with closing(psycopg2.connect(host=place, user="bi_of_acme", dbname="recoup")) as held:
        assert core("user", "revoke", "seller@example.com", "--account", "ACME").exit_code == 0
        with pytest.raises(psycopg2.OperationalError):
            held.cursor().execute("select 1")
    assert core("login", "remove", "bi_of_acme").exit_code == 0
