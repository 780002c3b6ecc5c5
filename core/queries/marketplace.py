"""What lists of items ask, and the sums above them: items of some stages, within a deadline, by what was chosen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Text, cast, column, func, select, text

from core.exports import Kind, Table
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame
from core.vocabulary import STAGES

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

_REVERSED = " reversed"


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


@dataclass(frozen=True)
class ItemFilter:
    """Which items are meant; None leaves a condition out.

    The deadline is later than `after` and not later than `within`: PostgreSQL intervals from each marketplace's today.
    A `search` by an id leaves out all conditions but the channel: what was looked for is found wherever it stands.
    """

    channel: str | None
    stages: tuple[str, ...]
    marketplace: str | None = None
    category: str | None = None
    within: str | None = None
    search: str = ""
    currency: str | None = None
    after: str | None = None

    def alone(self) -> "ItemFilter":
        """The filter as it is applied."""
        return ItemFilter(self.channel, tuple(STAGES), search=self.search) if self.search else self


def reversed_order(order: str) -> str:
    """The same order from its other end."""
    return order + _REVERSED


_SUMS = text("""
    with dated as (
        select
            s.marketplace,
            s.currency,
            s.stage,
            s.units,
            s.amount,
            s.deadline_on <= (derived.today(m.time_zone) + cast(:within as interval))::date as is_within
        from derived.staged_amount as s
        inner join marketplace as m on m.marketplace = s.marketplace
        where s.account_id = any(:account_ids) and s.channel = :channel
    )

    select
        marketplace,
        currency,
        stage,
        count(*) as items,
        sum(units) as units,
        coalesce(sum(amount), 0) as amount,
        count(*) filter (where amount is null) as items_without_value,
        count(*) filter (where is_within) as items_within,
        coalesce(sum(units) filter (where is_within), 0) as units_within,
        coalesce(sum(amount) filter (where is_within), 0) as amount_within,
        count(*) filter (where is_within and amount is null) as items_within_without_value
    from dated
    group by marketplace, currency, stage
""")

_COLUMNS = """
    account_id account marketplace category stage item_id sku fnsku asin order_or_shipment event_on opens_on
    deadline_on days_left units unit_value value_basis amount currency case_id window_rule window_confidence
    review_reason deadline_rank amount_rank event_rank
