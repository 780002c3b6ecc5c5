"""Detects the backlog for the worker: accounts with an interrupted detection, or judged by earlier rules."""

import logging
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta

from core import settings
from core.database import detections
from core.database.engine import owner_engine

_LOG = logging.getLogger("recoup.loads")

_AT_ONCE = 20
"""Accounts per run; then the worker looks at its folder again."""

_SECONDS_BETWEEN = 20.0
_SECONDS_AFTER_FAILURE = 300.0
_STILL_AT_WORK = timedelta(minutes=1)
"""Accounts with a file this recent are skipped: the process that took the file may still detect them."""


@dataclass
class DetectionBacklog:
    """The schedule of looking for accounts to detect."""

    _not_before: float = 0.0

    def detect_some(self, *, still_at_work: timedelta = _STILL_AT_WORK) -> None:
        """Detect some accounts of the backlog in a separate process, which releases its memory at its end."""
        if time.monotonic() < self._not_before:
            return
        self._not_before = time.monotonic() + _SECONDS_BETWEEN
        with owner_engine().connect() as connection:
            codes = list(detections.waiting(connection, still_at_work).accounts.values())[:_AT_ONCE]
        if not codes:
            return
        chosen = [f"--account={code}" for code in codes]
        command = [sys.executable, "-m", "loaders", "detect", "--waiting", *chosen]
        done = subprocess.run(command, cwd=settings.PROJECT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            _LOG.info("detected %d accounts of the backlog", len(codes))
            self._not_before = 0.0  # look again at once: there may be more
        else:
            _LOG.error("detecting the backlog failed with code %d:\n%s", done.returncode, done.stderr)
            self._not_before = time.monotonic() + _SECONDS_AFTER_FAILURE
