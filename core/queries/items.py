"""Queries of an item list: one page in any order, or all rows for a download."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.columns import Orders, behind, named, selected, sorted_by
from core.queries.item import SEPARATOR
from core.queries.item_filter import ItemFilter
from core.queries.paging import PAGE_SIZE, Position
from core.queries.rows import Question
from core.queries.staged import WHOLE, Cut, beginning, rows

ORDERS: Orders = {
    "soonest": ("deadline_rank", "amount_rank", "account_id", "item_id", "stage"),
    "largest": ("amount_rank", "deadline_rank", "account_id", "item_id", "stage"),
    "newest": ("event_rank", "amount_rank", "account_id", "item_id", "stage"),
}
"""Named sort orders, in addition to sorting by a column. They use ranks, whose order the indexes have."""

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
"""SQL expression of each rank."""

_INDEXED: Mapping[str, tuple[str, str]] = {
    "deadline_rank": ("{deadline}", "{deadline} desc nulls first"),
    "event_rank": ("i.event_on desc nulls last", "i.event_on nulls first"),
}
"""Ranks whose column is in an index as it is: SQL of the same order, ascending and reversed."""

_COMPUTED: Mapping[str, str] = {
    "account": "a.name",
    "item_id": "s.item_id::text",
    "order_or_shipment": "coalesce(nullif(s.order_id, ''), s.shipment_id)",
    "days_left": "case when s.stage in ('ready', 'future', 'review') then s.deadline_on - s.today end",
    "units": "s.units_of_stage",
    "review_reason": "case when s.stage = 'review' then s.review_reason end",
    "deadline_rank": "coalesce(s.runs_until - date '2000-01-01', 1000000)",
    "amount_rank": "coalesce(-s.amount, 1)",
    "event_rank": "coalesce(date '2000-01-01' - s.event_on, 0)",
}
"""SQL of the columns that are not plain columns of the table."""

_NAMES = ("account_id", "item_id", "stage", "deadline_rank", "amount_rank", "event_rank")
"""Columns that identify and sort the rows."""

_ROWS = """
    {beginning}
    select * from (
        select {columns} from ({rows}) as s
        inner join account as a on a.account_id = s.account_id
    ) as listed
    order by {key}
"""


PRODUCT_HEADERS = ("product-name", "Title", "title", "item-name", "Partner Item Name")
"""Report columns that contain a product name."""

_PRODUCTS = text("""
    with wanted as (
        select *
        from unnest(cast(:accounts as int[]), cast(:items as uuid[])) as w (account_id, item_id)
    ),

    -- the reports of evidence that name products; of the others no row need be looked for
    named as (
        select account_id, row_id, file_id, source_line from inventory_event
        union all
        select account_id, row_id, file_id, source_line from customer_return
        union all
        select account_id, row_id, file_id, source_line from reimbursement
        union all
        select account_id, row_id, file_id, source_line from fee_preview
        union all
        select account_id, row_id, file_id, source_line from settlement_line
    )

    select distinct on (e.account_id, e.item_id)
        e.account_id,
        e.item_id::text as item_id,
        (string_to_array(r.source_line, :separator))[array_position(f.columns, t.header)] as product
    from wanted as w
    inner join item_evidence as e on e.account_id = w.account_id and e.item_id = w.item_id
    inner join named as r on r.account_id = e.account_id and r.row_id = e.row_id
    inner join source_file as f on f.account_id = r.account_id and f.file_id = r.file_id
    inner join unnest(cast(:headers as text[])) as t (header) on t.header = any(f.columns)
    where (string_to_array(r.source_line, :separator))[array_position(f.columns, t.header)] <> ''
    order by e.account_id, e.item_id
""")


def items(
    account_ids: Sequence[int],
    wanted: ItemFilter,
    order: str,
    columns: Sequence[str],
    position: Position | None = None,
) -> Question:
    """Query of the page at a position, or of all rows without one; one row per item and stage.
    `marketplace.categories` counts the rows of all pages.
    """
    applied = wanted.effective()
    query = _ROWS.format(
        beginning=beginning(account_ids, applied),
        columns=selected((*_NAMES, *columns), _COMPUTED, "s"),
        rows=rows(account_ids, applied, _cut(order, position) if position else WHOLE),
        key=sorted_by(order, ORDERS, columns),
    )
    values = applied.values(account_ids)
    if position is None:
        return text(query), values
    bound = {"most": position.skip + PAGE_SIZE, "skip": position.skip, "page": PAGE_SIZE}
    return text(f"{query} offset :skip limit :page"), values | bound | _after(order, position)


def with_products(connection: Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a page with a `product` column: the product name from a report row of the item, else of another item
    with the same SKU, else empty.
    """
    values = {"accounts": list(rows["account_id"]), "items": list(rows["item_id"])}
    found = connection.execute(_PRODUCTS, values | {"headers": list(PRODUCT_HEADERS), "separator": SEPARATOR})
    of_item = {(row.account_id, row.item_id): row.product for row in found}
    products = [of_item.get(key, "") for key in zip(rows["account_id"], rows["item_id"], strict=True)]
    goods = list(zip(rows["account_id"], rows["sku"], strict=True))
    of_sku = {key: product for key, product in zip(goods, products, strict=True) if product and key[1]}
    return rows.assign(product=[product or of_sku.get(key, "") for product, key in zip(products, goods, strict=True)])


def _cut(order: str, position: Position) -> Cut:
    """The rows of each stage that can be on the page; all of them when sorting by a column."""
    name, is_reversed = named(order)
    if name not in ORDERS:
        return WHOLE
    first, *rest = ORDERS[name]
    forth, back = _INDEXED.get(first, (_RANKS[first], f"{_RANKS[first]} desc"))
    by = [back if is_reversed else forth, *(_indexed(each) for each in rest if each != "stage")]
    # repeats the keyset condition for the plain deadline column, with which the index begins
    not_before = ":after_day" if position.after and name == "soonest" else ""
    condition = behind((_RANKS[each] for each in ORDERS[name]), ORDERS[name]) if position.after else "true"
    return Cut(", ".join(by), condition, "most", not_before, order == "newest")


def _indexed(rank: str) -> str:
    return "i.item_id" if rank == "item_id" else _INDEXED.get(rank, (_RANKS[rank], ""))[0]


def _after(order: str, position: Position) -> dict[str, object]:
    if not position.after:
        return {}
    after: dict[str, Any] = dict(zip(ORDERS[order], position.after, strict=True))
    rank = after.get("deadline_rank", _NO_DEADLINE)
    day = _EPOCH + timedelta(days=int(rank)) if rank != _NO_DEADLINE else date.max
    return {f"after_{name}": value for name, value in after.items()} | {"after_day": day}
