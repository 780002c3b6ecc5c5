"""Queries of the Case Tracker: cases by status, and the list of cases."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.columns import Orders, behind, selected, sorted_by
from core.queries.of_accounts import of_accounts
from core.queries.paging import PAGE_SIZE, Position
from core.queries.rows import Question, frame

ORDERS: Orders = {
    "opened": ("opened_rank", "account_id", "marketplace", "case_id"),
    "claimed": ("claimed_rank", "account_id", "marketplace", "case_id"),
    "changed": ("changed_rank", "account_id", "marketplace", "case_id"),
}
"""Named sort orders, in addition to sorting by a column."""


@dataclass(frozen=True)
class CaseFilter:
    """Filter of cases. None leaves a condition out, and so do empty `statuses` and `goods`. A `case_id` ignores every
    other condition.

    A case is decided on the day of its decision, else of its closing. Ages are in days and can be negative.
    `has_claim` is whether a case states the amount that it claims. `is_approved` selects open cases that were approved,
    whose money has not been paid. An empty category selects cases of several categories.
    """

    statuses: tuple[str, ...]
    marketplace: str | None = None
    category: str | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    goods: str = ""
    case_id: str = ""
    origin: str | None = None
    decided_from: date | None = None
    decided_to: date | None = None
    age_from: int | None = None
    age_to: int | None = None
    has_claim: bool | None = None
    is_approved: bool = False
    channel: str | None = None
    currency: str | None = None

    def effective(self) -> "CaseFilter":
        """The filter as applied: a search by id ignores every other condition."""
        return CaseFilter(statuses=(), case_id=self.case_id) if self.case_id else self


_COMPUTED = {
    "account": "(select a.name from account as a where a.account_id = c.account_id)",
    "age_days": "coalesce(c.closed_on, derived.today(m.time_zone)) - c.opened_on",
    "changed_on": "greatest(c.opened_on, c.decided_on, c.closed_on)",
    "appeal_until": "case when c.status = 'not_eligible' then derived.appeal_until(c.marketplace, c.decided_on) end",
    "opened_rank": "coalesce(date '2000-01-01' - c.opened_on, 1000000)",
    "claimed_rank": "coalesce(-c.claimed_amount, 1)",
    "changed_rank": "coalesce(date '2000-01-01' - greatest(c.opened_on, c.decided_on, c.closed_on), 1000000)",
}
"""SQL of the columns that are not plain columns of the table."""

_NAMES = ("account_id", "marketplace", "case_id", "opened_rank", "claimed_rank", "changed_rank")
"""Columns that identify and sort the rows."""

_ROWS = """
        select {columns}
        from claim_case as c
        inner join marketplace as m on m.marketplace = c.marketplace
        where
            {of_c}
            and (cardinality(cast(:statuses as text[])) = 0 or c.status = any(:statuses))
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
            and (cast(:opened_from as date) is null or c.opened_on >= :opened_from)
            and (cast(:opened_to as date) is null or c.opened_on <= :opened_to)
            and (cast(:origin as text) is null or c.origin = :origin)
            and (
                cast(:decided_from as date) is null
                or derived.decided_on(c.status, c.decided_on, c.closed_on) >= :decided_from
            )
            and (
                cast(:decided_to as date) is null
                or derived.decided_on(c.status, c.decided_on, c.closed_on) <= :decided_to
            )
            and (
                cast(:age_from as int) is null
                or coalesce(c.closed_on, derived.today(m.time_zone)) - c.opened_on >= :age_from
            )
            and (
                cast(:age_to as int) is null
                or coalesce(c.closed_on, derived.today(m.time_zone)) - c.opened_on <= :age_to
            )
            and (cast(:has_claim as bool) is null or (c.claimed_amount is not null) = :has_claim)
            and (not :is_approved or (c.status = 'open' and c.outcome in ('approved', 'partially_approved')))
            and (cast(:channel as text) is null or c.channel = :channel)
            and (cast(:currency as text) is null or c.currency = :currency)
            and (:case_id = '' or starts_with(lower(c.case_id), lower(:case_id)))
            and (
                :goods = ''
                or (c.account_id, c.marketplace, c.case_id) in (
                    select ci.account_id, ci.marketplace, ci.case_id
                    from claim_case_item as ci
                    inner join item as i on i.account_id = ci.account_id and i.item_id = ci.item_id
                    where
                        {of_ci}
                        and (
                            starts_with(lower(i.sku), lower(:goods))
                            or starts_with(lower(i.fnsku), lower(:goods))
                            or starts_with(lower(i.order_id), lower(:goods))
                            or starts_with(lower(i.shipment_id), lower(:goods))
                        )
                    union all
                    select e.account_id, e.marketplace, e.case_id
                    from case_entry as e
                    where
                        {of_e}
                        and (
                            starts_with(lower(e.sku), lower(:goods))
                            or starts_with(lower(e.fnsku), lower(:goods))
                            or starts_with(lower(e.order_id), lower(:goods))
                            or starts_with(lower(e.shipment_id), lower(:goods))
                        )
                )
            )
