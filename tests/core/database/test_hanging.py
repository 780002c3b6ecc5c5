"""A server that hangs, stopped and not dead, costs the pages a bounded time; when it goes on, so do they."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from core.database import deadlines, engine, replica
from core.database.access import people
from core.database.access.visitor import reading
from core.database.migrate import migrate
from core.database.server import embedded
from core.errors import DatabaseUnavailable
from tests.core.database.test_replica import Pair, pair, read, servers, until
from tests.processes import servers as processes_of

__all__ = ["pair", "servers"]

pytestmark = pytest.mark.slow

AWAY = (OperationalError, DatabaseUnavailable)
MOST = deadlines.PING + 2 * deadlines.CONNECT + 3
"""Seconds until a page says so, on a busy machine."""


@contextmanager
def stopped(home: Path) -> Iterator[None]:
    """A server all of whose processes are stopped for a block."""
    (server,) = processes_of(home)
    family = [server, *server.children(recursive=True)]
    for process in family:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in family:
            try:
                process.send_signal(signal.SIGCONT)
            except psutil.NoSuchProcess:
                continue


@dataclass(frozen=True)
class Alone:
    """A server of this module's own, that its tests stop and let go on, and a user of it."""

    home: Path
    url: str
    user: int


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alone]:
    home = tmp_path_factory.mktemp("hanging") / "home"
    with embedded.running(home) as server:
        owner = create_engine(server.url())
        migrate(owner)
        with owner.begin() as connection:
            user = people.add_user(connection, "seller@example.com", "seller")
        owner.dispose()
        yield Alone(home, server.url(), user)


@pytest.fixture
def served(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> Iterator[Alone]:
    """The server as the pages know it."""
    for name, role in (("APP", engine.APP), ("STAFF", engine.STAFF)):
        url = make_url(alone.url).set(username=role).render_as_string(hide_password=False)
        monkeypatch.setenv(f"RECOUP_{name}_DATABASE_URL", url)
    deadlines.forget()
    yield alone
    engine.engine_for.cache_clear()
    deadlines.forget()


def took(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def test_a_server_that_hangs_is_given_up_soon_and_then_at_once_until_it_goes_on(served: Alone) -> None:
    def asked() -> None:
        with reading(served.user):
            pass

    def refused() -> None:
        with pytest.raises(AWAY):
            asked()

    asked()
    with stopped(served.home):
        assert took(refused) < MOST
        assert took(refused) < 1
    time.sleep(deadlines.PAUSE)
    asked()


def test_a_statement_under_way_when_the_server_hangs_is_given_up_too(
    served: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines._ToPrimary, "answer", 2.0)
    with pytest.raises(AWAY), reading(served.user) as (connection, _), stopped(served.home):
        assert took(lambda: connection.execute(text("select 1"))) < 5


def test_a_long_statement_of_a_server_that_is_well_is_waited_for(served: Alone) -> None:
    with reading(served.user) as (connection, _):
        assert took(lambda: connection.execute(text("select pg_sleep(3)"))) > 2.9


def test_a_replica_that_hangs_costs_a_moment_and_the_primary_answers(pair: Pair) -> None:
    def asked() -> None:
        assert read(pair.seller, newest=True) == (False, "Alpine Outfitters")
        assert read(pair.seller) == (False, "Alpine Outfitters")

    read(pair.seller, newest=True)
    assert read(pair.seller)[0], "it is asked while it is well"
    home = Path(str(make_url(pair.replica).query["host"])).parent
    with stopped(home):
        assert took(asked) < MOST
        assert took(asked) < 1
    replica._away_until.clear()
    deadlines.forget()
    until(lambda: not read(pair.seller, newest=True)[0] and read(pair.seller)[0])
