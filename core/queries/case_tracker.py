"""What the Case Tracker asks: cases by status, and a page of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Subquery, Text, cast, column, func, select, text

from core.exports import Kind, Table
from core.queries.of_accounts import of_accounts
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame

ORDERS = {
    "opened": ("opened_rank", "account_id", "marketplace", "case_id"),
    "claimed": ("claimed_rank", "account_id", "marketplace", "case_id"),
    "changed": ("changed_rank", "account_id", "marketplace", "case_id"),
}
"""How the list may be sorted. Every rank grows from what is shown first."""

COLUMNS_SORTED = (
    "case_id",
    "status",
    "category",
    "marketplace",
    "opened_on",
    "age_days",
    "changed_on",
    "appeal_until",
    "claimed_units",
    "claimed_amount",
    "recovered_units",
    "recovered_amount",
    "origin",
    "note",
)
"""By what the list may be sorted besides, where its pages are turned by number: within one account."""

_REVERSED = " reversed"


WRITTEN: dict[str, Kind] = {
    "account": "text",
    "marketplace": "text",
    "case_id": "text",
    "status": "text",
    "category": "text",
    "opened_on": "date",
    "age_days": "number",
    "changed_on": "date",
    "appeal_until": "date",
    "claimed_units": "number",
    "claimed_amount": "amount",
    "recovered_units": "number",
    "recovered_amount": "amount",
    "currency": "text",
    "origin": "text",
    "note": "text",
}
"""The columns of the list as a file."""


@dataclass(frozen=True)
class CaseFilter:
    """Which cases are meant; None and empty leave a condition out. A `case_id` leaves out all others.

    A case was decided on the day of its decision, else on that of its end. Its age is in days; the youngest have 0 and
    less. `has_claim` is whether it says how much it claims, and with `is_approved` those alone are meant that were
    approved and are open, for nothing has been paid. An empty category is that of a case of several.
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

    def alone(self) -> "CaseFilter":
        """The filter as it is applied: a search by id ignores every other condition."""
        return CaseFilter(statuses=(), case_id=self.case_id) if self.case_id else self


def reversed_order(order: str) -> str:
    """The same order from its other end."""
    return order + _REVERSED


_COLUMNS = """
    account_id account marketplace case_id category status origin opened_on age_days changed_on appeal_until
    claimed_units claimed_amount recovered_units recovered_amount currency note opened_rank claimed_rank
    changed_rank
"""

_ROWS = """
        select
            c.account_id,
            (select a.name from account as a where a.account_id = c.account_id) as account,
            c.marketplace,
            c.case_id,
            c.category,
            c.status,
            c.origin,
            c.opened_on,
            coalesce(c.closed_on, derived.today(m.time_zone)) - c.opened_on as age_days,
            greatest(c.opened_on, c.decided_on, c.closed_on) as changed_on,
            case
                when c.status = 'not_eligible' then derived.appeal_until(c.marketplace, c.decided_on)
            end as appeal_until,
            c.claimed_units,
            c.claimed_amount,
            c.recovered_units,
            c.recovered_amount,
            c.currency,
            c.note,
            coalesce(date '2000-01-01' - c.opened_on, 1000000) as opened_rank,
            coalesce(-c.claimed_amount, 1) as claimed_rank,
            coalesce(date '2000-01-01' - greatest(c.opened_on, c.decided_on, c.closed_on), 1000000) as changed_rank
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
    """The marketplaces in which there are cases."""
    return list(connection.execute(_MARKETPLACES, {"account_ids": list(account_ids)}).scalars())


def by_status(connection: Connection, account_ids: Sequence[int], wanted: CaseFilter) -> pd.DataFrame:
    """Cases and money by status and currency; `without_claim` counts those that do not say what they claim."""
    applied = wanted.alone()
    known = ("statuses", "marketplace", "category", "origin", "channel", "currency")  # what the kept sums know
    is_kept = applied == CaseFilter(**{name: getattr(applied, name) for name in known})
    query = _KEPT_BY_STATUS if is_kept else _by_status(_selected(account_ids))
    return frame(connection, query, _values(account_ids, applied))


def cases(
    connection: Connection, account_ids: Sequence[int], wanted: CaseFilter, order: str, position: Position
) -> pd.DataFrame:
    """One page of cases."""
    selected = _selected(account_ids)
    query = cut(select(selected), _key(order, selected), position).limit(PAGE_SIZE)
    return frame(connection, query, _values(account_ids, wanted.alone()))


def all_cases(account_ids: Sequence[int], wanted: CaseFilter, order: str) -> Table:
    """All cases of a list, for a file."""
    selected = _selected(account_ids)
    query = select(selected).order_by(*_key(order, selected))
    return Table(query, _values(account_ids, wanted.alone()), WRITTEN)


def _selected(account_ids: Sequence[int]) -> Subquery:
    rows = _ROWS.format(**{f"of_{table}": of_accounts(account_ids, table) for table in ("c", "ci", "e")})
    return text(rows).columns(*map(column, _COLUMNS.split())).subquery("selected")


def _by_status(selected: Subquery) -> "Select[Any]":
    return select(
        selected.c.status,
        selected.c.currency,
        func.count().label("cases"),
        func.count().filter(selected.c.claimed_amount.is_(None)).label("without_claim"),
        func.coalesce(func.sum(selected.c.claimed_amount), 0).label("claimed"),
        func.coalesce(func.sum(selected.c.recovered_amount), 0).label("recovered"),
    ).group_by(selected.c.status, selected.c.currency)


def _key(order: str, selected: Subquery) -> "list[ColumnElement[Any]]":
    """The columns that an order goes by: those of ORDERS, or one of COLUMNS_SORTED and then the newest."""
    name = order.removesuffix(_REVERSED)
    if name not in ORDERS and name not in COLUMNS_SORTED:
        raise ValueError(f"{order} is no order of cases")
    first = ORDERS[name][0] if name in ORDERS else name
    rest = [selected.c[each] for each in (ORDERS[name][1:] if name in ORDERS else ORDERS["opened"])]
    leading = selected.c[first].desc() if order != name else selected.c[first].asc()
    if name in ORDERS:
        return [leading, *rest]
    return [func.nullif(cast(selected.c[name], Text), "").is_(None), leading, *rest]  # what is not known, last


def _values(account_ids: Sequence[int], wanted: CaseFilter) -> dict[str, object]:
    return asdict(wanted) | {"account_ids": list(account_ids), "statuses": list(wanted.statuses)}
