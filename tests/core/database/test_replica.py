"""A real streaming replica: pages read from it what it has caught up with, and nobody ever goes back in time."""

import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from core.database import engine, replica
from core.database.access import people
from core.database.access.visitor import reading
from core.database.migrate import migrate
from core.database.server import embedded, programs, unprivileged

pytestmark = pytest.mark.slow

SECONDS = 60


@dataclass(frozen=True)
class Pair:
    """A primary and its replica, by their owner's URLs, and two users of the one account."""

    primary: str
    replica: str
    seller: int
    staff: int

    def on_primary(self, statement: str, **values: object) -> None:
        run(self.primary, statement, **values)

    def pause(self) -> None:
        run(self.replica, "select pg_wal_replay_pause()")

    def resume(self) -> None:
        run(self.replica, "select pg_wal_replay_resume()")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    first, second = tmp_path_factory.mktemp("primary"), tmp_path_factory.mktemp("replica")
    with embedded.running(first) as primary:
        made = create_engine(primary.url())
        migrate(made)
        with made.begin() as connection:
            people.add_account(connection, "ALPINE", "Alpine Outfitters", ["AMAZON_US"])
            people.add_user(connection, "seller@example.com", "seller", ["ALPINE"])
            people.add_user(connection, "staff@example.com", "staff", [])
            seller, staff = (people.user_id_of(connection, f"{name}@example.com") for name in ("seller", "staff"))
        made.dispose()
        _copy(first, second, primary.url())
        with embedded.running(second) as copy:
            yield Pair(primary.url(), copy.url(), seller, staff)


@pytest.fixture
def pair(servers: Pair, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """The pair as the pages know it."""
    for name, role in (("APP", engine.APP), ("STAFF", engine.STAFF)):
        monkeypatch.setenv(f"RECOUP_{name}_DATABASE_URL", of(servers.primary, role))
        monkeypatch.setenv(f"RECOUP_{name}_REPLICA_DATABASE_URL", of(servers.replica, role))
    replica.forget()
    replica._away_until.clear()
    yield servers
    servers.resume()
    engine.engine_for.cache_clear()


def _copy(first: Path, second: Path, url: str) -> None:
    """Make a replica's data folder, as pg_basebackup does for any server."""
    place = make_url(url).query
    command = [str(programs.binaries() / "pg_basebackup"), "--host", str(place["host"]), "--port", str(place["port"])]
    command += ["--username", "recoup", "--pgdata", str(second / "data"), "--write-recovery-conf"]
    prefix = unprivileged.prefix(second, programs.binaries())
    unprivileged.prefix(first, programs.binaries())
    subprocess.run([*prefix, *command, "--checkpoint=fast"], check=True, capture_output=True, cwd="/")


def of(url: str, role: str) -> str:
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def run(url: str, statement: str, **values: object) -> None:
    made = create_engine(url)
    with made.begin() as connection:
        connection.execute(text(statement), values)
    made.dispose()


def is_replica(connection: Connection) -> bool:
    return bool(connection.execute(text("select pg_is_in_recovery()")).scalar_one())


def name_of_account(connection: Connection) -> str:
    return str(connection.execute(text("select name from account")).scalar_one())


def read(user_id: int, *, newest: bool = False) -> tuple[bool, str]:
    """Whether the replica answered, and what."""
    with reading(user_id, newest=newest) as (connection, _):
        return is_replica(connection), name_of_account(connection)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("who", ["seller", "staff"])
def test_what_follows_the_first_read_of_a_run_comes_from_the_replica(pair: Pair, who: str) -> None:
    user_id = getattr(pair, who)
    assert read(user_id) == (False, "Alpine Outfitters")  # nobody knows yet how far it has to be
    assert read(user_id, newest=True)[0] is False
    assert read(user_id) == (True, "Alpine Outfitters")


@pytest.mark.parametrize("who", ["seller", "staff"])
def test_what_was_just_written_is_seen_though_the_replica_is_behind(pair: Pair, who: str) -> None:
    user_id = getattr(pair, who)
    pair.pause()
    pair.on_primary("update account set name = :name", name=f"As {who}")
    assert read(user_id, newest=True) == (False, f"As {who}")
    took = []
    for _ in range(5):  # the best of some: a busy machine makes any one of them slow
        began = time.monotonic()
        assert read(user_id) == (False, f"As {who}")
        took.append(time.monotonic() - began)
    assert min(took) < 10 * replica.PATIENCE
    pair.resume()
    read(user_id, newest=True)
    until(lambda: read(user_id, newest=True)[1] == f"As {who}" and read(user_id) == (True, f"As {who}"))
    pair.on_primary("update account set name = 'Alpine Outfitters'")


def test_a_replica_that_is_away_costs_one_try_and_the_primary_answers(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOUP_APP_REPLICA_DATABASE_URL", "postgresql://recoup_app@127.0.0.1:1/recoup")
    for _ in range(3):
        assert read(pair.seller, newest=True) == (False, "Alpine Outfitters")
        assert read(pair.seller) == (False, "Alpine Outfitters")


def test_a_server_that_was_made_a_primary_of_its_own_is_not_asked(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_APP_REPLICA_DATABASE_URL", of(pair.primary, engine.APP) + "&application_name=other")
    read(pair.seller, newest=True)
    assert read(pair.seller) == (False, "Alpine Outfitters")


def test_a_grant_that_was_revoked_is_gone_with_the_next_click_though_the_replica_still_has_it(pair: Pair) -> None:
    pair.pause()
    pair.on_primary("delete from user_account")
    try:
        with reading(pair.seller, newest=True) as (connection, viewer):
            assert viewer.granted == ()
        with reading(pair.seller) as (connection, viewer):
            assert viewer.granted == ()
            assert connection.execute(text("select count(*) from account")).scalar_one() == 0
    finally:
        granted = "insert into user_account (user_id, account_id) select :user_id, account_id from account"
        pair.on_primary(granted, user_id=pair.seller)
