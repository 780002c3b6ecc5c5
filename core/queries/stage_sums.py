"""SQL of the sums per stage, read from the rollups. Every query that sums stages begins with it.

Common table expressions over the accounts `:account_ids`, as of today in each marketplace. They sum the rows of many
accounts first, so that everything after has few rows.
"""

from collections.abc import Sequence

from core.queries.days import DAYS, FIRST_TODAY
from core.queries.of_accounts import of_totals

_RUNNING = """
    -- the day in the last time zone on earth, so that an index finds the first deadline that can still run
    of_deadline as (
        select
            d.marketplace,
            d.channel,
            d.category,
            d.currency,
            d.deadline_on,
            d.opens_on,
            d.part,
            sum(d.items) as items,
            sum(d.units) as units,
            sum(d.amount) as amount,
            sum(d.items_without_value) as items_without_value
        from deadline_total as d
        where {of_totals} and d.deadline_on >= {first_today}
        group by d.marketplace, d.channel, d.category, d.currency, d.deadline_on, d.opens_on, d.part
        -- in the sums over all accounts a day that was left has rows that take each other away
        having sum(d.items) <> 0
    ),

    running as materialized (
        select
            d.*,
            m.today,
            case
                when d.part <> 'sure' then d.part
                when d.opens_on > m.today then 'future'
                else 'ready'
            end as stage
        from of_deadline as d
        inner join day as m on m.marketplace = d.marketplace
        where d.deadline_on >= m.today
    )
"""

_STAGES = """
    part as (
        select channel, marketplace, category, currency, stage, items, units, amount, items_without_value
        from running
        where stage <> 'both'
        union all
        -- what is open and does not run any more has expired
        select channel, marketplace, category, currency, 'expired', -items, -units, -amount, -items_without_value
        from running
        union all
        select
            t.channel,
            t.marketplace,
            t.category,
            t.currency,
            case t.part when 'open' then 'expired' else t.part end,
            sum(t.items),
            sum(t.units),
            sum(t.amount),
            sum(t.items_without_value)
        from item_total as t
        where {of_totals} and t.part <> 'detected'
        group by t.channel, t.marketplace, t.category, t.currency, t.part
    ),

    stage_sum as (
        select
            channel,
            marketplace,
            category,
            currency,
            stage,
            sum(items)::bigint as items,
            sum(units)::bigint as units,
            sum(amount) as amount,
            sum(items_without_value)::bigint as items_without_value
        from part
        group by channel, marketplace, category, currency, stage
        having sum(items) <> 0
    )
"""


def running(account_ids: Sequence[int]) -> str:
    """CTE `running`: what can still be claimed, one row per marketplace, category, currency, deadline, opening day and
    stage. The stage `both` has negative counts, so that a sum over stages counts an item in two of them once.
    """
    return f"{DAYS}, {_RUNNING.format(of_totals=of_totals(account_ids, 'd'), first_today=FIRST_TODAY)}"


def stage_sums(account_ids: Sequence[int]) -> str:
    """CTEs `running` and `stage_sum`; the latter has one row per marketplace, category, currency and stage."""
    return f"{running(account_ids)}, {_STAGES.format(of_totals=of_totals(account_ids, 't'))}"
