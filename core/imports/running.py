"""Runs `python -m loaders sync` for a page, in a process of its own with the loader's connection and nothing else: to
take files in, or to look which days they have.
"""

import atexit
import json
import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from core import settings
from core.database import engine
from core.database.access.loading import issue_ticket
from core.errors import DISK_FULL, RecoupError
from core.imports.days import Days
from core.imports.folder import Upload, import_folder, write_files

_LOG = logging.getLogger("recoup.imports")

_DONE_CODES = (0, 3, 4)
"""Exit codes of `sync` with which all files were gone through: everything taken, rows refused, files refused."""

_SYSTEM = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONPATH", "LD_LIBRARY_PATH")
_KEPT = (*_SYSTEM, "PGSSLMODE", "PGSSLROOTCERT", "RECOUP_TODAY")
_LINES = 200
_LOGGED = 50
_SECONDS_TO_END = 10

_LOOKING = threading.BoundedSemaphore(2)
"""So many look into files at once: nobody asked for it who would wait for anything else."""

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """How an import ended. `files` are those of `sync --json`, `items` what was detected; there are none where it did
    not come to its end. `error_id` names the line of the log where it failed, and `is_disk_full` says that it was for
    want of room.
    """

    files: tuple[Mapping[str, Any], ...] = ()
    items: Mapping[str, int] | None = None
    was_cancelled: bool = False
    error_id: str = ""
    is_disk_full: bool = False


class Import:
    """One import under way. It goes on by itself, whether anybody looks or not, and leaves no file behind.

    `outcome` is None until it has ended. `covers` are the days for which its reports are stated to be whole. One that
    `only_looks` changes nothing.
    """

    def __init__(
        self,
        user_id: int,
        account_code: str,
        files: Sequence[str],
        folder: Path,
        command: Sequence[str],
        *,
        covers: Days | None = None,
        only_looks: bool = False,
    ) -> None:
        self.account_code = account_code
        self.files = tuple(files)
        self.covers = covers
        self._only_looks = only_looks
        self.was_cancelled = False
        self.outcome: Outcome | None = None
        self._user_id, self._folder, self._command = user_id, folder, command
        self._environment = _environment()
        self._said: deque[str] = deque(maxlen=_LINES)
        self._process: subprocess.Popen[str] | None = None
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._follow, name=f"import for {account_code}", daemon=True)

    @property
    def process(self) -> "subprocess.Popen[str] | None":
        """The process that takes the files in; None before it was started."""
        return self._process

    def said(self, lines: int) -> list[str]:
        """The last lines of its progress, as `sync` says it."""
        return list(self._said)[-lines:]

    def wait(self, seconds: float | None = None) -> Outcome | None:
        """Wait for its end, and return how it ended; None where that takes longer."""
        self._thread.join(seconds)
        return self.outcome

    def cancel(self) -> None:
        """Stop it. Files that were taken stay taken, of the one at hand nothing does, and what was taken until then is
        detected before the import ends.
        """
        with self._changing:
            self.was_cancelled = True
            if self._process is not None:
                self._process.terminate()

    def begin(self, folders: ExitStack) -> None:
        """Start it; it closes the folders in the end."""
        self._folders = folders
        _RUNNING.add(self)
        self._thread.start()

    def _follow(self) -> None:
        outcome = Outcome(error_id=secrets.token_hex(4))
        try:
            with self._folders, _LOOKING if self._only_looks else nullcontext():
                outcome = self._outcome(*self._run(self._folder / "reports"), outcome.error_id)
                if outcome.items is None and not self._only_looks and not _CLOSING.is_set():
                    nothing = self._folder / "nothing"
                    nothing.mkdir()
                    self._run(nothing)  # only detects, so that the figures are those of the rows that are there
        except (OSError, ValueError, RecoupError, SQLAlchemyError):
            _LOG.exception("import for %s failed, id %s", self.account_code, outcome.error_id)
        finally:
            _RUNNING.discard(self)
            _LAST_ENDED_AT[0] = time.monotonic()
            self.outcome = outcome

    def _run(self, folder: Path) -> tuple[int, str]:
        """Take a folder in, and follow it to its end; returns its exit code and all that it printed."""
        scratch = self._folder / "tmp"  # what a killed process leaves there goes with the folder
        scratch.mkdir(exist_ok=True)
        environment = {**self._environment, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))}
        ticket = issue_ticket(self._user_id, self.account_code)
        command = [*self._command, str(folder)]
        with TemporaryFile("w+", encoding="utf-8") as printed:
            with self._changing:
                if self.was_cancelled and folder.name == "reports":
                    return -1, ""
                self._process = subprocess.Popen(
                    command,
                    cwd=settings.PROJECT,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=printed,
                    stderr=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                )
            with self._process as process:
                _hand_over(ticket, process)
                for line in process.stderr or ():
                    self._said.append(line.rstrip())
            printed.seek(0)
            return process.returncode, printed.read()

    def _outcome(self, code: int, printed: str, error_id: str) -> Outcome:
        if code in _DONE_CODES:
            told = json.loads(printed)
            return Outcome(tuple(told["files"]), told["items"])
        if self.was_cancelled:
            return Outcome(was_cancelled=True)
        lines = "\n".join(self.said(_LOGGED))
        _LOG.error("import for %s ended with code %s, id %s:\n%s", self.account_code, code, error_id, lines)
        return Outcome(error_id=error_id, is_disk_full=DISK_FULL in lines)


