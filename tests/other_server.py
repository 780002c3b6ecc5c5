"""`python -m tests.other_server COMMAND...` runs a command with DATABASE_URL set to the system's own PostgreSQL.

That is the oldest version supported that is found, in a fresh cluster which is removed afterwards.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from core.database.server import embedded
from tests import machine, memory

_INSTALLED = Path("/usr/lib/postgresql")
_SUPPORTED = ("15", "16", "17", "18")
_PACKAGES = {"apt-get": "postgresql"}


def binaries() -> Path | None:
    """The programs of the oldest supported version that Debian's packages have put here."""
    folders = (_INSTALLED / version / "bin" for version in _SUPPORTED)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def run(command: list[str]) -> int:
    """The command's exit code."""
    source = binaries() or (binaries() if machine.install(_PACKAGES) else None)
    if source is None:
        print(f"No PostgreSQL is in {_INSTALLED}, and none could be installed.", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="recoup-", dir=memory.folder()) as folder,
        embedded.running(Path(folder) / "home", source=source, durable=False) as server,
    ):
        print(f"PostgreSQL in {source}", file=sys.stderr)
        environment = os.environ | {"DATABASE_URL": server.url()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
