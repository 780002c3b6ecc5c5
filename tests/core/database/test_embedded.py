"""The embedded server, against the ways in which servers and their users die."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from core.database.server import embedded, programs
from core.database.server.cluster import Cluster
from core.errors import EmbeddedServerError
from core.settings import PROJECT
from tests.processes import servers

pytestmark = pytest.mark.database

NOBODY = 65534
SECONDS = 30

is_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a stopped server."""
    home = tmp_path_factory.mktemp("made")
    with embedded.running(home, durable=False):
        pass
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Iterator[Path]:
    """The home of a server that was made, and used, before."""
    shutil.copytree(made, tmp_path / "home")
    yield tmp_path / "home"
    assert servers(tmp_path / "home") == [], "a server was left behind"


def test_a_first_start_makes_a_cluster_with_the_recoup_database(tmp_path: Path) -> None:
    with embedded.running(tmp_path / "new", durable=False) as server:
        assert ask(server.url(), "select current_user || ' ' || current_database()") == "recoup recoup"
        assert ask(server.url(), "show server_encoding") == "UTF8"
        assert ask(server.url(), "select datcollate from pg_database where datname = 'recoup'") == "C"
    assert servers(tmp_path / "new") == []


def test_a_made_cluster_is_ready_in_less_than_two_seconds(home: Path) -> None:
    took = []
    for _ in range(5):  # the best of some: a busy machine makes any one of them slow
        began = time.monotonic()
        with embedded.running(home) as server:
            ask(server.url(), "select 1")
            took.append(time.monotonic() - began)
        if took[-1] < 2:
            return
    pytest.fail(f"it took {took} seconds")


def test_nothing_listens_on_tcp(home: Path) -> None:
    with embedded.running(home):
        (server,) = servers(home)
        lines = server.net_connections("inet")
        for process in server.children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # a worker that has just ended
                lines += process.net_connections("inet")
        assert lines == []


def test_only_its_owner_may_reach_the_socket(home: Path) -> None:
    with embedded.running(home) as server:
        folder = Path(str(ask(server.url(), "show unix_socket_directories")))
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_home_with_a_long_path_has_its_socket_elsewhere(made: Path, tmp_path: Path) -> None:
    home = tmp_path / ("long" * 25)
    shutil.copytree(made, home)
    with embedded.running(home) as server:
        folder = Path(str(ask(server.url(), "show unix_socket_directories")))
        assert not folder.is_relative_to(home)
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_a_home_with_spaces_quotes_and_commas_serves(made: Path, tmp_path: Path) -> None:
    home = tmp_path / "Anna's, new"
    shutil.copytree(made, home)
    with embedded.running(home) as server:
        assert ask(server.url(), "select 1") == 1
    assert servers(home) == []


