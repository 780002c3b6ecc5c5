"""What the list of payments asks: the report rows by which something was paid or taken back, and what they sum to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, column, func, select, text

from core.exports import Kind, Table
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame

ORDERS = {
    "newest": ("day_rank", "size_rank", "account_id", "row_id"),
    "largest": ("size_rank", "day_rank", "account_id", "row_id"),
}
"""How the list may be sorted. Every rank grows from what is shown first."""

WRITTEN: dict[str, Kind] = {
    "account": "text",
    "marketplace": "text",
    "approved_on": "date",
    "amount": "amount",
    "currency": "text",
    "reason": "text",
    "reimbursement_id": "text",
    "case_id": "text",
    "order_id": "text",
    "sku": "text",
    "fnsku": "text",
    "units_cash": "number",
    "units_inventory": "number",
    "original_reimbursement_id": "text",
}
"""The columns of the list as a file."""


@dataclass(frozen=True)
class PaymentFilter:
    """Which rows are meant; None leaves a condition out.

    `month` is the first day of the first of so many `months`. `sign` is 1 for what was paid and -1 for what was taken back. A `search` by an id leaves
    out all other conditions.
    """

    channel: str | None = None
    marketplace: str | None = None
    currency: str | None = None
    month: date | None = None
    sign: int | None = None
    search: str = ""
    months: int = 1

    def alone(self) -> "PaymentFilter":
        """The filter as it is applied: a search by an id ignores every other condition."""
        return PaymentFilter(search=self.search) if self.search else self


_COLUMNS = """
    account_id account row_id channel marketplace approved_on amount currency reason reimbursement_id case_id order_id
    sku fnsku units_cash units_inventory original_reimbursement_id day_rank size_rank
"""

_SELECTED = (
    text("""
        select
            p.account_id,
            a.name as account,
            p.row_id::text as row_id,
            p.channel,
            p.marketplace,
            p.approved_on,
            p.amount,
            p.currency,
            p.reason,
            p.reimbursement_id,
            p.case_id,
            p.order_id,
            p.sku,
            p.fnsku,
            p.units_cash,
            p.units_inventory,
            p.original_reimbursement_id,
            date '2000-01-01' - p.approved_on as day_rank,
            -abs(p.amount) as size_rank
        from derived.payment as p
        inner join account as a on a.account_id = p.account_id
        where
            p.account_id = any(:account_ids)
            and (cast(:channel as text) is null or p.channel = :channel)
            and (cast(:marketplace as text) is null or p.marketplace = :marketplace)
            and (cast(:currency as text) is null or p.currency = :currency)
            and (
                cast(:month as date) is null
                or (p.approved_on >= :month and p.approved_on < cast(:month as date) + make_interval(months => :months))
            )
            and (cast(:sign as int) is null or sign(p.amount) = :sign)
            and (
                :search = ''
                or starts_with(lower(p.reimbursement_id), lower(:search))
                or starts_with(lower(p.case_id), lower(:search))
                or starts_with(lower(p.order_id), lower(:search))
                or starts_with(lower(p.sku), lower(:search))
                or starts_with(lower(p.fnsku), lower(:search))
            )
    """)
    .columns(*map(column, _COLUMNS.split()))
    .cte("selected")
)

_SUMS = (
    select(
        _SELECTED.c.currency,
        func.count().label("payments"),
        func.coalesce(func.sum(_SELECTED.c.amount).filter(_SELECTED.c.amount > 0), 0).label("recovered"),
        func.coalesce(func.sum(_SELECTED.c.amount).filter(_SELECTED.c.amount < 0), 0).label("reversed"),
        func.sum(_SELECTED.c.amount).label("amount"),
    )
    .group_by(_SELECTED.c.currency)
    .order_by(_SELECTED.c.currency)
)

_PRESENT = text("""
    select p.marketplace, p.currency, min(p.approved_on) as first_on, max(p.approved_on) as last_on
    from derived.payment as p
    where p.account_id = any(:account_ids)
    group by p.marketplace, p.currency
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
    """The marketplaces and currencies in which something was paid, with the first and the last day."""
    return frame(connection, _PRESENT, {"account_ids": list(account_ids)})


def sums(connection: Connection, account_ids: Sequence[int], wanted: PaymentFilter) -> pd.DataFrame:
    """What the list adds up to, by currency: rows, what was paid, what was taken back (negative), and both together."""
    return frame(connection, _SUMS, _values(account_ids, wanted))


def payments(
    connection: Connection, account_ids: Sequence[int], wanted: PaymentFilter, order: str, position: Position
) -> pd.DataFrame:
    """One page of the rows; `total_rows` in each counts all pages."""
    total = select(func.count()).select_from(_SELECTED).scalar_subquery().label("total_rows")
    query = cut(select(_SELECTED, total), _key(order), position).limit(PAGE_SIZE)
    return frame(connection, query, _values(account_ids, wanted))


def all_payments(account_ids: Sequence[int], wanted: PaymentFilter, order: str) -> Table:
    """All rows of a list, for a file."""
    return Table(select(_SELECTED).order_by(*_key(order)), _values(account_ids, wanted), WRITTEN)


def items(connection: Connection, account_ids: Sequence[int], account_id: int, row_id: str) -> list[str]:
    """The ids of the items that a row settled, two at most."""
    values = {"account_ids": list(account_ids), "account_id": account_id, "row_id": row_id}
    return list(connection.execute(_ITEMS, values).scalars())


def _key(order: str) -> "list[ColumnElement[Any]]":
    return [_SELECTED.c[name] for name in ORDERS[order]]


def _values(account_ids: Sequence[int], wanted: PaymentFilter) -> dict[str, object]:
    return asdict(wanted.alone()) | {"account_ids": list(account_ids)}
