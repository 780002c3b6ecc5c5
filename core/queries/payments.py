"""Queries of the payment list: the report rows of payments and reversals, and their sums."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.columns import Orders, behind, selected
from core.queries.of_accounts import most, of_accounts
from core.queries.paging import PAGE_SIZE, Position
from core.queries.rows import Question, frame
from core.vocabulary import Channel

ORDERS: Orders = {
    "newest": ("day_rank", "size_rank", "account_id", "row_id"),
    "largest": ("size_rank", "day_rank", "account_id", "row_id"),
}
"""Sort orders of the list. All ranks sort ascending."""


@dataclass(frozen=True)
class PaymentFilter:
    """Filter of payments; None leaves a condition out.

    `month` is the first day of a period of `months` months. `sign` is 1 for payments and -1 for reversals. A `search`
    by id ignores every other condition.
    """

    channel: str | None = None
    marketplace: str | None = None
    currency: str | None = None
    month: date | None = None
    sign: int | None = None
    search: str = ""
    months: int = 1

    def effective(self) -> "PaymentFilter":
        """The filter as applied: a search by id ignores every other condition."""
        return PaymentFilter(search=self.search) if self.search else self


_RANKS = {
    "day_rank": "date '2000-01-01' - p.approved_on",
    "size_rank": "-abs(p.amount)",
    "account_id": "p.account_id",
    "row_id": "p.row_id",
}
"""SQL expression of each rank."""

_INDEXED = _RANKS | {"day_rank": "p.approved_on desc"}
"""SQL of the same order, as the indexes have it (migration 0019)."""

_SEARCHED = ("reimbursement_id", "case_id", "order_id", "sku", "fnsku")

_OF_CHANNEL = "select p.* from derived.{channel}_payment as p"

_COMPUTED = {
    "account": "a.name",
    "row_id": "p.row_id::text",
    "day_rank": "date '2000-01-01' - p.approved_on",
    "size_rank": "-abs(p.amount)",
}
"""SQL of the columns that are not plain columns of the view."""

_LISTED = """
    select {columns}
    from ({rows}) as p
    inner join account as a on a.account_id = p.account_id
    order by {key}
"""

_SUMS = """
    select
        currency,
        count(*) as payments,
        coalesce(sum(amount) filter (where amount > 0), 0) as recovered,
        coalesce(sum(amount) filter (where amount < 0), 0) as reversed,
        sum(amount) as amount
    from ({rows}) as p
    group by currency
    order by currency
"""

_KEPT_SUMS = """
    select currency, {payments}::bigint as payments, {recovered} as recovered, {reversed} as reversed,
        {recovered} + {reversed} as amount
    from payment_total as p
    where {conditions}
    group by currency
    having {payments} <> 0
    order by currency
"""

_KEPT_BY_MONTH = """
    select month, currency, sum(payments)::bigint as payments, sum(recovered) as recovered, sum(reversed) as reversed
    from payment_total as p
    where {conditions}
    group by month, currency
    having sum(payments) <> 0
    order by month, currency
"""

_BOTH = {"payments": "sum(payments)", "recovered": "sum(recovered)", "reversed": "sum(reversed)"}
_OF_SIGN = {
    None: _BOTH,
    1: _BOTH | {"payments": "sum(paid)", "reversed": "0::numeric"},
    -1: _BOTH | {"payments": "sum(taken_back)", "recovered": "0::numeric"},
}

_PRESENT = text("""
    select nullif(marketplace, '') as marketplace, currency, min(month) as first_month, max(month) as last_month
    from (
        select marketplace, currency, month
        from payment_total
        where account_id = any(:account_ids)
        group by marketplace, currency, month
        having sum(payments) <> 0
    ) as paid
    group by marketplace, currency
""")

_ITEMS = text("""
    select distinct e.item_id::text as item_id
    from item_evidence as e
    where
        e.account_id = any(:account_ids)
        and e.account_id = :account_id
        and e.row_id = cast(:row_id as uuid)
        and e.role in ('paid', 'reversed')
    order by item_id
    limit 2
