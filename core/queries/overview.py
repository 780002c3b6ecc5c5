"""What the Overview asks: sums by stage, the laws' two sides, and money over time."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.rows import frame

_AMOUNTS = text("""
    select
        i.currency,
        i.channel,
        i.marketplace,
        i.category_group,
        i.category,
        s.total,
        i.stage,
        count(*) as items,
        sum(i.units) as units,
        coalesce(sum(i.amount), 0) as amount,
        count(*) filter (where i.amount is null) as items_without_value
    from derived.staged_amount as i
    inner join stage as s on s.stage = i.stage
    where i.account_id = any(:account_ids)
    group by i.currency, i.channel, i.marketplace, i.category_group, i.category, s.total, i.stage
""")

_DETECTED = text("""
    select
        currency,
        count(*) as items,
        sum(detected) as detected,
        count(*) filter (
            where unit_value is null and units_open + units_in_case + units_denied > 0
        ) as items_without_value
    from item
    where account_id = any(:account_ids)
    group by currency
""")

_PAID = text("""
    select currency, count(*) as payments, sum(amount) as paid
    from derived.payment
    where account_id = any(:account_ids)
    group by currency
""")

_EXPIRING = text("""
    select
        i.currency,
        i.category,
        (i.deadline_on - derived.today(m.time_zone)) / 7 as week,
        count(*) as items,
        sum(i.units) as units,
        coalesce(sum(i.amount), 0) as amount
    from derived.staged_amount as i
    inner join marketplace as m on m.marketplace = i.marketplace
    where
        i.account_id = any(:account_ids)
        and i.stage in ('ready', 'future', 'review')
        and i.deadline_on >= derived.today(m.time_zone)
    group by i.currency, i.category, (i.deadline_on - derived.today(m.time_zone)) / 7
    order by i.currency, week, i.category
""")

_RECOVERED = text("""
    select
        currency,
        date_trunc('month', approved_on)::date as month,
        coalesce(sum(amount) filter (where amount > 0), 0) as recovered,
        coalesce(sum(amount) filter (where amount < 0), 0) as reversed,
        count(*) as payments
    from derived.payment
    where account_id = any(:account_ids)
    group by currency, date_trunc('month', approved_on)
    order by currency, month
""")


def amounts(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Items, units and money by currency, marketplace, category and stage: all that the tiles and bars add up."""
    return frame(connection, _AMOUNTS, {"account_ids": list(account_ids)})


def detected(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Per currency what was detected, from the items themselves, and how many of them have no value yet."""
    return frame(connection, _DETECTED, {"account_ids": list(account_ids)})


def paid(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Per currency what was paid, from the report rows that count as paid or taken back."""
    return frame(connection, _PAID, {"account_ids": list(account_ids)})


def expiring(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Unclaimed money whose deadline still runs, by currency, category and full weeks from each marketplace's today."""
    return frame(connection, _EXPIRING, {"account_ids": list(account_ids)})


def recovered(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """What was paid (positive) and taken back (negative), by currency and month."""
    return frame(connection, _RECOVERED, {"account_ids": list(account_ids)})
