"""Queries of the sums above item lists: by marketplace and stage, by category, within a deadline. They read rollups,
and items only for a filter that the rollups do not cover, such as a search.
"""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.item_filter import RUNNING, ItemFilter
from core.queries.rows import frame
from core.queries.stage_sums import running, stage_sums
from core.queries.staged import beginning, rows

_SUMS = """
    soon as (
        select
            r.marketplace,
            r.currency,
            r.stage,
            sum(r.items)::bigint as items,
            sum(r.units)::bigint as units,
            sum(r.amount) as amount,
            sum(r.items_without_value)::bigint as items_without_value
        from running as r
        where r.channel = :channel and r.deadline_on <= (r.today + cast(:within as interval))::date
        group by r.marketplace, r.currency, r.stage
    ),

    whole as (
        select
            marketplace,
            currency,
            stage,
            sum(items)::bigint as items,
            sum(units)::bigint as units,
            sum(amount) as amount,
            sum(items_without_value)::bigint as items_without_value
        from stage_sum
        where channel = :channel
        group by marketplace, currency, stage
    )

    select
        w.*,
        coalesce(s.items, 0) as items_within,
        coalesce(s.units, 0) as units_within,
        coalesce(s.amount, 0) as amount_within,
        coalesce(s.items_without_value, 0) as items_within_without_value
    from whole as w
    left join soon as s on s.marketplace = w.marketplace and s.currency = w.currency and s.stage = w.stage
"""

_OF_STAGES = """
    select
        category,
        currency,
        sum(items)::bigint as items,
        sum(units)::bigint as units,
        sum(amount) as amount,
        sum(items_without_value)::bigint as items_without_value,
        cast(null as date) as soonest
    from stage_sum
    where
        stage = any(:stages)
        and (cast(:channel as text) is null or channel = :channel)
        and (cast(:currency as text) is null or currency = :currency)
        and (cast(:marketplace as text) is null or marketplace = :marketplace)
        and (cast(:category as text) is null or category = :category)
    group by category, currency
    order by category, currency
"""

_OF_RUNNING = """
    of_day as (
        select
            r.category,
            r.currency,
            nullif(r.deadline_on, 'infinity') as deadline_on,
            sum(r.items) as items,
            sum(r.units) as units,
            sum(r.amount) as amount,
            sum(r.items_without_value) as items_without_value
        from running as r
        where
            r.stage = any(:stages)
            and (cast(:channel as text) is null or r.channel = :channel)
            and (cast(:currency as text) is null or r.currency = :currency)
            and (cast(:marketplace as text) is null or r.marketplace = :marketplace)
            and (cast(:category as text) is null or r.category = :category)
            and (cast(:within as interval) is null or r.deadline_on <= (r.today + cast(:within as interval))::date)
            and (cast(:after as interval) is null or r.deadline_on > (r.today + cast(:after as interval))::date)
        group by r.category, r.currency, r.deadline_on
    )

    select
        category,
        currency,
        sum(items)::bigint as items,
        sum(units)::bigint as units,
        sum(amount) as amount,
        sum(items_without_value)::bigint as items_without_value,
        min(deadline_on) as soonest
    from of_day
    group by category, currency
    order by category, currency
"""

_SUMMED = """
    {beginning}
    select
        s.category,
        s.currency,
        count(*) as items,
        sum(s.units_of_stage)::bigint as units,
        coalesce(sum(s.amount), 0) as amount,
        count(*) filter (where s.amount is null) as items_without_value,
        min(s.deadline_on) as soonest
    from ({rows}) as s
    group by s.category, s.currency
    order by s.category, s.currency
"""


def sums(connection: Connection, account_ids: Sequence[int], channel: str, within: str) -> pd.DataFrame:
    """Items, units and money of a channel by marketplace, currency and stage; the `within` columns count those with a
    running deadline `within` the interval.
    """
    query = text(f"with {stage_sums(account_ids)}, {_SUMS}")
    return frame(connection, query, {"account_ids": list(account_ids), "channel": channel, "within": within})


def categories(connection: Connection, account_ids: Sequence[int], wanted: ItemFilter) -> pd.DataFrame:
    """Sums of a list by category and currency: items, units, money and the soonest deadline."""
    applied = wanted.effective()
    values = applied.values(account_ids)
    is_kept = not (applied.search or applied.without_value or applied.waits_for)
    if is_kept and set(applied.stages) <= set(RUNNING):
        return frame(connection, text(f"with {running(account_ids)}, {_OF_RUNNING}"), values)
    if is_kept and not applied.within and not applied.after:
        return frame(connection, text(f"with {stage_sums(account_ids)} {_OF_STAGES}"), values)
    query = _SUMMED.format(beginning=beginning(account_ids, applied), rows=rows(account_ids, applied))
    return frame(connection, text(query), values)
