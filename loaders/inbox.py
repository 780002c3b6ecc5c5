"""The worker's inbox, one folder per account: finds finished files, and files them after the sync.

`python -m loaders sync` takes them in as a separate process, so that the memory of a large load is released, and they
stay in place until it ends: after a crash the worker takes the same file again, which changes nothing.
"""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core import metrics, settings
from core.vocabulary import MARKETPLACES
from loaders.declare.issues import printable

_LOG = logging.getLogger("recoup.loads")

TAKEN, REFUSED = ".taken", ".refused"
"""The folders for processed files, within the account's folder."""

_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".tmp")
_GONE_THROUGH = (0, 3, 4)
"""Exit codes of `sync` after all files were processed."""
_SECONDS_TO_NEXT_TRY = 30.0

Look = tuple[int, int]
"""A file's fingerprint: its size and modification time (ns)."""


@dataclass(frozen=True)
class Batch:
    """Files of one folder, loaded in one run."""

    account: Path
    marketplace: str | None
    files: tuple[Path, ...]


@dataclass
class Inbox:
    """The folder of all accounts, and the fingerprints of its files at the last look."""

    folder: Path
    _seen: dict[Path, Look] = field(default_factory=dict)
    _passed_over: dict[Path, Look] = field(default_factory=dict)
    _not_before: dict[Path, float] = field(default_factory=dict)

    def take_settled(self) -> None:
        """Load the files that have not changed since the last look: files still being written are left alone."""
        before, self._seen = self._seen, {}
        for batch in batches(self.folder):
            looks = {path: look for path in batch.files if (look := _look(path)) is not None}
            self._seen |= looks
            settled = [path for path, look in looks.items() if before.get(path) == look]
            fresh = [path for path in settled if self._passed_over.get(path) != looks[path]]
            if fresh and time.monotonic() >= self._not_before.get(batch.account, 0):
                self._take(batch, fresh)

    def take_all(self) -> None:
        """Load every file."""
        for batch in batches(self.folder):
            self._take(batch, batch.files)

    def oldest(self) -> float:
        """The age in seconds of the oldest waiting file; 0 without any. Files that can not be taken keep waiting."""
        written = [look[1] for batch in batches(self.folder) for path in batch.files if (look := _look(path))]
        return max(0.0, time.time() - min(written) / 1e9) if written else 0.0

    def _take(self, batch: Batch, files: Sequence[Path]) -> None:
        done = _sync(batch, files)
        if done.returncode in _GONE_THROUGH:
            results = json.loads(done.stdout)["files"]
            for path in files:
                self._put_away(batch, path, [file for file in results if _is_of(file["file"], path)])
            _LOG.info("took in %d files for %s", len(files), batch.account.name)
        elif done.returncode == 2:
            _LOG.error("%s is no account, or its files can not be loaded: they stay there", batch.account.name)
            self._pass_over(files)
        else:
            _LOG.error("loading files for %s failed with code %d", batch.account.name, done.returncode)
            metrics.dropped("failed", len(files))
            self._not_before[batch.account] = time.monotonic() + _SECONDS_TO_NEXT_TRY

    def _put_away(self, batch: Batch, path: Path, results: Sequence[dict[str, Any]]) -> None:
        reasons = [file["message"] for file in results if file["status"] == "refused"]
        place = batch.account / (REFUSED if reasons else TAKEN) / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
        metrics.dropped("refused" if reasons else "taken")
        try:
            place.mkdir(parents=True)
            path.rename(place / path.name)
            if reasons:
                (place / f"{path.name}.reason.txt").write_text("\n".join([*reasons, ""]), encoding="utf-8")
        except OSError:
            _LOG.exception("a file for %s was loaded and can not be moved away", batch.account.name)
            self._pass_over([path])

    def _pass_over(self, files: Sequence[Path]) -> None:
        """Ignore files until they change."""
        self._passed_over |= {path: look for path in files if (look := _look(path)) is not None}


def batches(folder: Path) -> Iterator[Batch]:
    """The files by account and marketplace: FOLDER/ACCOUNT/ and FOLDER/ACCOUNT/MARKETPLACE/.

    Hidden files, links and names of unfinished downloads are ignored.
    """
    for account in _folders(folder):
        for place in (account, *(each for each in _folders(account) if each.name in MARKETPLACES)):
            files = tuple(path for path in sorted(place.iterdir()) if _is_report(path))
            if files:
                yield Batch(account, None if place == account else place.name, files)


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name[0] != ".")


def _is_report(path: Path) -> bool:
    is_hidden = path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED)
    return not is_hidden and not path.is_symlink() and path.is_file()


def _look(path: Path) -> Look | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _sync(batch: Batch, files: Sequence[Path]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "loaders", "sync", "--json", f"--account={batch.account.name}"]
    if batch.marketplace:
        command.append(f"--marketplace={batch.marketplace}")
    paths = [str(path.resolve()) for path in files]
    return subprocess.run(
        [*command, "--", *paths], cwd=settings.PROJECT, stdout=subprocess.PIPE, text=True, check=False
    )


def _is_of(results: str, path: Path) -> bool:
    """Whether a result of `sync` concerns this file, or a file packed in it."""
    name = printable(path.name)
    return results == name or results.startswith(f"{name}/")
