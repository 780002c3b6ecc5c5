"""What the Case Tracker asks: cases by status, and a page of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, column, func, select, text

from core.exports import Kind, Table
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame

ORDERS = {
    "opened": ("opened_rank", "account_id", "marketplace", "case_id"),
    "claimed": ("claimed_rank", "account_id", "marketplace", "case_id"),
    "changed": ("changed_rank", "account_id", "marketplace", "case_id"),
}
"""How the list may be sorted. Every rank grows from what is shown first."""

APPEAL_DAYS = 30
"""How long after a denial Walmart takes an appeal (domain: Walmart, dispute windows)."""


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
class CaseName:
    """Which case: its id is unique within an account and a marketplace."""

    account_id: int
    marketplace: str
    case_id: str


@dataclass(frozen=True)
class CaseFilter:
    """Which cases are meant; None and empty leave a condition out. A `case_id` leaves out all others."""

    statuses: tuple[str, ...]
    marketplace: str | None = None
    category: str | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    goods: str = ""
    case_id: str = ""

    def alone(self) -> "CaseFilter":
        """The filter as it is applied: a search by id ignores every other condition."""
        return CaseFilter(statuses=(), case_id=self.case_id) if self.case_id else self


_COLUMNS = """
    account_id account marketplace case_id category status origin opened_on age_days changed_on appeal_until
    claimed_units claimed_amount recovered_units recovered_amount currency note opened_rank claimed_rank
    changed_rank
"""

_SELECTED = (
    text("""
        select
            c.account_id,
            a.name as account,
            c.marketplace,
            c.case_id,
            c.category,
            c.status,
            c.origin,
            c.opened_on,
            coalesce(c.closed_on, derived.today(m.time_zone)) - c.opened_on as age_days,
            greatest(c.opened_on, c.decided_on, c.closed_on) as changed_on,
            case
                when c.channel = 'walmart' and c.status = 'not_eligible' then c.decided_on + cast(:appeal_days as int)
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
        inner join account as a on a.account_id = c.account_id
        where
            c.account_id = any(:account_ids)
            and (cardinality(cast(:statuses as text[])) = 0 or c.status = any(:statuses))
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
            and (cast(:opened_from as date) is null or c.opened_on >= :opened_from)
            and (cast(:opened_to as date) is null or c.opened_on <= :opened_to)
            and (:case_id = '' or starts_with(lower(c.case_id), lower(:case_id)))
            and (
                :goods = ''
                or (c.account_id, c.marketplace, c.case_id) in (
                    select ci.account_id, ci.marketplace, ci.case_id
                    from claim_case_item as ci
                    inner join item as i on i.account_id = ci.account_id and i.item_id = ci.item_id
                    where
                        ci.account_id = any(:account_ids)
                        and (starts_with(lower(i.sku), lower(:goods)) or starts_with(lower(i.fnsku), lower(:goods)))
                    union all
                    select e.account_id, e.marketplace, e.case_id
                    from case_entry as e
                    where
                        e.account_id = any(:account_ids)
                        and (starts_with(lower(e.sku), lower(:goods)) or starts_with(lower(e.fnsku), lower(:goods)))
                )
            )
    """)
    .columns(*map(column, _COLUMNS.split()))
    .cte("selected")
)

_BY_STATUS = select(
    _SELECTED.c.status,
    _SELECTED.c.currency,
    func.count().label("cases"),
    func.coalesce(func.sum(_SELECTED.c.claimed_amount), 0).label("claimed"),
    func.coalesce(func.sum(_SELECTED.c.recovered_amount), 0).label("recovered"),
).group_by(_SELECTED.c.status, _SELECTED.c.currency)

_MARKETPLACES = text("""
    select distinct marketplace from claim_case where account_id = any(:account_ids) order by marketplace
""")

_GOODS = text("""
    select
        i.category,
        i.sku,
        i.fnsku,
        coalesce(nullif(i.order_id, ''), i.shipment_id) as order_or_shipment,
        i.event_on,
        ci.units,
        i.unit_value,
        i.currency
    from claim_case_item as ci
    inner join item as i on i.account_id = ci.account_id and i.item_id = ci.item_id
    where
        ci.account_id = any(:account_ids)
        and ci.account_id = :account_id
        and ci.marketplace = :marketplace
        and ci.case_id = :case_id
    order by i.event_on, i.sku
    limit :page_size
""")

_PAYMENTS = text("""
    select p.approved_on, p.reimbursement_id, p.reason, p.sku, p.units_cash, p.units_inventory, p.amount, p.currency
    from derived.payment as p
    where
        p.account_id = any(:account_ids)
        and p.account_id = :account_id
        and (p.marketplace is null or p.marketplace = :marketplace)
        and p.case_id = :case_id
    order by p.approved_on, p.reimbursement_id
    limit :page_size
""")


def marketplaces(connection: Connection, account_ids: Sequence[int]) -> list[str]:
    """The marketplaces in which there are cases."""
    return list(connection.execute(_MARKETPLACES, {"account_ids": list(account_ids)}).scalars())


def by_status(connection: Connection, account_ids: Sequence[int], wanted: CaseFilter) -> pd.DataFrame:
    """Cases and money by status and currency."""
    return frame(connection, _BY_STATUS, _values(account_ids, wanted.alone()))


def cases(
    connection: Connection, account_ids: Sequence[int], wanted: CaseFilter, order: str, position: Position
) -> pd.DataFrame:
    """One page of cases; `total_rows` in each row counts all pages."""
    key = [_SELECTED.c[name] for name in ORDERS[order]]
    total = select(func.count()).select_from(_SELECTED).scalar_subquery().label("total_rows")
    query = cut(select(_SELECTED, total), key, position).limit(PAGE_SIZE)
    return frame(connection, query, _values(account_ids, wanted.alone()))


def all_cases(account_ids: Sequence[int], wanted: CaseFilter, order: str) -> Table:
    """All cases of a list, for a file."""
    query = select(_SELECTED).order_by(*(_SELECTED.c[name] for name in ORDERS[order]))
    return Table(query, _values(account_ids, wanted.alone()), WRITTEN)


def goods(connection: Connection, account_ids: Sequence[int], case: CaseName) -> pd.DataFrame:
    """The items that a case covers, oldest event first."""
    return frame(connection, _GOODS, _of_case(account_ids, case))


def payments(connection: Connection, account_ids: Sequence[int], case: CaseName) -> pd.DataFrame:
    """The reimbursement rows that name a case, oldest first."""
    return frame(connection, _PAYMENTS, _of_case(account_ids, case))


def _values(account_ids: Sequence[int], wanted: CaseFilter) -> dict[str, object]:
    return (
        asdict(wanted)
        | {"account_ids": list(account_ids), "statuses": list(wanted.statuses)}
        | {"appeal_days": APPEAL_DAYS}
    )


def _of_case(account_ids: Sequence[int], case: CaseName) -> dict[str, object]:
    return asdict(case) | {"account_ids": list(account_ids), "page_size": PAGE_SIZE}
