"""The types that declare a list: its columns, its orders, and what its rows open."""

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
"""How a column shows its cells: `wide` is text of medium width, `days` a number of days, `deadline` the days left until
a deadline, `moment` an instant, and `badges` several labels of the column's registry.
"""

Row = Mapping[Any, Any]
Query = Callable[[Sequence[int], Any, str, Sequence[str], Position | None], Question]
"""`f(account_ids, filter, order, columns, position)`: the query of one page, or of all rows if `position` is None."""


@dataclass(frozen=True)
class Shown:
    """What a list shows, which decides its columns. `currency` is set if all rows share it."""

    wanted: Any
    has_many_accounts: bool
    has_many_marketplaces: bool
    currency: str | None


def always(_: Shown) -> bool:
    """Always show the column."""
    return True


def never(_: Shown) -> bool:
    """Never show the column in the table: only the file, or the query, has it."""
    return False


of_many_accounts = attrgetter("has_many_accounts")
of_many_marketplaces = attrgetter("has_many_marketplaces")


def of_many_currencies(shown: Shown) -> bool:
    """Show the column only if rows have different currencies."""
    return shown.currency is None


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a list.

    `code` names it in the query, the file and the URL; `label` and `help` (Markdown) are for people. `file` is its kind
    in the file; a column without one is not in the file. If it `sorts`, a list of one account can be sorted by it;
    `order` is the list's order that sorts by this column. `registry` maps the cells' codes to labels; `cell` computes a
    cell from the columns that it `reads`. If it `is_joined`, it comes from the list's `join`. `where` decides whether
    it is shown; if it `may_be_empty`, it is hidden when all its cells are empty.
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
        """The registry's labels by code."""
        entries = (self.registry or {}).items()
        return {code: each if isinstance(each, str) else each.label for code, each in entries}

    def shown(self, row: Row) -> object:
        """The cell of a row, as shown."""
        if self.cell:
            return self.cell(row)
        value = row[self.code]
        if self.registry is None:
            return value
        label = self.labels.get(value or "") or value or "–"
        return [label] if self.kind == "badges" else label


@dataclass(frozen=True)
class Lead:
    """A button in each row, in `column` or in a column of its own. `to` names its handler in core/ui/lists/leads.py."""

    to: str
    text: str = "Open"
    help: str = ""
    column: str = "open"


@dataclass(frozen=True, eq=False)
class ListSpec:
    """One list.

    `filter` is the type of its filter. `keys` are its orders with their sort keys, `orders` the labels of the orders
    that the visitor can pick. `file_name` names its file; a list without one has no file. The file starts with the
    columns in `file_order`, then come the others. `alt` is for screen readers, `nothing` is a title and a hint for a
    list without rows, `advice` (Markdown) says what to do about its rows. `join` adds columns to the rows of a page. If
    it `is_by_account`, its query always gets the account ids, never "all accounts".
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
        """The default order."""
        return next(iter(self.keys))

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns to select."""
        read = (name for each in self.columns if not each.is_joined for name in each.reads or (each.code,))
        return tuple(dict.fromkeys(read))

    @property
    def file(self) -> dict[str, Kind]:
        """The columns of the file, in order. Their names are stable, since programs read the file."""
        kinds = {column.code: column.file for column in self.columns if column.file}
        return {name: kinds[name] for name in dict.fromkeys((*self.file_order.split(), *kinds))}

    def sorts(self, *, by_columns: bool) -> dict[str, str]:
        """The labels of the list's sort options: its orders and, if `by_columns`, its sortable columns."""
        by_column = {column.code: column.label for column in self.columns if column.sorts and by_columns}
        return {**(self.orders or {}), **by_column}

    def order_by(self, code: str, *, by_columns: bool) -> str:
        """The order that sorts by the column with this code; empty if there is none."""
        column = next((each for each in self.columns if each.code == code), None)
        if column is None:
            return ""
        return column.order or (code if column.sorts and by_columns else "")

    def columns_for(self, shown: Shown) -> list[Column]:
        """The columns of the table, in order."""
        return [column for column in self.columns if column.where(shown)]
