"""What runs on this machine on behalf of a test."""

from pathlib import Path

import psutil


def servers(home: Path) -> list[psutil.Process]:
    """The living PostgreSQL servers of a home: one, if all is well. Its children are left out, which have its command
    line until they have named themselves.
    """
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        try:
            if str(home / "data") in process.cmdline() and process.name() == "postgres":
                found.append(process)
        except psutil.Error:
            continue
    numbers = {process.pid for process in found}
    return [process for process in found if _parent(process) not in numbers]


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0