_RUNNING: set[Import] = set()
_LAST_ENDED_AT = [0.0]
_CLOSING = threading.Event()


def start(
    user_id: int,
    account_code: str,
    uploads: Sequence[Upload],
    marketplace: str | None = None,
    covers: Days | None = None,
) -> Import:
    """Take files in for an account, with the rights that the user has over it, and state for which days they are whole.

    Raises OSError where they do not fit on the disk, and ConfigurationError where there is no connection for imports.
    """
    return _begun(user_id, account_code, uploads, _options(marketplace, covers), covers)


def look(user_id: int, account_code: str, uploads: Sequence[Upload], marketplace: str | None = None) -> Import:
    """Look what `start` would take in, and change nothing: `days_of` the files of its outcome are their days.

    Raises what `start` does.
    """
    options = [*_options(marketplace), "--dry-run", "--with-days"]
    return _begun(user_id, account_code, uploads, options, only_looks=True)


def _options(marketplace: str | None, covers: Days | None = None) -> list[str]:
    options = [f"--marketplace={marketplace}"] if marketplace else []
    return [*options, f"--covers={covers.first}..{covers.last}"] if covers else options


def _begun(
    user_id: int,
    account_code: str,
    uploads: Sequence[Upload],
    options: Sequence[str],
    covers: Days | None = None,
    *,
    only_looks: bool = False,
) -> Import:
    command = [
        sys.executable,
        "-m",
        "loaders",
        "sync",
        f"--account={account_code}",
        "--with-ticket",
        "--json",
        *options,
    ]
    with ExitStack() as folders:
        folder = folders.enter_context(import_folder())
        names = write_files(folder / "reports", uploads)
        begun = Import(user_id, account_code, names, folder, command, covers=covers, only_looks=only_looks)
        begun.begin(folders.pop_all())
    return begun


def last_ended_at() -> float:
    """When an import of this server ended last (seconds of `time.monotonic`); 0 where none did.

    Files are registered before what they are owed is detected, so what was read between the two is out of date when
    this has changed.
    """
    return _LAST_ENDED_AT[0]


def _environment() -> dict[str, str]:
    """What the process may know: the loader's connection, or where the embedded server is, and nobody's secrets. What
    was given by a file is handed on as that file.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if engine.is_embedded() and not settings.loader_database_url():
        return kept | {"RECOUP_HOME": str(settings.home())}
    engine.loader_url()  # says so where there is none
    return kept | settings.as_given("RECOUP_LOADER_DATABASE_URL")


def _hand_over(ticket: str, process: "subprocess.Popen[str]") -> None:
    """Give the process its ticket: by its standard input, for others may read its arguments and environment."""
    with suppress(BrokenPipeError):  # one that has ended already says itself why
        if process.stdin is not None:
            process.stdin.write(f"{ticket}\n")
            process.stdin.close()


@atexit.register
def _stop_all() -> None:
    """The end of the server is the end of its imports: nothing half written, and no file left."""
    _CLOSING.set()
    running = list(_RUNNING)
    for begun in running:
        begun.cancel()
    for begun in running:
        begun.wait(_SECONDS_TO_END)
