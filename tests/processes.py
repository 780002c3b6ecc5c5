"""What runs on this machine on behalf of a test."""

from pathlib import Path

import psutil

OUTLIVES = 2
"""For how many seconds a child may outlive its server."""


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
    lone = [process for process in found if _parent(process) not in numbers]
    known = [process for process in lone if process.pid == _number(home)]
    _, others = psutil.wait_procs([process for process in lone if process not in known], timeout=OUTLIVES)
    return known + [process for process in others if _is_alive(process)]


def _number(home: Path) -> int:
    """The process that the server's own file names; 0 where there is none."""
    try:
        return int((home / "data" / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError):
        return 0


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0
