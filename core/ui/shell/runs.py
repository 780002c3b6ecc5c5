"""Page runs: id, log line, metrics, and the message if a run fails."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core import logs, metrics
from core.errors import ConfigurationError
from core.ui.shell import internals

_LOG = logging.getLogger(logs.RUNS)
_FAILURES = logging.getLogger("recoup.pages")


@contextmanager
def measured(page: str) -> Iterator[None]:
    """Log and measure the run of the page with this title. An unexpected error is logged and shown with the run's id.

    Without a browser the error is raised again, so that a test sees it.
    """
    logs.begin_run()
    metrics.begin_run(page)
    began, ended = time.perf_counter(), "done"
    try:
        yield
    except internals.Stopped:
        ended = "stopped"
        raise
    except internals.Again:
        ended = "again"
        raise
    except Exception as error:
        ended = "failed"
        _fail(page, error)
        if not is_served():
            raise
    finally:
        seconds = time.perf_counter() - began
        metrics.run_ended(page, seconds, ended)
        _LOG.info("%s %s", page, ended, extra={"page": page, "ended": ended, "seconds": round(seconds, 4)})


def _fail(page: str, error: Exception) -> None:
    _FAILURES.error("the page %s failed, id %s", page, logs.run_id(), exc_info=error)
    st.error(
        "**Something went wrong on this page.** Nothing is lost. If it happens again, give this id to whoever runs"
        f" Recoup: `{logs.run_id()}` (it is in the log).",
        icon=":material/error:",
    )


def failed_in_a_callback(error: Exception) -> bool:
    """Log and show an error that was raised before the page began to run, like an error of the page."""
    logs.begin_run()
    _fail("a callback", error)
    return True


def is_served() -> bool:
    """Whether this is a real server with a browser, not a test."""
    return internals.is_served()


def _begin() -> None:
    """Set up the log and the metrics, once per process."""
    try:
        logs.configure()
        metrics.serve()
    except ConfigurationError:
        _FAILURES.exception("neither the log nor the numbers are as the environment says")


_begin()