"""

_LISTED = "select * from ({rows}) as listed where {behind} order by {key}"

_BY_STATUS = """
    select
        status,
        currency,
        count(*) as cases,
        count(*) filter (where claimed_amount is null) as without_claim,
        coalesce(sum(claimed_amount), 0) as claimed,
        coalesce(sum(recovered_amount), 0) as recovered
    from ({rows}) as selected
    group by status, currency
"""

_KEPT_BY_STATUS = text("""
    select
        status,
        currency,
        sum(cases)::bigint as cases,
        sum(without_claim)::bigint as without_claim,
        sum(claimed) as claimed,
        sum(recovered) as recovered
    from case_total
    where
        account_id = any(:account_ids)
        and (cardinality(cast(:statuses as text[])) = 0 or status = any(:statuses))
        and (cast(:marketplace as text) is null or marketplace = :marketplace)
        and (cast(:category as text) is null or category = :category)
        and (cast(:origin as text) is null or origin = :origin)
        and (cast(:channel as text) is null or channel = :channel)
        and (cast(:currency as text) is null or currency = :currency)
    group by status, currency
    having sum(cases) <> 0
""")

_MARKETPLACES = text("""
    select marketplace
    from case_total
    where account_id = any(:account_ids)
    group by marketplace
    having sum(cases) <> 0
    order by marketplace
""")


def marketplaces(connection: Connection, account_ids: Sequence[int]) -> list[str]:
    """The marketplaces with cases."""
    return list(connection.execute(_MARKETPLACES, {"account_ids": list(account_ids)}).scalars())


def by_status(connection: Connection, account_ids: Sequence[int], wanted: CaseFilter) -> pd.DataFrame:
    """Cases and money by status and currency; `without_claim` counts cases without a claimed amount."""
    applied = wanted.effective()
    known = ("statuses", "marketplace", "category", "origin", "channel", "currency")  # columns of the rollup
    is_kept = applied == CaseFilter(**{name: getattr(applied, name) for name in known})
    columns = ("status", "currency", "claimed_amount", "recovered_amount")
    query = _KEPT_BY_STATUS if is_kept else text(_BY_STATUS.format(rows=_rows(account_ids, columns)))
    return frame(connection, query, _values(account_ids, applied))


def cases(
    account_ids: Sequence[int],
    wanted: CaseFilter,
    order: str,
    columns: Sequence[str],
    position: Position | None = None,
) -> Question:
    """Query of the page at a position, or of all rows without one."""
    after = dict(zip(ORDERS[order], position.after, strict=True)) if position and position.after else {}
    query = _LISTED.format(
        rows=_rows(account_ids, (*_NAMES, *columns)),
        behind=behind(ORDERS[order], ORDERS[order]) if after else "true",
        key=sorted_by(order, ORDERS, columns),
    )
    values = _values(account_ids, wanted.effective())
    if position is None:
        return text(query), values
    bound: dict[str, object] = {f"after_{name}": value for name, value in after.items()}
    bound |= {"skip": position.skip, "page": PAGE_SIZE}
    return text(f"{query} offset :skip limit :page"), values | bound


def _rows(account_ids: Sequence[int], columns: Sequence[str]) -> str:
    of_tables = {f"of_{table}": of_accounts(account_ids, table) for table in ("c", "ci", "e")}
    return _ROWS.format(columns=selected(columns, _COMPUTED, "c"), **of_tables)


def _values(account_ids: Sequence[int], wanted: CaseFilter) -> dict[str, object]:
    return asdict(wanted) | {"account_ids": list(account_ids), "statuses": list(wanted.statuses)}
