"""A real dashboard on a port of its own, as `streamlit run app.py` gives it."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from core.settings import PROJECT

SECONDS = 60
PORTS = range(20_000, 32_000)
TODAY = "2026-11-22"
"""The demo world ends here, so that the pictures of two days are the same."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a dashboard over the embedded server of a home sees."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and "RECOUP" not in name}
    return kept | {"RECOUP_HOME": str(home)} | more


def load_demo(home: Path) -> None:
    """Fill the embedded server of a home with a small demo world of four sellers."""
    seen = environment(home, RECOUP_TODAY=TODAY)
    for command in ("core migrate", "loaders demo --load --accounts 4 --items 120"):
        subprocess.run([sys.executable, "-m", *command.split()], cwd=PROJECT, env=seen, check=True, capture_output=True)


@contextmanager
def dashboard(
    seen: dict[str, str],
    *options: str,
    port: int | None = None,
    log: Path = Path(os.devnull),
    script: Path = PROJECT / "app.py",
) -> Iterator[str]:
    """Start a dashboard that has answered nobody yet; gives its address. What it logs goes to `log`."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *options]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=PROJECT, env=seen, stdout=subprocess.DEVNULL, stderr=errors)
    try:
        address = f"http://localhost:{port}"
        _wait_until_it_answers(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(SECONDS)


def free_port() -> int:
    """A port that nobody has: below those that the system gives to connections, which come and go at any moment."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310 (a literal scheme)
                return
        except (URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, "the dashboard ended"
            assert time.monotonic() < deadline, "the dashboard does not answer"
            time.sleep(0.1)
