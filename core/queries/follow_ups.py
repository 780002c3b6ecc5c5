"""What Follow-ups asks: what was paid too low, what was approved or paid without the other, and what is withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import CTE, ColumnElement, Connection, column, func, select, text

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
    """A list: its rows as SQL, and the columns of its file. The rows have the columns of `_RANKS` besides."""

    sql: str
    written: Mapping[str, Kind]

    def rows(self, name: str) -> CTE:
        names = dict.fromkeys([*self.written, *_RANKS])
        return text(self.sql).columns(*map(column, names)).cte(name)


_RANKS = ("account_id", "account", "currency", "amount", "name", "day_rank", "amount_rank")

_UNDERPAID = """
    select
        u.account_id,
        a.name as account,
        u.marketplace,
        u.category,
        u.item_id::text as item_id,
        u.sku,
        u.fnsku,
        u.order_id,
        u.units,
        u.paid,
        u.sourcing_cost,
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
    inner join account as a on a.account_id = u.account_id
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
        a.name as account,
        u.row_id::text as row_id,
        u.marketplace,
        u.moved_on,
        u.reason,
        u.sku,
        u.order_id,
        u.amount,
        u.currency,
        u.document,
        f.file,
        u.line,
        u.row_id::text as name,
        {age} as day_rank,
        -u.amount as amount_rank
    from cash_difference as u
    inner join account as a on a.account_id = u.account_id
    inner join source_file as f on f.account_id = u.account_id and f.file_id = u.file_id
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
        a.name as account,
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
    inner join account as a on a.account_id = w.account_id
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
    total = select(func.count()).select_from(of).scalar_subquery().label("total_rows")
    query = cut(select(of, total), _key(of, order), position).limit(PAGE_SIZE)
    return frame(connection, query, _values(name, account_ids, wanted))


def all_rows(account_ids: Sequence[int], name: str, wanted: FollowUpFilter, order: str) -> Table:
    """All rows of a list, for a file."""
    of = _ROWS[name]
    return Table(select(of).order_by(*_key(of, order)), _values(name, account_ids, wanted), _LISTS[name].written)


def _key(of: CTE, order: str) -> "list[ColumnElement[Any]]":
    return [of.c[name] for name in ORDERS[order]]


def _values(name: str, account_ids: Sequence[int], wanted: FollowUpFilter) -> dict[str, object]:
    values: dict[str, object] = {"account_ids": list(account_ids), "search": wanted.search}
    return values | ({"with_passed": wanted.with_passed} if name == "underpaid" else {})
