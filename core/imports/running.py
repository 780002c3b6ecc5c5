"""Runs `python -m loaders sync` for a page, as a separate process that has only the loader's connection: to take files
in, or to read the days of their rows.
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
"""Exit codes of `sync` after all files were processed: everything taken, rows refused, files refused."""

_SYSTEM = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONPATH", "LD_LIBRARY_PATH")
_KEPT = (*_SYSTEM, "PGSSLMODE", "PGSSLROOTCERT", "RECOUP_TODAY")
_LINES = 200
_LOGGED = 50
_SECONDS_TO_END = 10

_LOOKING = threading.BoundedSemaphore(2)
"""Maximum concurrent previews: nobody waits for a preview."""

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """The result of an import. `files` are those of `sync --json`, `items` the detected items; both are empty where it
    did not finish. `error_id` names the log line of a failure, and `is_disk_full` marks a full disk as its cause.
    """

    files: tuple[Mapping[str, Any], ...] = ()
    items: Mapping[str, int] | None = None
    was_cancelled: bool = False
    error_id: str = ""
    is_disk_full: bool = False


class Import:
    """A running import. It continues in the background and leaves no file behind.

    `outcome` is None until it has ended. `covers` are the days for which its reports are stated to be whole. With
    `only_looks` it changes nothing.
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
        """The process of `sync`; None before its start."""
        return self._process

    def said(self, lines: int) -> list[str]:
        """The latest lines of `sync`'s progress."""
        return list(self._said)[-lines:]

    def wait(self, seconds: float | None = None) -> Outcome | None:
        """Wait for the end and return the outcome; None on timeout."""
        self._thread.join(seconds)
        return self.outcome

    def cancel(self) -> None:
        """Stop it. Files already taken stay, the current file is rolled back, and the files taken are detected before
        the import ends.
        """
        with self._changing:
            self.was_cancelled = True
            if self._process is not None:
                self._process.terminate()

    def begin(self, folders: ExitStack) -> None:
        """Start it; it closes the folders at its end."""
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
                    self._run(nothing)  # only detects, so that the figures match the rows
        except (OSError, ValueError, RecoupError, SQLAlchemyError):
            _LOG.exception("import for %s failed, id %s", self.account_code, outcome.error_id)
        finally:
            _RUNNING.discard(self)
            _LAST_ENDED_AT[0] = time.monotonic()
            self.outcome = outcome

    def _run(self, folder: Path) -> tuple[int, str]:
        """Take a folder in; returns the exit code and the output."""
        scratch = self._folder / "tmp"  # scratch files of a killed process are deleted with the folder
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
    """Take files in for an account with the user's rights, and state the days for which they are whole.

    Raises OSError if they do not fit on the disk, and ConfigurationError without a connection for imports.
    """
    return _begun(user_id, account_code, uploads, _options(marketplace, covers), covers)


def look(user_id: int, account_code: str, uploads: Sequence[Upload], marketplace: str | None = None) -> Import:
    """Preview what `start` would take in, without changing anything; `days_of` returns the days of the outcome's files.

    Raises the same errors as `start`.
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
    """When the last import of this server ended (seconds of `time.monotonic`); 0 for none.

    Files are registered before their detection, so figures read in between are outdated once this changes.
    """
    return _LAST_ENDED_AT[0]


def _environment() -> dict[str, str]:
    """The process's environment: the loader's connection, or the embedded server's home, and no other secrets. A value
    given by a file is passed on as that file.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if engine.is_embedded() and not settings.loader_database_url():
        return kept | {"RECOUP_HOME": str(settings.home())}
    engine.loader_url()  # raises if there is none
    return kept | settings.as_given("RECOUP_LOADER_DATABASE_URL")


def _hand_over(ticket: str, process: "subprocess.Popen[str]") -> None:
    """Send the ticket to the process by its standard input, since other users may read its arguments and
    environment.
    """
    with suppress(BrokenPipeError):  # an ended process reports its own error
        if process.stdin is not None:
            process.stdin.write(f"{ticket}\n")
            process.stdin.close()


@atexit.register
def _stop_all() -> None:
    """Stop all imports when the server ends, so that nothing is half written and no file stays."""
    _CLOSING.set()
    running = list(_RUNNING)
    for begun in running:
        begun.cancel()
    for begun in running:
        begun.wait(_SECONDS_TO_END)
