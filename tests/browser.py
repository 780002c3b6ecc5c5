"""The Chromium that browser tests drive: the machine's own if it has one. `python -m tests.browser` gets it ready."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import machine

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # Chromium refuses root otherwise
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What to start it with."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_PACKAGES = {"apt-get": "chromium", "dnf": "chromium", "apk": "chromium", "brew": "chromium"}
_SECONDS_TO_DOWNLOAD = 300


def executable() -> Path | None:
    """A Chromium that runs on this machine, if there is one."""
    return next((Path(candidate) for candidate in _candidates() if _runs(candidate)), None)


def install() -> Path | None:
    """Bring one in: Playwright's download first, which needs no rights, then the system's package."""
    return _download() or (executable() if machine.install(_PACKAGES) else None)


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    yield from _PLACES
    yield _of_playwright()


def _of_playwright() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _download() -> Path | None:
    command = (sys.executable, "-m", "playwright", "install", "chromium")
    try:
        subprocess.run(command, stdout=sys.stderr, timeout=_SECONDS_TO_DOWNLOAD, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return executable()


def _runs(candidate: str) -> bool:
    # A name alone proves nothing: on some systems it is a script that asks for another package.
    try:
        done = subprocess.run((candidate, "--version"), capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    found = executable() or install()
    if found is None:
        sys.exit(
            "The tests need a browser, and none could be installed. Install Chromium or Google Chrome, "
            "or leave the browser out: .venv/bin/pytest -m 'not browser'"
        )
    print(found)
