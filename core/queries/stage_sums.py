"""What stands in each stage, from the kept totals: the beginning of every query that sums stages."""

STAGE_SUMS = """
    running as (
        select
            channel,
            marketplace,
            category,
            currency,
            stage,
            sum(items) as items,
            sum(units) as units,
            sum(amount) as amount,
            sum(items_without_value) as items_without_value
        from derived.running_total
        where account_id = any(:account_ids)
        group by channel, marketplace, category, currency, stage
    ),

    part as (
        select * from running where stage <> 'both'
        union all
        -- what is open and does not run any more has expired
        select channel, marketplace, category, currency, 'expired', -items, -units, -amount, -items_without_value
        from running
        union all
        select
            channel,
            marketplace,
            category,
            currency,
            case part when 'open' then 'expired' else part end,
            sum(items),
            sum(units),
            sum(amount),
            sum(items_without_value)
        from item_total
        where account_id = any(:account_ids) and part <> 'detected'
        group by channel, marketplace, category, currency, part
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
"""Common table expressions, of which `stage_sum` has a row for each marketplace, category, currency and stage of the
accounts `:account_ids`, as of today in each marketplace.
"""
