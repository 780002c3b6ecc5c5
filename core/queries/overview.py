"""Queries of the Overview: sums by stage, the totals that the laws compare, and money over time. All read rollups."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.days import DAYS, FIRST_TODAY
from core.queries.of_accounts import of_totals
from core.queries.rows import frame
from core.queries.stage_sums import stage_sums

_AMOUNTS = """
    select
        t.currency,
        t.channel,
        t.marketplace,
        c.category_group,
        t.category,
        s.total,
        t.stage,
        t.items,
        t.units,
        t.amount,
        t.items_without_value
    from stage_sum as t
    inner join stage as s on s.stage = t.stage
    inner join category as c on c.category = t.category
"""

_DETECTED = text("""
    select
        currency,
        sum(items)::bigint as items,
        sum(amount) as detected,
        sum(items_without_value)::bigint as items_without_value
    from item_total
    where account_id = any(:account_ids) and part = 'detected'
    group by currency
    having sum(items) <> 0
""")

_PAID = text("""
    select currency, sum(payments)::bigint as payments, sum(recovered + reversed) as paid
    from payment_total
    where account_id = any(:account_ids)
    group by currency
    having sum(payments) <> 0
""")

_EXPIRING = """
    with {days},

    -- added up before they are sorted: else every row is, by words
    summed as materialized (
        select
            d.currency,
            case
                when d.part <> 'sure' then d.part
                when d.opens_on > m.today then 'future'
                else 'ready'
            end as stage,
            (d.deadline_on - m.today) / 7 as week,
            sum(d.items)::bigint as items,
            sum(d.units)::bigint as units,
            sum(d.amount) as amount
        from deadline_total as d
        inner join day as m on m.marketplace = d.marketplace
        where
            {of_totals}
            and d.part <> 'both'
            and d.deadline_on >= {first_today}
            and d.deadline_on >= m.today
            and d.deadline_on < 'infinity'
        group by d.currency, stage, week
        having sum(d.items) <> 0
    )

    select * from summed order by currency, week, stage
"""

_RECOVERED = text("""
    select
        currency,
        month,
        sum(recovered) as recovered,
        sum(reversed) as reversed,
        sum(payments)::bigint as payments
    from payment_total
    where account_id = any(:account_ids)
    group by currency, month
    having sum(payments) <> 0
    order by currency, month
""")


def amounts(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Items, units and money by currency, marketplace, category and stage: the data of all tiles and bars."""
    return frame(connection, text(f"with {stage_sums(account_ids)} {_AMOUNTS}"), {"account_ids": list(account_ids)})


def detected(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """The amount detected per currency, not summed from stages, and how many items have no value yet."""
    return frame(connection, _DETECTED, {"account_ids": list(account_ids)})


def paid(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """The amount paid per currency, from the report rows that count as payments or reversals."""
    return frame(connection, _PAID, {"account_ids": list(account_ids)})


def expiring(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Unclaimed money with a running deadline, by currency, stage and full weeks from each marketplace's today."""
    query = _EXPIRING.format(days=DAYS, of_totals=of_totals(account_ids, "d"), first_today=FIRST_TODAY)
    return frame(connection, text(query), {"account_ids": list(account_ids)})


def recovered(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Payments (positive) and reversals (negative), by currency and month."""
    return frame(connection, _RECOVERED, {"account_ids": list(account_ids)})
