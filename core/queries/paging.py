"""Lists are sent a page at a time: by number within one account, by the last row's key over many.

Skipping by number reads what it skips, which is little within one account and too much over thousands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_

PAGE_SIZE = 100
"""Rows that are sent at once: 100,000 would be 17.5 MB."""


@dataclass(frozen=True)
class Position:
    """Where a page begins: behind the row with this sort key, or behind so many rows. The first page has neither."""

    after: tuple[Any, ...] = ()
    skip: int = 0


TOP = Position()
"""Where a list begins."""


def cut(query: "Select[Any]", key: Sequence[ColumnElement[Any]], position: Position) -> "Select[Any]":
    """The query in the key's order, from the position on."""
    if position.after:
        behind = tuple_(*(literal(value) for value in position.after))
        query = query.where(tuple_(*key) > behind)
    return query.order_by(*key).offset(position.skip)