""")


def present(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """The marketplaces and currencies with payments, and the first and last month of each."""
    return frame(connection, _PRESENT, {"account_ids": list(account_ids)})


def sums(connection: Connection, account_ids: Sequence[int], wanted: PaymentFilter) -> pd.DataFrame:
    """Sums of the list by currency: rows, payments, reversals (negative), and both together."""
    applied = wanted.effective()
    if applied.search:
        query = _SUMS.format(rows=_rows(account_ids, applied))
    else:
        conditions = ["p.account_id = any(:account_ids)", *_conditions(replace(applied, sign=None), "p.month")]
        query = _KEPT_SUMS.format(conditions=" and ".join(conditions), **_OF_SIGN[applied.sign])
    return frame(connection, text(query), _values(account_ids, applied))


def by_month(connection: Connection, account_ids: Sequence[int], wanted: PaymentFilter) -> pd.DataFrame:
    """Payments and reversals by month and currency; ignores the filter's month, sign and search."""
    of_all = replace(wanted, month=None, sign=None, search="")
    conditions = ["p.account_id = any(:account_ids)", *_conditions(of_all, "p.month")]
    return frame(
        connection, text(_KEPT_BY_MONTH.format(conditions=" and ".join(conditions))), _values(account_ids, of_all)
    )


def payments(
    account_ids: Sequence[int],
    wanted: PaymentFilter,
    order: str,
    columns: Sequence[str],
    position: Position | None = None,
) -> Question:
    """Query of the page at a position, or of all rows without one."""
    applied = wanted.effective()
    rows = _rows(account_ids, applied, order, _behind(order, position)) if position else _rows(account_ids, applied)
    query = _LISTED.format(
        columns=selected((*ORDERS[order], *columns), _COMPUTED, "p"),
        rows=rows,
        key=", ".join(_RANKS[name] for name in ORDERS[order]),
    )
    values = _values(account_ids, applied)
    if position is None:
        return text(query), values
    bound = {"most": position.skip + PAGE_SIZE, "skip": position.skip, "page": PAGE_SIZE}
    return text(f"{query} offset :skip limit :page"), values | bound | _after(order, position)


def items(connection: Connection, account_ids: Sequence[int], account_id: int, row_id: str) -> list[str]:
    """The ids of the items that a row settled, at most two."""
    values = {"account_ids": list(account_ids), "account_id": account_id, "row_id": row_id}
    return list(connection.execute(_ITEMS, values).scalars())


def _rows(account_ids: Sequence[int], wanted: PaymentFilter, order: str = "", after: str = "true") -> str:
    """SQL of the filtered rows. With an order, an index finds each channel's first rows, and no others are read."""
    conditions = " and ".join([of_accounts(account_ids, "p"), *_conditions(wanted, "p.approved_on"), after])
    by = ", ".join(_INDEXED[name] for name in ORDERS[order]) if order else ""
    first = f"order by {by} limit {most(account_ids, 'most')}" if order else ""
    channels = [channel.value for channel in Channel if wanted.channel in (None, channel.value)]
    return " union all ".join(
        f"({_OF_CHANNEL.format(channel=channel)} where {conditions} {first})" for channel in channels
    )


def _conditions(wanted: PaymentFilter, day: str) -> Iterator[str]:
    for name in ("channel", "marketplace", "currency"):
        if getattr(wanted, name) is not None:
            yield f"p.{name} = :{name}"
    if wanted.month:
        yield f"{day} >= :month and {day} < (cast(:month as date) + make_interval(months => :months))::date"
    if wanted.sign:
        yield "sign(p.amount) = :sign"
    if wanted.search:
        yield "(" + " or ".join(f"starts_with(lower(p.{name}), lower(:search))" for name in _SEARCHED) + ")"


def _behind(order: str, position: Position) -> str:
    """SQL condition of the rows after a position."""
    if not position.after:
        return "true"
    of_all = behind((_RANKS[name] for name in ORDERS[order]), ORDERS[order])
    of_all = of_all.replace(":after_row_id", "cast(:after_row_id as uuid)")
    # repeats the condition for the plain column, with which the index begins
    return f"{of_all} and p.approved_on <= :after_day" if order == "newest" else of_all


def _after(order: str, position: Position) -> dict[str, object]:
    if not position.after:
        return {}
    after: dict[str, Any] = dict(zip(ORDERS[order], position.after, strict=True))
    day = date(2000, 1, 1) - timedelta(days=int(after["day_rank"]))
    return {f"after_{name}": value for name, value in after.items()} | {"after_day": day}


def _values(account_ids: Sequence[int], wanted: PaymentFilter) -> dict[str, object]:
    return asdict(wanted) | {"account_ids": list(account_ids)}
