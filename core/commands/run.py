"""`python -m core run`, the command behind `make run`: database, dashboard, and the end of both."""

import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from core import settings
from core.database.first_start import prepare
from core.errors import ConfigurationError, RecoupError

_LOCALHOST = "127.0.0.1"
_SECONDS_TO_OPEN = 60
_SECONDS_TO_CLOSE = 10


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8501, show_default=True)
def run(port: int) -> None:
    """Start the database and the dashboard; Ctrl-C stops both."""
    _listen_to_signals()
    try:
        _check_free(port)
        prepare(click.echo)
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
        # Without sign-in a visitor may be anybody, so visitors are those on this machine.
        options += ["--server.address", _LOCALHOST]
    command = (sys.executable, "-m", "streamlit", "run", "app.py", *options)
    dashboard = subprocess.Popen(command, cwd=settings.PROJECT)
    try:
        yield dashboard
    finally:
        _stop(dashboard)


def _stop(dashboard: "subprocess.Popen[bytes]") -> None:
    dashboard.terminate()
    try:
        dashboard.wait(_SECONDS_TO_CLOSE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        dashboard.kill()
        dashboard.wait()


def _opens(dashboard: "subprocess.Popen[bytes]", port: int) -> bool:
    """Wait until the dashboard answers: whether it does, rather than ending before."""
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
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOCALHOST, port))
        except OSError as error:
            raise ConfigurationError(
                f"Port {port} can not be used: {error.strerror}. Choose another: make run PORT={port + 1}"
            ) from error


def _listen_to_signals() -> None:
    """Let the end of a service or of a terminal stop all of it, as Ctrl-C does."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # else nohup's wish
        numbers.append(signal.SIGHUP)
    for number in numbers:
        signal.signal(number, signal.default_int_handler)
