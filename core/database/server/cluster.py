"""One PostgreSQL cluster: its data folder and its processes. `embedded.py` decides who may start and stop it."""

import hashlib
import os
import shlex
import shutil
import signal
import stat
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil
import psycopg2
import psycopg2.extensions

from core.database.server import programs, unprivileged
from core.errors import EmbeddedServerError

SUPERUSER = "recoup"
PORT = 5432
"""Port number in the socket's name; nothing listens on TCP."""

_SECONDS_TO_ANSWER = 5
_SECONDS_TO_START = 120  # a killed server may need a long recovery
_SECONDS_TO_STOP = 60
_SOCKET_PATH_LIMIT = 100
_LOG_LINES_SHOWN = 15
_UNFINISHED = "unfinished-"

_SETTINGS = {
    "port": str(PORT),
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_buffers": "64MB",  # the WAL writer then writes a load's log, not the loading backend
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
# The backends of a killed server exit within moments; until then their shared memory and lock file block a new server.
_PASSING_TROUBLES = ("shared memory block", "lock file", "starting up")
_SIGNS_OF_A_FULL_SERVER = ("too many clients", "connection slots")


@dataclass(frozen=True)
class Cluster:
    """A server whose data, log and (where the path is short enough) socket are in `home`.

    `durable=False` gives up safety against power cuts for speed: for tests only.
    """

    home: Path
    binaries: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """The data folder. If it exists, it is complete."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.home / "server.log"

    @cached_property
    def sockets(self) -> Path:
        """The folder of the socket: private, and within the kernel's limit on socket paths."""
        inside = self.home / "socket"
        # libpq reads a comma as a list of hosts.
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) < _SOCKET_PATH_LIMIT and "," not in str(inside):
            return inside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        # Not $TMPDIR, which may differ between two processes that are to meet here.
        return Path("/tmp") / f"recoup-{name}"  # noqa: S108  (private, and its owner is checked)

    def answers(self) -> bool:
        """Whether a connection succeeds: the only reliable health check."""
        try:
            self.connect().close()
        except psycopg2.OperationalError as error:
            return any(sign in str(error) for sign in _SIGNS_OF_A_FULL_SERVER)
        return self.data.exists()

    def connect(self) -> psycopg2.extensions.connection:
        """A superuser connection. Raises psycopg2.OperationalError where the server does not answer."""
        return psycopg2.connect(
            host=str(self.sockets), port=PORT, user=SUPERUSER, dbname="postgres", connect_timeout=_SECONDS_TO_ANSWER
        )

    def start(self) -> None:
        """Create the cluster if needed, and start it.

        Raises EmbeddedServerError with the last lines of the server's log where that fails.
        """
        prefix = unprivileged.prefix(self.home, self.binaries)
        self._make_socket_folder()
        if not self.data.exists():
            self._make(prefix)
        deadline = time.monotonic() + _SECONDS_TO_START
        while not self.answers():
            self.refuse_stopped()
            self._remove_stale_locks()
            output = self._try_to_start(prefix)
            if self.answers():
                return
            if time.monotonic() > deadline or not any(trouble in output for trouble in _PASSING_TROUBLES):
                raise _failure(f"PostgreSQL does not start in {self.home}", output)
            time.sleep(0.1)

    def refuse_stopped(self) -> None:
        """Raises EmbeddedServerError where the server is stopped (SIGSTOP): it would neither answer nor end."""
        server = self._server()
        with suppress(psutil.Error):
            if server and server.status() == psutil.STATUS_STOPPED:
                raise EmbeddedServerError(
                    f"PostgreSQL in {self.home} is stopped and does not answer. Let it go on: kill -CONT {server.pid}"
                )

    def stop(self) -> None:
        """Stop the server and drop its connections; nothing where none runs."""
        deadline = time.monotonic() + _SECONDS_TO_STOP
        server = self._server()
        if server is not None:
            with suppress(psutil.NoSuchProcess):
                server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
                server.send_signal(signal.SIGCONT)  # a stopped process receives no signals
        # Not psutil's wait: where nobody reaps zombies, as in many containers, it would wait forever.
        while self._server() is not None:
            if time.monotonic() > deadline:
                raise _failure(f"PostgreSQL in {self.home} does not stop", _tail(self.log))
            time.sleep(0.02)
        with suppress(OSError):
            self.sockets.rmdir()

    def remove(self) -> None:
        """Remove the data of a stopped server."""
        if self.data.exists():
            # Renamed first, so that a partly deleted folder is never taken for a complete one.
            self.data.rename(Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.home)))
        self._remove_unfinished()

    def _make(self, prefix: tuple[str, ...]) -> None:
        """Create the data folder under a temporary name, so that a partial one is never taken for a complete one."""
        self._remove_unfinished()
        folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.home))
        owner = self.home.stat()
        if os.geteuid() == 0:
            os.chown(folder, owner.st_uid, owner.st_gid)
        # The C locale sorts by bytes, the same on every system, so indexes survive an upgrade of the C library.
        choices = ("--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C")
        speed = () if self.durable else ("--no-sync",)
        code, output = programs.run((*prefix, str(self.binaries / "initdb"), "--pgdata", str(folder), *choices, *speed))
        if code != 0:
            shutil.rmtree(folder, ignore_errors=True)
            raise _failure(f"PostgreSQL can not make its data folder in {self.home}", output)
        folder.rename(self.data)

    def _remove_unfinished(self) -> None:
        for folder in self.home.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(folder)

    def _try_to_start(self, prefix: tuple[str, ...]) -> str:
        """Run pg_ctl once; returns its output and the server's."""
        settings = _SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        options = shlex.join(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
        seen = self.log.stat().st_size if self.log.exists() else 0
        pg_ctl = (*prefix, str(self.binaries / "pg_ctl"), "--pgdata", str(self.data), "--log", str(self.log))
        _, output = programs.run((*pg_ctl, "--wait", f"--timeout={_SECONDS_TO_START}", "--options", options, "start"))
        return f"{output}\n{_tail(self.log, seen)}"

    def _make_socket_folder(self) -> None:
        with suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
        owner, found = self.home.stat(), self.sockets.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), owner.st_uid):
            raise EmbeddedServerError(f"{self.sockets} belongs to somebody else. Set RECOUP_HOME to a shorter path.")
        if os.geteuid() == 0:
            os.chown(self.sockets, owner.st_uid, owner.st_gid)
        self.sockets.chmod(0o700)

    def _server(self) -> psutil.Process | None:
        """The process that the data folder names, if it lives and is a PostgreSQL server: process ids are reused."""
        process = _process_named_in(self.data / "postmaster.pid")
        try:
            return process if process and self._is_serving(process) else None
        except psutil.Error:
            return None

    def _remove_stale_locks(self) -> None:
        """Remove lock files of a dead server: its process id now belongs to another process or a zombie, or can not be
        read.

        PostgreSQL itself detects the other cases; in a container process ids are few, and these cases common.
        """
        for lock in (self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{PORT}.lock"):
            if self._is_stale(lock):
                lock.unlink(missing_ok=True)

    def _is_stale(self, lock: Path) -> bool:
        number = _number_in(lock)
        if number is None:
            return lock.exists() and not any(map(self._may_be_serving, psutil.process_iter()))
        try:
            process = psutil.Process(number)
            return process.status() == psutil.STATUS_ZOMBIE or not self._is_serving(process)
        except psutil.Error:
            return False  # no process, or one that can not be inspected and may be the server: PostgreSQL decides

    def _may_be_serving(self, process: psutil.Process) -> bool:
        try:
            return self._is_serving(process)
        except psutil.Error:
            return False

    def _is_serving(self, process: psutil.Process) -> bool:
        words = process.cmdline()
        return str(self.data) in words and Path(words[0]).name.startswith("postgres")


def _process_named_in(lock: Path) -> psutil.Process | None:
    number = _number_in(lock)
    try:
        return psutil.Process(number) if number is not None else None
    except psutil.Error:
        return None


def _number_in(lock: Path) -> int | None:
    """The process id in a lock file; None where it can not be read."""
    try:
        number = int(lock.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return number if 0 < number < 2**31 else None


def _tail(log: Path, start: int = 0) -> str:
    try:
        with log.open("rb") as stream:
            stream.seek(start)
            return stream.read()[-4000:].decode(errors="replace").strip()
    except OSError:
        return ""


def _failure(what: str, output: str) -> EmbeddedServerError:
    if "No space left on device" in output:
        advice = "The disk is full: free some space and start again."
    else:
        advice = "Mend what it names and start again, or set DATABASE_URL to a PostgreSQL server of your own."
    lines = "\n".join(f"    {line}" for line in output.splitlines()[-_LOG_LINES_SHOWN:])
    return EmbeddedServerError(f"{what}. It says:\n{lines}\n{advice}")
