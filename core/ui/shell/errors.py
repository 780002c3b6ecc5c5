"""Error messages for visitors: a sentence and an id. The log has the traceback under the same id."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core import logs
from core.database.engine import app_engine
from core.database.first_start import is_not_set_up
from core.errors import (
    DISK_FULL,
    AccessDenied,
    ConfigurationError,
    DatabaseUnavailable,
    EmbeddedServerError,
    RecoupError,
    SessionEnded,
)
from core.ui.shell import links, refresh
from core.ui.text.words import plain

_LOG = logging.getLogger("recoup.pages")
_AWAY = (OperationalError, InterfaceError, PoolTimeout, DatabaseUnavailable, EmbeddedServerError)


@contextmanager
def told() -> Iterator[None]:
    """Turn database and configuration errors inside the block into a message, and stop the run."""
    try:
        yield
    except _AWAY as error:
        if is_disk_full(error):
            _disk_full(error)
        _database_away(error)
    except ProgrammingError as error:
        if not is_not_set_up(error):
            raise
        _LOG.warning("the database is not set up", exc_info=error)
        stop("The database is not set up yet. Run `python -m core migrate`, then reload this page.")
    except SessionEnded:
        st.rerun()  # the gate says why, and offers sign-in
    except AccessDenied as error:
        stop(plain(str(error)), icon=":material/block:")
    except ConfigurationError as error:
        stop(plain(str(error)), icon=":material/settings_alert:")


def stop(message: str, icon: str = ":material/error:") -> NoReturn:
    """Show a message (Markdown) instead of the page's content."""
    st.error(message, icon=icon)
    st.stop()


def not_found(message: str, title: str, label: str) -> NoReturn:
    """Say that something does not exist or is not the visitor's, with a link to the page with this `title`."""
    st.error(message, icon=":material/block:")
    st.page_link(links.file_of(title), label=label, icon=":material/arrow_back:")
    st.stop()


def is_disk_full(error: Exception) -> bool:
    """Whether a write failed because a disk is full, here or on the database server."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(getattr(error, "orig", None), "pgcode", "") == "53100"


def _disk_full(error: Exception) -> NoReturn:
    name = logs.run_id()
    _LOG.error("disk full, id %s", name, exc_info=error)
    stop(
        f"**{DISK_FULL}** on the server. Nothing is half written. Tell whoever runs Recoup, with this id: `{name}`.",
        icon=":material/disc_full:",
    )


def _database_away(error: Exception) -> NoReturn:
    name = logs.run_id()
    _LOG.error("database away, id %s", name, exc_info=error)
    st.error(
        "**The database does not answer.** Nothing is lost. This page tries again every few seconds and comes back by"
        f" itself.\n\nIf it stays away, give this id to whoever runs Recoup: `{name}` (it is in the log).",
        icon=":material/cloud_off:",
    )
    _come_back()
    st.stop()


@st.fragment(run_every="4s")
def _come_back() -> None:
    try:
        with app_engine().connect() as connection:
            connection.execute(text("select 1"))
    except (*_AWAY, RecoupError):
        return
    refresh.wake()
