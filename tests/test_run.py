"""`make run`: all of it comes up, and all of it goes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from streamlit.testing.v1 import AppTest

from core.database.server import embedded
from core.settings import PROJECT
from tests.processes import servers

SECONDS = 60
SMALL = {"RECOUP_DEMO_ACCOUNTS": "1", "RECOUP_DEMO_ITEMS": "20"}
"""A demo that is soon loaded; that the one that everybody has can be, tests/loaders/demo says."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (PROJECT / "app.py").exists(), reason="there is no dashboard to run"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recoup")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_opens_on_its_port_and_a_signal_leaves_nothing_behind(home: Path, number: signal.Signals) -> None:
    port = free_port()
    with started(home, port) as supervisor:
        assert wait_for_line(supervisor, "Recoup is open") == f"http://localhost:{port}"
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=SECONDS) as answer:
            assert answer.status == 200
        family = psutil.Process(supervisor.pid).children(recursive=True) + servers(home)
        supervisor.send_signal(number)
        assert supervisor.wait(SECONDS) == 0
    assert [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE] == []
    assert servers(home) == []


def test_a_demo_that_was_left_half_taken_in_is_finished_by_the_next_start(home: Path) -> None:
    (home / "demo.unfinished").touch()
    with started(home, free_port()) as supervisor:
        wait_for_line(supervisor, "Loading the demo reports")
        wait_for_line(supervisor, "Recoup is open")
    assert not (home / "demo.unfinished").exists()


def test_streamlit_by_itself_sets_up_a_fresh_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "RECOUP_APP_DATABASE_URL", "RECOUP_STAFF_DATABASE_URL", "RECOUP_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RECOUP_HOME", str(tmp_path))
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)
    try:
        seen = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=2 * SECONDS)
        seen.switch_page("pages/overview.py").run()
    finally:
        embedded.release()
    assert not seen.exception
    assert len([button for button in seen.button if str(button.key).startswith("pick ")]) == 4  # the demo's users


def test_a_dashboard_that_dies_takes_the_rest_with_it(home: Path) -> None:
    with started(home, free_port()) as supervisor:
        wait_for_line(supervisor, "Recoup is open")
        (dashboard,) = psutil.Process(supervisor.pid).children()
        dashboard.kill()
        assert supervisor.wait(SECONDS) == 128 + signal.SIGKILL
    assert servers(home) == []


def test_after_it_was_killed_the_next_start_takes_over_and_a_third_says_what_to_end(home: Path) -> None:
    port = free_port()
    with started(home, port) as supervisor:
        wait_for_line(supervisor, "Recoup is open")
        (dashboard,) = psutil.Process(supervisor.pid).children()
        supervisor.kill()
        supervisor.wait(SECONDS)
        assert dashboard.is_running()
        with started(home, port) as again:
            assert wait_for_line(again, "Recoup is open") == f"http://localhost:{port}"
            assert not dashboard.is_running() or dashboard.status() == psutil.STATUS_ZOMBIE
            with started(home, port) as third:
                said, _ = third.communicate(timeout=SECONDS)
            assert third.returncode == 1
            assert f"kill {again.pid}" in said
    assert servers(home) == []


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with started(home, port) as supervisor:
            said, _ = supervisor.communicate(timeout=SECONDS)
    assert f"Port {port} can not be used" in said
    assert f"kill {os.getpid()}" in said
    assert "Traceback" not in said
    assert supervisor.returncode == 1
    assert not home.exists()


@contextmanager
def started(home: Path, port: int) -> "Iterator[subprocess.Popen[str]]":
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "core", "run", "--port", str(port)],
        cwd=PROJECT,
        env=environment | SMALL | {"RECOUP_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # one pipe that is read: one that nobody reads fills up, and all stands still
        text=True,
    )
    try:
        yield supervisor
    finally:
        if supervisor.poll() is None:
            supervisor.terminate()
        supervisor.communicate(timeout=SECONDS)


def wait_for_line(supervisor: "subprocess.Popen[str]", beginning: str) -> str:
    """The address in the first line that begins so."""
    assert supervisor.stdout
    said = []
    for line in supervisor.stdout:
        said.append(line)
        if line.startswith(beginning):
            return line.partition(" at ")[2].partition(" ")[0]
    pytest.fail(f"it ended without {beginning!r}: {''.join(said)}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
