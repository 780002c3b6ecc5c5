"""What runs on this machine on behalf of a test."""

from pathlib import Path

import psutil


def servers(home: Path) -> list[psutil.Process]:
    """The living PostgreSQL servers of a home: one, if all is well. Their children have other command lines."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(home / "data") in process.cmdline() and process.name() == "postgres":
                found.append(process)
        except psutil.Error:
            continue
    return found
