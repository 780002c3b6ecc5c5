"""Runs PostgreSQL without privileges when the user is root, without creating a user: PostgreSQL refuses to run as root.

Root's own folders are served from a user namespace, in which root has no privileges but still owns its files. Where the
system refuses namespaces (most containers), the folder is handed to `nobody`, with the single capability to traverse
folders such as /root, which would otherwise be closed to it.
"""

import os
import pwd
import subprocess
from pathlib import Path

from core.errors import EmbeddedServerError

_SERVED = ("data", "socket", "server.log")
"""The entries of the home folder that the server reads and writes."""

_NAMESPACE = ("unshare", "--user")
_PROBE_SECONDS = 10


def prefix(home: Path, binaries: Path) -> tuple[str, ...]:
    """The command prefix with which PostgreSQL runs without privileges and may write to `home`.

    Empty for an ordinary user. As root, the folder's owner runs it, and the owner of a root-owned folder may change.
    Raises EmbeddedServerError where neither way works.
    """
    if os.geteuid() != 0:
        return ()
    owner = home.stat().st_uid
    if owner == 0:
        if _works(_NAMESPACE, home, binaries):
            return _NAMESPACE
        owner = pwd.getpwnam("nobody").pw_uid
        _hand_over(home, owner)
    command = _as_user(owner, home.stat().st_gid)
    if _works(command, home, binaries):
        return command
    raise EmbeddedServerError(
        f"PostgreSQL does not run as root, and here neither `unshare --user` nor `setpriv --reuid={owner}` works with "
        f"{home}. Run Recoup as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
    )


def _as_user(uid: int, gid: int) -> tuple[str, ...]:
    capability = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    return ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *capability)


def _works(command: tuple[str, ...], home: Path, binaries: Path) -> bool:
    probe = ("sh", "-c", '"$0" --version && test -w "$1"', str(binaries / "initdb"), str(home))
    try:
        done = subprocess.run((*command, *probe), capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _hand_over(home: Path, uid: int) -> None:
    os.chown(home, uid, -1)
    # The home's other files are not the server's.
    for part in (home / name for name in _SERVED):
        below = part.rglob("*") if part.is_dir() else ()
        for path in (part, *below):
            if path.exists():
                os.chown(path, uid, -1, follow_symlinks=False)
