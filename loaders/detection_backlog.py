"""Accounts whose detection did not come to its end, or is of earlier rules: the worker sees to them."""

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
"""Accounts that are detected before the folder is looked at again."""

_SECONDS_BETWEEN = 20.0
_SECONDS_AFTER_FAILURE = 300.0
_STILL_AT_WORK = timedelta(minutes=1)
"""For so long after a file whoever took it in may be about to detect it."""


@dataclass
class DetectionBacklog:
    """When accounts that wait are looked for next."""

    _not_before: float = 0.0

    def detect_some(self, *, still_at_work: timedelta = _STILL_AT_WORK) -> None:
        """Detect some of the accounts that wait, in a process of its own, whose memory goes with it."""
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
            _LOG.info("detected %d accounts that waited for it", len(codes))
            self._not_before = 0.0  # there may be more
        else:
            _LOG.error("detecting accounts that wait failed with code %d:\n%s", done.returncode, done.stderr)
            self._not_before = time.monotonic() + _SECONDS_AFTER_FAILURE
