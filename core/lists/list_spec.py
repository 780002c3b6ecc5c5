"""What declares a list: its columns, its orders, and where its rows lead."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import Connection

from core.exports import Kind
from core.queries.columns import Orders
from core.queries.paging import Position
from core.queries.rows import Frame, Question

Cell = Literal["text", "wide", "count", "days", "deadline", "amount", "date", "moment", "badges"]
"""How the cells of a column are shown: `wide` is text of middle width, `days` is a number of days, `deadline` the days
that are left until one, `moment` is an instant, and `badges` are several words of the column's registry.
"""

Row = Mapping[Any, Any]
Query = Callable[[Sequence[int], Any, str, Sequence[str], Position | None], Question]
"""`f(account_ids, filter, order, columns, position)`: a page of the rows, or all of them where there is no position."""


@dataclass(frozen=True)
class Shown:
    """What a page of a list is about: it decides on the columns. `currency` is that of all rows, if all have one."""

    wanted: Any
    has_many_accounts: bool
    has_many_marketplaces: bool
    currency: str | None


def always(_: Shown) -> bool:
    """For a column that is always shown."""
    return True


def never(_: Shown) -> bool:
    """For a column that only the file has."""
    return False


of_many_accounts = attrgetter("has_many_accounts")
of_many_marketplaces = attrgetter("has_many_marketplaces")


def of_many_currencies(shown: Shown) -> bool:
    """For a column that names the currency of each row."""
    return shown.currency is None


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a list.

    `code` names it in the query, in the file and in addresses; `label` and `help` (Markdown) are for people. `file` is
    its kind in the file; without one it is left out. Within one account a list can be sorted by what `sorts`; `order`
    is the order of the list that goes by this column. A `registry` has the labels of the cells' codes; what a `cell` is
    made of otherwise are the columns that it `reads`. One that `is_joined` comes from the list's `join`. It is shown
    `where` it says something, and left out where every cell is empty if it `may_be_empty`.
    """

    code: str
    label: str = ""
    kind: Cell = "text"
    file: Kind | None = None
    sorts: bool = False
    order: str = ""
    help: str = ""
    registry: Mapping[str, Any] | None = None
    colours: Any = ()
    cell: Callable[[Row], object] | None = None
    reads: tuple[str, ...] = ()
    is_joined: bool = False
    where: Callable[[Shown], bool] = always
    may_be_empty: bool = False
    width: int | Literal["medium", "large"] | None = None

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels of the registry by its codes."""
        entries = (self.registry or {}).items()
        return {code: each if isinstance(each, str) else each.label for code, each in entries}

    def shown(self, row: Row) -> object:
        """The cell of a row, as it is shown."""
        if self.cell:
            return self.cell(row)
        value = row[self.code]
        if self.registry is None:
            return value
        label = self.labels.get(value or "") or value or "–"
        return [label] if self.kind == "badges" else label


@dataclass(frozen=True)
class Lead:
    """A button in each row. It stands in the `column`, or in one of its own, and leads `to` a way of core/ui/lists."""

    to: str
    text: str = "Open"
    help: str = ""
    column: str = "open"


@dataclass(frozen=True, eq=False)
class ListSpec:
    """One list.

    `filter` is what narrows it. `keys` are its orders, and `orders` the labels of those that are offered. `file_name`
    names its file; without one there is none. The columns of its file come in the order `file_order`, then the others.
    `alt` is for screen readers, `nothing` are a title and a hint for a list without rows, `advice` (Markdown) says what
    to do about its rows. `join` adds columns to the rows of a page. One that `is_by_account` is never asked of all
    accounts at once.
    """

    code: str
    noun: str
    query: Query
    keys: Orders
    columns: tuple[Column, ...]
    alt: str
    label: str = ""
    filter: type | None = None
    orders: Mapping[str, str] | None = None
    leads: tuple[Lead, ...] = ()
    file_name: str = ""
    file_order: str = ""
    nothing: tuple[str, ...] = ()
    advice: str = ""
    join: Callable[[Connection, Frame], Frame] | None = None
    is_by_account: bool = False

    @property
    def first_order(self) -> str:
        """The order that holds where none is chosen."""
        return next(iter(self.keys))

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns to select."""
        read = (name for each in self.columns if not each.is_joined for name in each.reads or (each.code,))
        return tuple(dict.fromkeys(read))

    @property
    def file(self) -> dict[str, Kind]:
        """The columns of the file, in their order. Their names are stable, for whoever reads the file by a program."""
        kinds = {column.code: column.file for column in self.columns if column.file}
        return {name: kinds[name] for name in dict.fromkeys((*self.file_order.split(), *kinds))}

    def sorts(self, *, by_columns: bool) -> dict[str, str]:
        """The labels of what the list can be sorted by: its orders, and its columns where these can."""
        by_column = {column.code: column.label for column in self.columns if column.sorts and by_columns}
        return {**(self.orders or {}), **by_column}

    def order_by(self, code: str, *, by_columns: bool) -> str:
        """The order that goes by the column of this code; empty where there is none."""
        column = next((each for each in self.columns if each.code == code), None)
        if column is None:
            return ""
        return column.order or (code if column.sorts and by_columns else "")

    def columns_for(self, shown: Shown) -> list[Column]:
        """The columns of the table, in their order."""
        return [column for column in self.columns if column.where(shown)]
