"""What a visitor reads when something fails: a sentence and an id. The trace is in the log, under the same id."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st
from sqlalchemy.exc import OperationalError, ProgrammingError

from core.errors import AccessDenied, ConfigurationError, DatabaseUnavailable, EmbeddedServerError
from core.ui.words import plain

_LOG = logging.getLogger("recoup.pages")
_NO_SUCH_TABLE, _NO_SUCH_SCHEMA, _NO_SUCH_FUNCTION = "42P01", "3F000", "42883"
