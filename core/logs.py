"""Logging: plain lines, or one JSON object per line, each with the id of its page run.

Possible secrets and personal data are removed from every line: connection strings, passwords, e-mail addresses.
"""

import json
import logging
import re
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from core import settings

RUNS = "recoup.runs"
"""The logger of page runs, one line each; used in JSON mode only."""

_run: ContextVar[str] = ContextVar("run", default="")

_SECRETS = (
    (re.compile(r"(\w+://)[^\s/@]+@"), r"\1…@"),
    (re.compile(r"(?i)(password|passwd|pwd|secret|token)(['\"]?\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^\s,;)]+)"), r"\1\2…"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "…@…"),
)
_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "run"}
"""The standard attributes of a record. All others were added by the caller: numbers and codes for machines."""


def begin_run() -> str:
    """Give the page run that begins here a new id."""
    run = secrets.token_hex(4)
    _run.set(run)
    return run


def run_id() -> str:
    """The id of the current run; begins one where there is none (a fragment's own rerun)."""
    return _run.get() or begin_run()


def configure() -> None:
    """Send the process's log to standard error in the format of the environment. Idempotent. Raises
    ConfigurationError.
    """
    is_json = settings.log_is_json()
    formatter = JsonLines() if is_json else Lines()
    _set_up(logging.getLogger(), formatter)
    logging.getLogger("recoup").setLevel(logging.INFO)
    logging.getLogger(RUNS).setLevel(logging.INFO if is_json else logging.WARNING)
    if is_json:
        for name in list(logging.root.manager.loggerDict):
            # Streamlit gives each of its loggers a handler of its own
            handler = getattr(logging.getLogger(name), "streamlit_console_handler", None)
            if isinstance(handler, logging.Handler):
                handler.setFormatter(formatter)


def without_secrets(text: str) -> str:
    """The text with a mark in place of possible secrets and personal data."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class Lines(logging.Formatter):
    """Plain log lines: time, level, logger, message, and the run's id if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        run = f" [{_run.get()}]" if _run.get() else ""
        head = f"{_instant(record):%Y-%m-%d %H:%M:%S} {record.levelname} {record.name}{run}: {record.getMessage()}"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return without_secrets(head + trace)


class JsonLines(logging.Formatter):
    """One JSON object per line: time (UTC), level, logger, message, run, trace, and the caller's extra attributes."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        told: dict[str, object] = {
            "time": _instant(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if _run.get():
            told["run"] = _run.get()
        told |= {name: value for name, value in vars(record).items() if name not in _KNOWN and _is_plain(value)}
        if record.exc_info:
            told["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _instant(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _set_up(logger: logging.Logger, formatter: logging.Formatter) -> None:
    ours = [handler for handler in logger.handlers if handler.get_name() == "recoup"]
    handler = ours[0] if ours else logging.StreamHandler(sys.stderr)
    handler.set_name("recoup")
    handler.setFormatter(formatter)
    if not ours:
        logger.addHandler(handler)
