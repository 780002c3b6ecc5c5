"""A list of items: a page of it in any of its orders, or all of it for a file."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from core.exports import Kind, Table
from core.queries.item_filter import ItemFilter
from core.queries.paging import PAGE_SIZE, Position
from core.queries.rows import frame
from core.queries.staged import WHOLE, Cut, beginning, rows

ORDERS = {
    "soonest": ("deadline_rank", "amount_rank", "account_id", "item_id", "stage"),
    "largest": ("amount_rank", "deadline_rank", "account_id", "item_id", "stage"),
    "newest": ("event_rank", "amount_rank", "account_id", "item_id", "stage"),
}
"""How a list may be sorted. Every rank grows from what is shown first, so that one comparison finds the next page."""

COLUMNS_SORTED = (
    "category",
    "marketplace",
    "stage",
    "sku",
    "fnsku",
    "asin",
    "order_or_shipment",
    "units",
    "unit_value",
    "value_basis",
    "event_on",
    "opens_on",
    "case_id",
    "review_reason",
    "window_confidence",
)
"""By what a list may be sorted besides, where its pages are turned by number: within one account."""

WRITTEN: dict[str, Kind] = {
    "account": "text",
    "marketplace": "text",
    "category": "text",
    "stage": "text",
    "days_left": "number",
    "deadline_on": "date",
    "opens_on": "date",
    "amount": "amount",
    "currency": "text",
    "units": "number",
    "unit_value": "amount",
    "value_basis": "text",
    "sku": "text",
    "fnsku": "text",
    "asin": "text",
    "order_or_shipment": "text",
    "event_on": "date",
    "case_id": "text",
    "review_reason": "text",
    "window_rule": "text",
    "window_confidence": "text",
    "item_id": "text",
}
"""The columns of the list as a file."""

_REVERSED = " reversed"
_EPOCH = date(2000, 1, 1)
_NO_DEADLINE = 1_000_000

_RANKS: Mapping[str, str] = {
    "deadline_rank": f"coalesce({{deadline}} - date '2000-01-01', {_NO_DEADLINE})",
    "amount_rank": "coalesce(-({amount}), 1)",
    "event_rank": "coalesce(date '2000-01-01' - i.event_on, 0)",
    "account_id": "i.account_id",
    "item_id": "i.item_id::text",
    "stage": "{stage}",
}
"""What each rank is of an item, in SQL."""

_INDEXED: Mapping[str, tuple[str, str]] = {
    "deadline_rank": ("{deadline}", "{deadline} desc nulls first"),
    "event_rank": ("i.event_on desc nulls last", "i.event_on nulls first"),
}
"""Ranks of which an index has the column itself: the same order, and the same from its other end."""

_ROWS = """
    {beginning}
    select * from (select
        s.account_id,
        a.name as account,
        s.marketplace,
        s.category,
        s.stage,
        s.item_id::text as item_id,
        s.sku,
        s.fnsku,
        s.asin,
        coalesce(nullif(s.order_id, ''), s.shipment_id) as order_or_shipment,
        s.event_on,
        s.opens_on,
        s.deadline_on,
        case when s.stage in ('ready', 'future', 'review') then s.deadline_on - s.today end as days_left,
        s.units_of_stage as units,
        s.unit_value,
        s.value_basis,
        s.amount,
        s.currency,
        s.case_id,
        s.window_rule,
        s.window_confidence,
        case when s.stage = 'review' then s.review_reason end as review_reason,
        coalesce(s.runs_until - date '2000-01-01', 1000000) as deadline_rank,
        coalesce(-s.amount, 1) as amount_rank,
        coalesce(date '2000-01-01' - s.event_on, 0) as event_rank
    from ({rows}) as s
    inner join account as a on a.account_id = s.account_id) as listed
"""


def reversed_order(order: str) -> str:
    """The same order from its other end."""
    return order + _REVERSED


def items(
    connection: Connection, account_ids: Sequence[int], wanted: ItemFilter, order: str, position: Position
) -> pd.DataFrame:
    """One page of items, one row per item and stage. How many all pages have, `marketplace.categories` says."""
    applied = wanted.alone()
    values = applied.values(account_ids) | {"most": position.skip + PAGE_SIZE, "skip": position.skip, "page": PAGE_SIZE}
    query = f"{_query(account_ids, applied, order, position)} order by {_key(order)} offset :skip limit :page"
    return frame(connection, text(query), values | _after(order, position))


def all_items(account_ids: Sequence[int], wanted: ItemFilter, order: str) -> Table:
    """All items of a list, for a file."""
    applied = wanted.alone()
    query = _ROWS.format(beginning=beginning(account_ids, applied), rows=rows(account_ids, applied))
    return Table(text(f"{query} order by {_key(order)}"), applied.values(account_ids), WRITTEN)


def _query(account_ids: Sequence[int], wanted: ItemFilter, order: str, position: Position) -> str:
    return _ROWS.format(beginning=beginning(account_ids, wanted), rows=rows(account_ids, wanted, _cut(order, position)))


def _cut(order: str, position: Position) -> Cut:
    """What of each stage can be on the page: nothing can be told of the orders by other columns."""
    name = order.removesuffix(_REVERSED)
    if name not in ORDERS:
        return WHOLE
    first, *rest = ORDERS[name]
    forth, back = _INDEXED.get(first, (_RANKS[first], f"{_RANKS[first]} desc"))
    by = [forth if order == name else back, *(_indexed(each) for each in rest if each != "stage")]
    # what is behind a position by deadline is told again of the column alone: what an index begins with
    not_before = ":after_day" if position.after and name == "soonest" else ""
    return Cut(", ".join(by), _behind(name, position), "most", not_before, order == "newest")


def _indexed(rank: str) -> str:
    return "i.item_id" if rank == "item_id" else _INDEXED.get(rank, (_RANKS[rank], ""))[0]


def _behind(order: str, position: Position) -> str:
    """The condition of what comes behind a position."""
    if not position.after:
        return "true"
    key = ", ".join(_RANKS[name] for name in ORDERS[order])
    values = ", ".join(f":after_{name}" for name in ORDERS[order])
    return f"({key}) > ({values})"


def _after(order: str, position: Position) -> dict[str, object]:
    if not position.after:
        return {}
    after: dict[str, Any] = dict(zip(ORDERS[order], position.after, strict=True))
    rank = after.get("deadline_rank", _NO_DEADLINE)
    day = _EPOCH + timedelta(days=int(rank)) if rank != _NO_DEADLINE else date.max
    return {f"after_{name}": value for name, value in after.items()} | {"after_day": day}


def _key(order: str) -> str:
    """The columns of the rows that an order goes by: those of ORDERS, or one of COLUMNS_SORTED and then the soonest."""
    name = order.removesuffix(_REVERSED)
    if name not in ORDERS and name not in COLUMNS_SORTED:
        raise ValueError(f"{order} is no order of items")
    first, *rest = ORDERS[name] if name in ORDERS else (name, *ORDERS["soonest"])
    leading = f"{first} desc" if order != name else first
    if name in COLUMNS_SORTED:
        leading = f"nullif(cast({name} as text), '') is null, {leading}"  # what is not known, last
    return ", ".join((leading, *rest))
