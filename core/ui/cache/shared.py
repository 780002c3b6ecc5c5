"""Decorators that cache query results and what is built from them (core/ui/cache/answers.py, core/ui/cache/figures.py).

All sessions share the caches, so scope and as-of date are the first arguments of every cached function and part of its
key. A cached function must not read session state: it would return one visitor's result to another. Every cache is
bounded by age and by number of entries.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy import Connection

from core import metrics
from core.database.access.visitor import Viewer, reading
from core.lists import LISTS
from core.queries.paging import Position
from core.ui.shell import errors
from core.ui.shell.view import Scope

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

SECONDS = 300
"""Cache lifetime in seconds. A sync invalidates at once through `Scope.version`; a new day shows within this time."""

MOMENT = 4
"""Cache lifetime, in seconds, of the list of users that a visitor can pick from without sign-in."""

ANSWERS = 500
"""Entries per cached query: about ten visitors' worth of clicks; a table is a few kilobytes."""

PAGES = 100
"""Entries per cached query of list pages; a page is about 50 kB."""

SHARED = 200
"""Entries per cached figure, table or row of tiles; one is a few kilobytes."""

_KEYS: dict[str | type, Callable[[Any], Any]] = {
    Scope: attrgetter("key"),
    # Streamlit would hash them field by field, which takes as long as the cached work itself.
    **dict.fromkeys((*filter(None, (spec.filter for spec in LISTS.values())), Position), repr),
    "core.ui.cache.lists.Layout": repr,
}


def kept(entries: int) -> Callable[[Callable[_Asked, _Answer]], Callable[_Asked, _Answer]]:
    """Cache a function's results by its arguments; each call gets a copy. Database failures show as a message."""

    def decorate(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
        return _told(st.cache_data(ttl=SECONDS, max_entries=entries, show_spinner=False, hash_funcs=_KEYS)(function))

    return decorate


def shared(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """Cache a function's result and the elements it shows (a figure, a table, tiles) by its arguments.

    The result is shared without copying, since a copy costs as much as a new one: callers must not mutate it. The
    function must not contain a widget.
    """
    return _told(st.cache_resource(ttl=SECONDS, max_entries=SHARED, show_spinner=False, hash_funcs=_KEYS)(function))


def for_a_moment(function: Callable[[], _Answer]) -> Callable[[], _Answer]:
    """Cache a function's result for a few seconds. Only for lists of options that grant no access."""
    answer: Callable[[], _Answer] = st.cache_data(ttl=MOMENT, max_entries=1, show_spinner=False)(function)
    return answer


def _told(remembered: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    @wraps(remembered)
    def answer(*arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        metrics.answered("all")
        with errors.told():
            return remembered(*arguments, **named)

    return answer


def answers(
    question: Callable[Concatenate[Connection, Sequence[int], _Asked], _Answer],
    entries: int = ANSWERS,
    *,
    of: Callable[[Scope, Viewer], tuple[int, ...]] = Scope.of_accounts,
) -> Callable[Concatenate[Scope, date | None, _Asked], _Answer]:
    """A cached query of core/queries, run as the scope's user for the scope's accounts as of a date.

    `of` picks the account ids to pass: by default each account of the scope; queries that can read all accounts at once
    pass `Scope.of_lists` or `Scope.of_sums`.
    """

    def ask(scope: Scope, as_of: date | None, /, *arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        metrics.answered("database")
        with reading(scope.user_id, as_of) as (connection, viewer):
            return question(connection, of(scope, viewer), *arguments, **named)

    ask.__qualname__ = f"{question.__module__}.{question.__qualname__}"  # Streamlit identifies cached functions by it
    ask.__doc__ = question.__doc__
    return kept(entries)(ask)
