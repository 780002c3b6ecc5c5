"""What the sums above lists of items ask: by marketplace and stage, by category, within a deadline. They come from kept
totals; only what a search finds is summed from the items themselves.
"""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.item_filter import RUNNING, ItemFilter
from core.queries.rows import frame
from core.queries.staged import found_first, rows

_SUMS = text("""
    with part as (
        select marketplace, currency, stage, items, units, amount, items_without_value, false as is_within
        from derived.stage_total
        where account_id = any(:account_ids) and channel = :channel
        union all
        select r.marketplace, r.currency, r.stage, r.items, r.units, r.amount, r.items_without_value, true
        from derived.running_total as r
        inner join marketplace as m on m.marketplace = r.marketplace
        where
            r.account_id = any(:account_ids)
            and r.channel = :channel
            and r.stage <> 'both'
            and r.deadline_on <= (derived.today(m.time_zone) + cast(:within as interval))::date
    )

    select
        marketplace,
        currency,
        stage,
        coalesce(sum(items) filter (where not is_within), 0)::bigint as items,
        coalesce(sum(units) filter (where not is_within), 0)::bigint as units,
        coalesce(sum(amount) filter (where not is_within), 0) as amount,
        coalesce(sum(items_without_value) filter (where not is_within), 0)::bigint as items_without_value,
        coalesce(sum(items) filter (where is_within), 0)::bigint as items_within,
        coalesce(sum(units) filter (where is_within), 0)::bigint as units_within,
        coalesce(sum(amount) filter (where is_within), 0) as amount_within,
        coalesce(sum(items_without_value) filter (where is_within), 0)::bigint as items_within_without_value
    from part
    group by marketplace, currency, stage
""")

_KEPT = """
    with part as (
        select
            marketplace,
            channel,
            category,
            currency,
            stage,
            items,
            units,
            amount,
            items_without_value,
            cast(null as date) as deadline_on
        from derived.stage_total
        where account_id = any(:account_ids) and not stage = any(:running)
        union all
        select
            r.marketplace,
            r.channel,
            r.category,
            r.currency,
            r.stage,
            r.items,
            r.units,
            r.amount,
            r.items_without_value,
            nullif(r.deadline_on, 'infinity')
        from derived.running_total as r
        inner join marketplace as m on m.marketplace = r.marketplace
        where
            r.account_id = any(:account_ids)
            and (
                cast(:within as interval) is null
                or r.deadline_on <= (derived.today(m.time_zone) + cast(:within as interval))::date
            )
            and (
                cast(:after as interval) is null
                or r.deadline_on > (derived.today(m.time_zone) + cast(:after as interval))::date
            )
    )

    select
        category,
        currency,
        sum(items)::bigint as items,
        sum(units)::bigint as units,
        sum(amount) as amount,
        sum(items_without_value)::bigint as items_without_value,
        min(deadline_on) as soonest
    from part
    where
        stage = any(:stages)
        and (cast(:channel as text) is null or channel = :channel)
        and (cast(:currency as text) is null or currency = :currency)
        and (cast(:marketplace as text) is null or marketplace = :marketplace)
        and (cast(:category as text) is null or category = :category)
    group by category, currency
    order by category, currency
"""

_SUMMED = """
    {found}
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
    """Items, units and money of a channel by marketplace, currency and stage, and of what runs, what has a deadline
    `within`.
    """
    return frame(connection, _SUMS, {"account_ids": list(account_ids), "channel": channel, "within": within})


def categories(connection: Connection, account_ids: Sequence[int], wanted: ItemFilter) -> pd.DataFrame:
    """Items, units, money and the soonest deadline by category and currency: what a list adds up to."""
    applied = wanted.alone()
    values = applied.values(account_ids)
    has_span = applied.within or applied.after
    if applied.search or (has_span and not set(applied.stages) <= set(RUNNING)):
        query = _SUMMED.format(found=found_first(account_ids, applied), rows=rows(account_ids, applied))
        return frame(connection, text(query), values)
    return frame(connection, text(_KEPT), values | {"running": list(RUNNING)})
