"""`python -m core run`, the command behind `make run`: starts and stops database and dashboard."""

import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
import psutil

from core import settings
from core.database.first_start import prepare
from core.errors import ConfigurationError, RecoupError

_LOCALHOST = "127.0.0.1"
_COMMAND = ("-m", "streamlit", "run", "app.py")
_SECONDS_TO_OPEN = 60
_SECONDS_TO_CLOSE = 10


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8501, show_default=True)
def run(port: int) -> None:
    """Start the database and the dashboard; Ctrl-C stops both."""
    _listen_to_signals()
    try:
        _check_free(port)
        with _until_closed(prepare(click.echo)):
            code = _serve(port)
    except KeyboardInterrupt:
        code = 0
    sys.exit(code)


def _serve(port: int) -> int:
    """Run the dashboard until it ends; returns its exit code."""
    with _dashboard(port) as dashboard:
        if _opens(dashboard, port):
            click.echo(f"Recoup is open at http://localhost:{port} (Ctrl-C stops it)")
        code = dashboard.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def _dashboard(port: int) -> "Iterator[subprocess.Popen[bytes]]":
    options = ["--server.port", str(port), "--server.headless", "true", "--logger.hideWelcomeMessage", "true"]
    if not _has_sign_in(settings.PROJECT / ".streamlit" / "secrets.toml"):
        # Without sign-in a visitor can be anybody, so only this machine's visitors are allowed.
        options += ["--server.address", _LOCALHOST]
    command = (sys.executable, *_COMMAND, *options)
    dashboard = subprocess.Popen(command, cwd=settings.PROJECT)
    try:
        yield dashboard
    finally:
        _stop(dashboard)


@contextmanager
def _until_closed(loader: "subprocess.Popen[bytes] | None") -> Iterator[None]:
    """End the process that loads the demo with the dashboard, if it still runs; the next start goes on."""
    try:
        yield
    finally:
        if loader is not None and loader.poll() is None:
            _stop(loader)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_SECONDS_TO_CLOSE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


def _opens(dashboard: "subprocess.Popen[bytes]", port: int) -> bool:
    """Wait until the dashboard answers; false if it ends first."""
    deadline = time.monotonic() + _SECONDS_TO_OPEN
    while dashboard.poll() is None:
        try:
            with urlopen(f"http://{_LOCALHOST}:{port}/_stcore/health", timeout=1):
                return True
        except (URLError, TimeoutError, ConnectionError):
            if time.monotonic() > deadline:
                raise RecoupError(f"The dashboard does not answer on port {port}.") from None
            time.sleep(0.1)
    return False


def _has_sign_in(secrets: Path) -> bool:
    try:
        return "auth" in tomllib.loads(secrets.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{secrets} can not be read: {error}") from error


def _check_free(port: int) -> None:
    error = _why_taken(port)
    if error is not None and _took_over(port):
        error = _why_taken(port)
    if error is not None:
        holder = _listener(port)
        whose = f" by process {holder.pid}, {_end_of(holder)}" if holder else ""
        raise ConfigurationError(
            f"Port {port} can not be used: {error.strerror}{whose}. Or choose another: make run PORT={port + 1}"
        ) from error


def _why_taken(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOCALHOST, port))
        except OSError as error:
            return error
    return None


def _listener(port: int) -> psutil.Process | None:
    """The process that listens on a port; None where the system does not tell."""
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr[1] == port
            if listens and connection.pid is not None:
                return psutil.Process(connection.pid)
    return None


def _took_over(port: int) -> bool:
    """End an orphaned dashboard of this checkout: its supervisor was killed."""
    holder = _listener(port)
    if holder is None or not _is_dashboard(holder) or _supervisor(holder) is not None:
        return False
    click.echo(f"Ending a dashboard that was left behind (process {holder.pid}).")
    with suppress(psutil.Error):
        holder.terminate()
        psutil.wait_procs([holder], timeout=_SECONDS_TO_CLOSE)
        if holder.is_running():
            holder.kill()
            psutil.wait_procs([holder], timeout=_SECONDS_TO_CLOSE)
    return True


def _end_of(holder: psutil.Process) -> str:
    """How to end the process on a port: for a dashboard its supervisor, which ends everything."""
    supervisor = _supervisor(holder) if _is_dashboard(holder) else None
    if supervisor is not None:
        return f"which is Recoup already. To end it: kill {supervisor.pid}"
    with suppress(psutil.Error):
        return f"{holder.name()}. To end it: kill {holder.pid}"
    return f"which can not be looked at. To end it: kill {holder.pid}"


def _is_dashboard(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        words = process.cmdline()
        return tuple(words[1 : len(_COMMAND) + 1]) == _COMMAND and Path(process.cwd()) == settings.PROJECT
    return False


def _supervisor(dashboard: psutil.Process) -> psutil.Process | None:
    """The `python -m core run` that started a dashboard, while it lives."""
    with suppress(psutil.Error):
        parent = dashboard.parent()
        if parent is not None and parent.cmdline()[1:4] == ["-m", "core", "run"]:
            return parent
    return None


def _listen_to_signals() -> None:
    """Handle the end of a service or terminal like Ctrl-C."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # unless nohup ignores it
        numbers.append(signal.SIGHUP)
    for number in numbers:
        signal.signal(number, signal.default_int_handler)
