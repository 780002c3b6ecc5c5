"""What Follow-ups asks: what was paid too low, what was approved or paid without the other, and what is withdrawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pandas as pd
from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Uuid,
    cast,
    column,
    func,
    select,
    table,
    text,
    true,
)

from core.exports import Kind, Table
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame

ORDERS = {
    "first": ("day_rank", "amount_rank", "account_id", "name"),
    "largest": ("amount_rank", "day_rank", "account_id", "name"),
}
"""How a list may be sorted: by what is to be done first, or by money. Every rank grows from what is shown first."""


@dataclass(frozen=True)
class FollowUpFilter:
    """Which rows of a list are meant. `search` is what an id begins with; `with_passed` takes in those for which it is
    too late.
    """

    search: str = ""
    with_passed: bool = False


@dataclass(frozen=True)
class _List:
    """A list: its rows as SQL, and the columns of its file. The rows have the columns of `_RANKS` besides; those of
    `_LOOKED_UP` are found for what is shown alone, by others of the row.
    """

    sql: str
    written: Mapping[str, Kind]

    def rows(self, name: str) -> CTE:
        by = {each: _LOOKED_UP[each][0] if each in _LOOKED_UP else (each,) for each in (*self.written, *_RANKS)}
        return text(self.sql).columns(*map(column, dict.fromkeys(chain(*by.values())))).cte(name)

    def whole(self, listed: FromClause) -> "Select[Any]":
        """The rows with what is looked up."""
        query = select(listed)
        for look_up in dict.fromkeys(_LOOKED_UP[each][1] for each in self.written if each in _LOOKED_UP):
            query = look_up(query, listed)
        return query


def _account(query: "Select[Any]", listed: FromClause) -> "Select[Any]":
    of = table("account", column("account_id"), column("name"))
    return query.add_columns(of.c.name.label("account")).join(of, of.c.account_id == listed.c.account_id)


def _file(query: "Select[Any]", listed: FromClause) -> "Select[Any]":
    of = table("source_file", column("account_id"), column("file_id"), column("file"))
    is_its = (of.c.account_id == listed.c.account_id) & (of.c.file_id == listed.c.file_id)
    return query.add_columns(of.c.file).join(of, is_its)


def _paid(query: "Select[Any]", listed: FromClause) -> "Select[Any]":
    of = table("item_evidence", *map(column, ("account_id", "item_id", "role", "amount")))
    is_its = (of.c.account_id == listed.c.account_id) & (of.c.item_id == cast(listed.c.item_id, Uuid))
    paid = select(func.sum(of.c.amount).label("paid")).where(is_its, of.c.role == "underpaid").lateral("of_payments")
    cost = func.trim_scale((paid.c.paid + listed.c.amount) / listed.c.units)
    return query.add_columns(paid.c.paid, cost.label("sourcing_cost")).join(paid, true())


_LOOKED_UP: Mapping[str, tuple[tuple[str, ...], Callable[["Select[Any]", FromClause], "Select[Any]"]]] = {
    "account": (("account_id",), _account),
    "file": (("account_id", "file_id"), _file),
    "paid": (("account_id", "item_id"), _paid),
    "sourcing_cost": (("amount", "units"), _paid),
}
"""By what of a row, and how."""

_RANKS = ("account_id", "currency", "amount", "name", "day_rank", "amount_rank")

_UNDERPAID = """
    select
        u.account_id,
        u.marketplace,
        u.category,
        u.item_id::text as item_id,
        u.sku,
        u.fnsku,
        u.order_id,
        u.units,
        u.shortfall as amount,
        u.currency,
        u.paid_on,
        u.re_evaluation_until,
        u.re_evaluation_until - derived.today(m.time_zone) as days_left,
        u.item_id::text as name,
        coalesce(u.re_evaluation_until - date '2000-01-01', 1000000) as day_rank,
        -u.shortfall as amount_rank
    from derived.underpaid_item as u
    inner join marketplace as m on m.marketplace = u.marketplace
    where
        u.account_id = any(:account_ids)
        and (:with_passed or coalesce(u.re_evaluation_until >= derived.today(m.time_zone), true))
        and (
            :search = ''
            or starts_with(lower(u.sku), lower(:search))
            or starts_with(lower(u.fnsku), lower(:search))
            or starts_with(lower(u.order_id), lower(:search))
        )
"""

_UNMATCHED = """
    select
        u.account_id,
        u.row_id::text as row_id,
        u.marketplace,
        u.moved_on,
        u.reason,
        u.sku,
        u.order_id,
        u.amount,
        u.currency,
        u.document,
        u.file_id,
        u.line,
        u.row_id::text as name,
        {age} as day_rank,
        -u.amount as amount_rank
    from cash_difference as u
    where
        u.account_id = any(:account_ids)
        and u.side = '{side}'
        and (
            :search = ''
            or starts_with(lower(u.sku), lower(:search))
            or starts_with(lower(u.order_id), lower(:search))
            or starts_with(lower(u.document), lower(:search))
        )
