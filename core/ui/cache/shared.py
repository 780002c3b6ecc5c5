"""How answers, and what is made of them, are kept. Caches are shared by all sessions, so scope and as-of are the first,
hashed arguments of whatever is kept (core/ui/cache/answers.py, core/ui/cache/figures.py).

No session state in there: a function that read it would hand one visitor's answer to another. Every cache ends by time
and by number of entries.
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
"""How long an answer is kept at most. A sync is seen at once (`Scope.version`), a day that turns after this."""

MOMENT = 4
"""For how many seconds the list of users is kept, where one may pick any."""

ANSWERS = 500
"""How many answers of a kind are kept: about ten visitors' worth of clicks; tables are a few kilobytes."""

PAGES = 100
"""How many pages of a list are kept; one is about 50 kB."""

SHARED = 200
"""How many figures, tables or tiles of a kind are kept; one is some kilobytes."""

_KEYS: dict[str | type, Callable[[Any], Any]] = {
    Scope: attrgetter("key"),
    # Streamlit would take them apart by itself, which costs as much as what is kept.
    **dict.fromkeys((*filter(None, (spec.filter for spec in LISTS.values())), Position), repr),
    "core.ui.cache.lists.Layout": repr,
}


def kept(entries: int) -> Callable[[Callable[_Asked, _Answer]], Callable[_Asked, _Answer]]:
    """Keep a function's answers by its arguments, each visitor with a copy; a database that is away is told."""

    def decorate(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
        return _told(st.cache_data(ttl=SECONDS, max_entries=entries, show_spinner=False, hash_funcs=_KEYS)(function))

    return decorate


def shared(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """Keep what a function makes, and what it shows, by its arguments: a figure, a table, tiles. What is kept is sent
    again as it is. It is shared, for copies cost what making does: never change it. No widget may be in it.
    """
    return _told(st.cache_resource(ttl=SECONDS, max_entries=SHARED, show_spinner=False, hash_funcs=_KEYS)(function))


def for_a_moment(function: Callable[[], _Answer]) -> Callable[[], _Answer]:
    """Keep what a function answers for some seconds: what is offered alone, and grants nothing."""
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
    """A question of core/queries, asked as the scope's user of the scope's accounts as of a date, its answers kept.

    It is asked `of` the accounts one by one unless it knows how to be asked of many at once.
    """

    def ask(scope: Scope, as_of: date | None, /, *arguments: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        metrics.answered("database")
        with reading(scope.user_id, as_of) as (connection, viewer):
            return question(connection, of(scope, viewer), *arguments, **named)

    ask.__qualname__ = f"{question.__module__}.{question.__qualname__}"  # Streamlit tells functions apart by it
    ask.__doc__ = question.__doc__
    return kept(entries)(ask)
