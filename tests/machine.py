"""Programs that the tests need and pip does not have, taken from the system's own packages."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fasteners import InterProcessLock

_COMMANDS = {
    "apt-get": (("apt-get", "update", "-q"), ("apt-get", "install", "-y", "-q", "--no-install-recommends")),
    "dnf": (("dnf", "install", "-y"),),
    "apk": (("apk", "add"),),
    "brew": (("brew", "install"),),
}


def install(packages: dict[str, str]) -> bool:
    """Install a package with the first package manager that is here; `packages` has its name in each of them.

    Returns whether that was possible. Never asks: without root and without a password-free sudo it is not.
    """
    for manager, package in packages.items():
        if shutil.which(manager):
            *before, last = _COMMANDS[manager]
            privilege = _privilege(manager)
            # Tests run side by side, and a package manager refuses a second one at the same time.
            with InterProcessLock(Path(tempfile.gettempdir()) / f"recoup-{os.geteuid()}-installing.lock"):
                return all(_run((*privilege, *command)) for command in (*before, (*last, package)))
    return False


def _privilege(manager: str) -> tuple[str, ...]:
    return () if os.geteuid() == 0 or manager == "brew" else ("sudo", "-n")


def _run(command: tuple[str, ...]) -> bool:
    print("+", *command, file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
    except OSError:
        return False
    return done.returncode == 0
