"""Pagination: by offset within one account, by keyset (the last row's sort key) over many.

An offset reads the rows that it skips: few within one account, too many over thousands of accounts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_

PAGE_SIZE = 100
"""Rows per page: 100,000 at once would be 17.5 MB."""


@dataclass(frozen=True)
class Position:
    """Where a page begins: after the row with this sort key, or after this many rows. The first page has neither."""

    after: tuple[Any, ...] = ()
    skip: int = 0


TOP = Position()
"""The position of the first page."""


def cut(query: "Select[Any]", key: Sequence[ColumnElement[Any]], position: Position) -> "Select[Any]":
    """The query sorted by the key, beginning at the position."""
    if position.after:
        behind = tuple_(*(literal(value) for value in position.after))
        query = query.where(tuple_(*key) > behind)
    return query.order_by(*key).offset(position.skip)