"""

_WITHDRAWN = """
    select
        w.account_id,
        w.marketplace,
        w.category,
        w.item_id::text as item_id,
        w.reason,
        w.withdrawn_at,
        w.event_on,
        w.sku,
        w.fnsku,
        coalesce(nullif(w.order_id, ''), w.shipment_id) as order_or_shipment,
        w.units,
        w.detected as amount,
        w.currency,
        w.item_id::text as name,
        date '2000-01-01' - w.withdrawn_at::date as day_rank,
        -w.detected as amount_rank
    from withdrawn_item as w
    where
        w.account_id = any(:account_ids)
        and (
            :search = ''
            or starts_with(lower(w.sku), lower(:search))
            or starts_with(lower(w.fnsku), lower(:search))
            or starts_with(lower(w.order_id), lower(:search))
            or starts_with(lower(w.shipment_id), lower(:search))
            or starts_with(w.item_id::text, lower(:search))
        )
"""

_OF_CASH: dict[str, Kind] = {
    "account": "text",
    "marketplace": "text",
    "moved_on": "date",
    "amount": "amount",
    "currency": "text",
    "reason": "text",
    "document": "text",
    "order_id": "text",
    "sku": "text",
    "file": "text",
    "line": "number",
    "row_id": "text",
}

_LISTS = {
    "underpaid": _List(
        _UNDERPAID,
        {
            "account": "text",
            "marketplace": "text",
            "category": "text",
            "amount": "amount",
            "currency": "text",
            "units": "number",
            "paid": "amount",
            "sourcing_cost": "amount",
            "paid_on": "date",
            "re_evaluation_until": "date",
            "days_left": "number",
            "sku": "text",
            "fnsku": "text",
            "order_id": "text",
            "item_id": "text",
        },
    ),
    "approved_not_paid": _List(
        _UNMATCHED.format(side="approved", age="u.moved_on - date '2000-01-01'"),
        _OF_CASH,
    ),
    "paid_not_reported": _List(_UNMATCHED.format(side="paid", age="date '2000-01-01' - u.moved_on"), _OF_CASH),
    "withdrawn": _List(
        _WITHDRAWN,
        {
            "account": "text",
            "marketplace": "text",
            "category": "text",
            "reason": "text",
            "withdrawn_at": "date",
            "event_on": "date",
            "amount": "amount",
            "currency": "text",
            "units": "number",
            "sku": "text",
            "fnsku": "text",
            "order_or_shipment": "text",
            "item_id": "text",
        },
    ),
}
_ROWS = {name: each.rows(name) for name, each in _LISTS.items()}

NAMES = tuple(_LISTS)
"""The lists. What each is about: `reporting.underpaid` and so on (core/reporting)."""


def sums(connection: Connection, account_ids: Sequence[int], name: str, wanted: FollowUpFilter) -> pd.DataFrame:
    """What a list adds up to: rows and `amount` by currency."""
    of = _ROWS[name].c
    query = select(of.currency, func.count().label("rows"), func.coalesce(func.sum(of.amount), 0).label("amount"))
    return frame(connection, query.group_by(of.currency).order_by(of.currency), _values(name, account_ids, wanted))


def rows(
    connection: Connection,
    account_ids: Sequence[int],
    name: str,
    wanted: FollowUpFilter,
    order: str,
    position: Position,
) -> pd.DataFrame:
    """One page of a list; `amount` is what is owed or in doubt, and `total_rows` in each row counts all pages."""
    of = _ROWS[name]
    listed = cut(select(of), _key(of, order), position).limit(PAGE_SIZE).subquery("listed")
    query = _LISTS[name].whole(listed).order_by(*_key(listed, order))
    found = frame(connection, query, _values(name, account_ids, wanted))
    total = int(sums(connection, account_ids, name, wanted)["rows"].sum()) if len(found) else 0
    return found.assign(total_rows=total)


def all_rows(account_ids: Sequence[int], name: str, wanted: FollowUpFilter, order: str) -> Table:
    """All rows of a list, for a file."""
    of = _ROWS[name]
    query = _LISTS[name].whole(of).order_by(*_key(of, order))
    return Table(query, _values(name, account_ids, wanted), _LISTS[name].written)


def _key(of: FromClause, order: str) -> "list[ColumnElement[Any]]":
    return [of.c[name] for name in ORDERS[order]]


def _values(name: str, account_ids: Sequence[int], wanted: FollowUpFilter) -> dict[str, object]:
    values: dict[str, object] = {"account_ids": list(account_ids), "search": wanted.search}
    return values | ({"with_passed": wanted.with_passed} if name == "underpaid" else {})
