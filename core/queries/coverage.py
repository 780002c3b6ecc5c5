"""Coverage queries of the Data sync page: report gaps that items wait for, and the days each report covers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.days import DAYS, FIRST_TODAY
from core.queries.of_accounts import of_accounts
from core.queries.paging import PAGE_SIZE, Position
from core.queries.rows import frame
from core.vocabulary import COVERED_FORMATS, REPORTS

ORDERS = {
    "gaps": ("amount_rank", "items_rank", "account_name", "account_id", "place", "region", "currency", "gap"),
    "reports": ("account_name", "account_id", "place", "region", "currency"),
}
"""Sort order of each list: gaps by the money that waits for them, reports by account and report."""

_KNOWN = "known as (select * from unnest(cast(:formats as text[])) with ordinality as known (format, place))"

_GAPS = """
    with {days}, {known},

    waiting as (
        select
            w.account_id,
            w.format,
            w.region,
            w.currency,
            w.first_on,
            w.last_on,
            sum(w.items)::bigint as items,
            sum(w.amount) as amount,
            sum(w.items_without_value)::bigint as items_without_value
        from waiting_total as w
        inner join day as m on m.marketplace = w.marketplace
        where
            {of_accounts}
            -- below are sums over accounts
            and w.account_id > 0
            -- the day in the last time zone on earth, so that an index finds the first for which it can be time
            and w.deadline_on >= {first_today}
            and w.deadline_on >= m.today
        group by w.account_id, w.format, w.region, w.currency, w.first_on, w.last_on
        having sum(w.items) <> 0
    ),

    gap as (
        select
            w.account_id,
            a.name as account,
            lower(a.name) as account_name,
            w.format,
            k.place,
            w.region,
            w.currency,
            nullif(w.first_on, '-infinity') as first_on,
            nullif(w.last_on, 'infinity') as last_on,
            w.items,
            w.amount,
            w.items_without_value,
            -w.amount as amount_rank,
            -w.items as items_rank,
            w.first_on::text as gap,
            count(*) over () as total_rows
        from waiting as w
        inner join known as k on k.format = w.format
        -- offset 0: they are read once, and not looked up one by one
        inner join (select account_id, name from account offset 0) as a on a.account_id = w.account_id
    )

    select * from gap where {behind} order by {key} offset :skip limit :page
"""

_REPORTS = """
    with {days}, {known},

    near as (
        -- as many accounts as there can be on a page
        select a.account_id, a.name as account, lower(a.name) as account_name
        from account as a
        where
            {of_accounts}
            and {behind_account}
            and exists (select 1 from report_coverage as r where r.account_id = a.account_id)
        order by account_name, a.account_id
        limit :page
    ),

    waiting as (
        select w.account_id, w.format, w.region, w.currency, sum(w.items) as items
        from waiting_total as w
        inner join day as m on m.marketplace = w.marketplace
        where w.account_id in (select n.account_id from near as n) and w.deadline_on >= m.today
        group by w.account_id, w.format, w.region, w.currency
    ),

    report as (
        select
            r.account_id,
            n.account,
            n.account_name,
            r.format,
            k.place,
            r.region,
            r.currency,
            r.covered_from,
            r.covered_through,
            r.known_by
        from near as n
        inner join report_coverage as r on r.account_id = n.account_id
        inner join known as k on k.format = r.format
    ),

    page as (select * from report where {behind} order by {key} offset :skip limit :page)

    select
        p.*,
        derived.today('UTC') as today,
        coalesce((
            select sum(w.items)
            from waiting as w
            where
                w.account_id = p.account_id
                and w.format = p.format
                and w.region = p.region
                and p.currency in ('', w.currency)
        ), 0)::bigint as items,
        (select count(*) from report_coverage as r where {of_reports}) as total_rows
    from page as p
    order by {key}
"""


def gaps(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the report gaps that items in Review wait for, one row per gap and currency of the items, with the
    items' value where it is known. An open end has no day. `total_rows` counts the rows of all pages.
    """
    query = _GAPS.format(
        days=DAYS,
        known=_KNOWN,
        first_today=FIRST_TODAY,
        of_accounts=of_accounts(account_ids, "w"),
        behind=_behind("gaps", position),
        key=", ".join(ORDERS["gaps"]),
    )
    return frame(connection, text(query), _values(account_ids, "gaps", position))


def reports(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the reports with known days, one row per report, region and (for settlements) currency: the spans of
    covered days as lists, and how many items wait for other days. `total_rows` counts the rows of all pages.
    """
    after_account = "(lower(a.name), a.account_id) >= (:after_account_name, :after_account_id)"
    query = _REPORTS.format(
        days=DAYS,
        known=_KNOWN,
        of_accounts=of_accounts(account_ids, "a"),
        of_reports=of_accounts(account_ids, "r"),
        behind_account=after_account if position.after else "true",
        behind=_behind("reports", position),
        key=", ".join(ORDERS["reports"]),
    )
    return frame(connection, text(query), _values(account_ids, "reports", position))


def _behind(order: str, position: Position) -> str:
    """SQL condition of the rows after a position."""
    if not position.after:
        return "true"
    return f"({', '.join(ORDERS[order])}) > ({', '.join(f':after_{name}' for name in ORDERS[order])})"


def _values(account_ids: Sequence[int], order: str, position: Position) -> dict[str, Any]:
    after = dict(zip(ORDERS[order], position.after, strict=True)) if position.after else {}
    return {
        "account_ids": list(account_ids),
        "formats": [code for code in REPORTS if code in COVERED_FORMATS],
        "skip": position.skip,
        "page": PAGE_SIZE,
        **{f"after_{name}": value for name, value in after.items()},
    }