def test_a_port_in_the_environment_is_not_taken_for_ours(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGDATABASE", "elsewhere")
    with embedded.running(home) as server:
        assert ask(server.url(), "select 1") == 1


def test_databases_are_made_copied_and_dropped(home: Path) -> None:
    with embedded.running(home) as server:
        server.create_database("first")
        run(server.url(database="first"), "create table kept as select 7 as number")
        server.create_database("second", template="first")
        assert ask(server.url(database="second"), "select number from kept") == 7
        server.drop_database("second")
        assert ask(server.url(), "select count(*) from pg_database where datname = 'second'") == 0


def test_a_second_process_shares_the_server_and_the_last_one_out_stops_it(home: Path) -> None:
    with holding(home) as first:
        (before,) = servers(home)
        with holding(home) as second:
            assert servers(home) == [before]
            leave(first)
            assert servers(home) == [before]
            leave(second)
        assert servers(home) == []


def test_a_block_in_a_process_that_holds_the_server_leaves_it_running(home: Path) -> None:
    with embedded.running(home) as server:
        enter(home)
        assert ask(server.url(), "select 1") == 1


def test_a_killed_user_leaves_a_server_that_the_next_one_takes_over_and_stops(home: Path) -> None:
    with holding(home) as user:
        (before,) = servers(home)
        user.kill()
        user.wait(SECONDS)
    assert servers(home) == [before]
    with embedded.running(home):
        assert servers(home) == [before]
    assert servers(home) == []


def test_a_killed_server_comes_back_with_all_rows(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_HOME", str(home))
    with holding(home):
        run(embedded.url(), "create table kept as select generate_series(1, 1000) as number")
        (before,) = servers(home)
        before.kill()
        assert ask(embedded.url(), "select count(*) from kept") == 1000
        assert servers(home) != [before]
        embedded.release()


def test_a_server_without_a_free_place_is_not_taken_for_a_dead_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_HOME", str(home))
    engine = create_engine(embedded.url(), pool_size=200)
    (before,) = servers(home)
    visitors: list[Connection] = []
    with pytest.raises(OperationalError, match="too many clients"):
        visitors.extend(engine.connect() for _ in range(200))
    embedded.url()
    assert servers(home) == [before]
    for visitor in visitors:
        visitor.close()
    engine.dispose()
    embedded.release()


def test_a_lock_file_that_names_a_living_stranger_does_not_stop_a_start(home: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (home / "data" / "postmaster.pid").write_text(f"{stranger.pid}\n{home / 'data'}\n1\n5432\n")
        with embedded.running(home) as server:
            assert ask(server.url(), "select 1") == 1
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("content", [b"", b"\n", b"no number\n", b"\xff\xfe\x00", b"-4\n", b"99999999999999999999\n"])
def test_a_lock_file_that_can_not_be_read_is_stale_where_no_server_runs(home: Path, content: bytes) -> None:
    (home / "data" / "postmaster.pid").write_bytes(content)
    with embedded.running(home) as server:
        assert ask(server.url(), "select 1") == 1


def test_a_lock_file_that_can_not_be_read_is_left_where_a_server_runs(home: Path) -> None:
    with embedded.running(home) as server:
        lock = home / "data" / "postmaster.pid"
        kept = lock.read_bytes()
        lock.write_bytes(b"no number")
        Cluster(home, programs.binaries())._remove_stale_locks()
        assert lock.exists()
        lock.write_bytes(kept)
        assert ask(server.url(), "select 1") == 1


def test_a_server_that_is_stopped_is_named_at_once(home: Path) -> None:
    with embedded.running(home) as server:
        (process,) = servers(home)
        process.suspend()
        while process.status() != "stopped":
            time.sleep(0.01)
        began = time.monotonic()
        with pytest.raises(EmbeddedServerError, match=f"kill -CONT {process.pid}"):
            server.ensure_running()
        assert time.monotonic() - began < 2
        process.resume()
        assert ask(server.url(), "select 1") == 1


def test_a_half_made_cluster_is_never_taken_for_one(tmp_path: Path) -> None:
    half = tmp_path / "unfinished-half"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with embedded.running(tmp_path, durable=False) as server:
        assert ask(server.url(), "select 1") == 1
    assert not half.exists()


def test_starters_at_once_on_an_empty_home_share_one_server(tmp_path: Path) -> None:
    home = tmp_path / "empty"
    users = [hold(home) for _ in range(3)]
    for number, user in enumerate(users):
        wait_until_held(user)
        with embedded.running(home) as server:
            run(server.url(), f"create table t{number} ()")
            assert len(servers(home)) == 1
    with embedded.running(home) as server:
        assert ask(server.url(), "select count(*) from pg_tables where tablename ~ '^t[0-9]$'") == len(users)
    for user in users:
        leave(user)
    assert servers(home) == []


def test_data_in_use_is_not_removed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUP_HOME", str(home))
    with holding(home) as user:
        with pytest.raises(EmbeddedServerError, match="in use"):
            embedded.remove()
        user.kill()
        user.wait(SECONDS)
        embedded.remove()
    assert not (home / "data").exists()
    assert servers(home) == []


def test_a_server_that_can_not_start_says_why(home: Path) -> None:
    (home / "data" / "PG_VERSION").write_text("11\n")
    with pytest.raises(EmbeddedServerError, match=r"(?s)does not start in .*initialized by PostgreSQL version 11"):
        enter(home)


def test_a_home_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedServerError, match=r"file/home.*RECOUP_HOME"):
        enter(tmp_path / "file" / "home")


@is_root
def test_where_namespaces_are_refused_root_serves_as_nobody(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = tmp_path / "bin"
    refusing.mkdir()
    (refusing / "unshare").write_text("#!/bin/sh\nexit 1\n")
    (refusing / "unshare").chmod(0o755)
    monkeypatch.setenv("PATH", f"{refusing}:{os.environ['PATH']}")
    home = tmp_path / "home"
    shutil.copytree(made, home)
    with embedded.running(home) as server:
        assert ask(server.url(), "select 1") == 1
        assert [process.uids().effective for process in servers(home)] == [NOBODY]
    monkeypatch.undo()
    with embedded.running(home) as server:
        assert ask(server.url(), "select 1") == 1


@is_root
def test_an_ordinary_user_serves_as_itself() -> None:
    reachable = subprocess.run([programs.binaries() / "postgres", "-V"], user=NOBODY, capture_output=True, check=False)
    if reachable.returncode != 0:
        pytest.skip("the PostgreSQL programs are closed to other users here")
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, NOBODY, NOBODY)
    child = multiprocessing.get_context("fork").Process(target=_serve_as_nobody, args=(folder / "home",))
    child.start()
    child.join(SECONDS)
    assert child.exitcode == 0
    assert servers(folder / "home") == []
    shutil.rmtree(folder)


def _serve_as_nobody(home: Path) -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    with embedded.running(home, durable=False) as server:
        assert ask(server.url(), "select 1") == 1
        assert [process.uids().effective for process in servers(home)] == [NOBODY]


def enter(home: Path) -> None:
    with embedded.running(home):
        pass


def run(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def ask(url: str, query: str) -> object:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text(query)).scalar_one()
    finally:
        engine.dispose()


HOLDER = "from core.database.server import embedded; embedded.url(); print('held', flush=True); input()"


def hold(home: Path) -> "subprocess.Popen[str]":
    """A process of its own that holds the server until it may leave."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=PROJECT,
        env=os.environ | {"RECOUP_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until_held(user: "subprocess.Popen[str]") -> None:
    assert user.stdout
    assert user.stdout.readline() == "held\n"


def leave(user: "subprocess.Popen[str]") -> None:
    """Let it exit as programs do."""
    user.communicate("\n", timeout=SECONDS)
    assert user.returncode == 0


@contextmanager
def holding(home: Path) -> "Iterator[subprocess.Popen[str]]":
    user = hold(home)
    try:
        wait_until_held(user)
        yield user
    finally:
        if user.poll() is None:
            leave(user)