"""

_SELECTED = (
    text("""
        select
            s.account_id,
            a.name as account,
            s.marketplace,
            s.category,
            s.stage,
            i.item_id::text as item_id,
            i.sku,
            i.fnsku,
            i.asin,
            coalesce(nullif(i.order_id, ''), i.shipment_id) as order_or_shipment,
            s.event_on,
            s.opens_on,
            s.deadline_on,
            case
                when s.stage in ('ready', 'future', 'review') then s.deadline_on - derived.today(m.time_zone)
            end as days_left,
            s.units,
            i.unit_value,
            i.value_basis,
            s.amount,
            s.currency,
            i.case_id,
            i.window_rule,
            i.window_confidence,
            i.review_reason,
            coalesce(s.deadline_on - date '2000-01-01', 1000000) as deadline_rank,
            -coalesce(s.amount, -1) as amount_rank,
            coalesce(date '2000-01-01' - s.event_on, 0) as event_rank
        from derived.staged_amount as s
        inner join derived.staged_item as i on i.account_id = s.account_id and i.item_id = s.item_id
        inner join marketplace as m on m.marketplace = s.marketplace
        inner join account as a on a.account_id = s.account_id
        where
            s.account_id = any(:account_ids)
            and i.account_id = any(:account_ids)
            and (cast(:channel as text) is null or s.channel = :channel)
            and s.stage = any(:stages)
            and (cast(:currency as text) is null or s.currency = :currency)
            and (cast(:marketplace as text) is null or s.marketplace = :marketplace)
            and (cast(:category as text) is null or s.category = :category)
            and (
                cast(:within as interval) is null
                or s.deadline_on <= (derived.today(m.time_zone) + cast(:within as interval))::date
            )
            and (
                cast(:after as interval) is null
                or s.deadline_on > (derived.today(m.time_zone) + cast(:after as interval))::date
            )
            and (
                :search = ''
                or starts_with(lower(i.sku), lower(:search))
                or starts_with(lower(i.fnsku), lower(:search))
                or starts_with(lower(i.asin), lower(:search))
                or starts_with(lower(i.order_id), lower(:search))
                or starts_with(lower(i.shipment_id), lower(:search))
                or starts_with(lower(i.case_id), lower(:search))
                or starts_with(i.item_id::text, lower(:search))
                or (s.account_id, s.item_id) in (
                    select e.account_id, e.item_id
                    from derived.payment as p
                    inner join item_evidence as e on e.account_id = p.account_id and e.row_id = p.row_id
                    where
                        p.account_id = any(:account_ids)
                        and e.account_id = any(:account_ids)
                        and starts_with(lower(p.reimbursement_id), lower(:search))
                )
            )
    """)
    .columns(*map(column, _COLUMNS.split()))
    .cte("selected")
)

_CATEGORIES = (
    select(
        _SELECTED.c.category,
        _SELECTED.c.currency,
        func.count().label("items"),
        func.sum(_SELECTED.c.units).label("units"),
        func.coalesce(func.sum(_SELECTED.c.amount), 0).label("amount"),
        func.count().filter(_SELECTED.c.amount.is_(None)).label("items_without_value"),
        func.min(_SELECTED.c.deadline_on).label("soonest"),
    )
    .group_by(_SELECTED.c.category, _SELECTED.c.currency)
    .order_by(_SELECTED.c.category, _SELECTED.c.currency)
)


def sums(connection: Connection, account_ids: Sequence[int], channel: str, within: str) -> pd.DataFrame:
    """Items, units and money of a channel by marketplace, currency and stage, and what has a deadline `within`."""
    return frame(connection, _SUMS, {"account_ids": list(account_ids), "channel": channel, "within": within})


def categories(connection: Connection, account_ids: Sequence[int], wanted: ItemFilter) -> pd.DataFrame:
    """Items, units, money and the soonest deadline by category and currency: what a list adds up to."""
    return frame(connection, _CATEGORIES, _values(account_ids, wanted))


def items(
    connection: Connection, account_ids: Sequence[int], wanted: ItemFilter, order: str, position: Position
) -> pd.DataFrame:
    """One page of items, one row per item and stage; `total_rows` in each row counts all pages."""
    columns = _key(order)
    total = select(func.count()).select_from(_SELECTED).scalar_subquery().label("total_rows")
    query = cut(select(_SELECTED, total), columns, position).limit(PAGE_SIZE)
    return frame(connection, query, _values(account_ids, wanted))


def all_items(account_ids: Sequence[int], wanted: ItemFilter, order: str) -> Table:
    """All items of a list, for a file."""
    query = select(_SELECTED).order_by(*_key(order))
    return Table(query, _values(account_ids, wanted), WRITTEN)


def _key(order: str) -> "list[ColumnElement[Any]]":
    """The columns that an order goes by: those of ORDERS, or one of COLUMNS_SORTED and then the soonest."""
    name = order.removesuffix(_REVERSED)
    if name not in ORDERS and name not in COLUMNS_SORTED:
        raise ValueError(f"{order} is no order of items")
    first = ORDERS[name][:1] if name in ORDERS else (name,)
    rest = ORDERS[name][1:] if name in ORDERS else ORDERS["soonest"]
    leading: list[ColumnElement[Any]] = [_SELECTED.c[each] for each in first]
    if order != name:
        leading = [each.desc() for each in leading]
    if name in COLUMNS_SORTED:
        leading = [func.nullif(cast(_SELECTED.c[name], Text), "").is_(None), *leading]  # what is not known, last
    return [*leading, *(_SELECTED.c[each] for each in rest)]


def _values(account_ids: Sequence[int], wanted: ItemFilter) -> dict[str, object]:
    applied = wanted.alone()
    return {"account_ids": list(account_ids)} | asdict(applied) | {"stages": list(applied.stages)}
