-- one row per account, marketplace, category, currency and stage as of today in its marketplace, from the kept totals:
-- what is open and does not run any more has expired
create view derived.stage_total with (security_invoker = true) as
with part as (
    select
        r.account_id,
        r.marketplace,
        r.channel,
        r.category,
        r.currency,
        p.stage,
        p.sign * r.items as items,
        p.sign * r.units as units,
        p.sign * r.amount as amount,
        p.sign * r.items_without_value as items_without_value
    from derived.running_total as r
    cross join lateral (values (r.stage, 1), ('expired', -1)) as p (stage, sign)
    where p.stage <> 'both'
    union all
    select
        t.account_id,
        t.marketplace,
        t.channel,
        t.category,
        t.currency,
        case t.part when 'open' then 'expired' else t.part end,
        t.items,
        t.units,
        t.amount,
        t.items_without_value
    from item_total as t
    where t.part <> 'detected'
)

select
    account_id,
    marketplace,
    channel,
    category,
    currency,
    stage,
    sum(items)::bigint as items,
    sum(units)::bigint as units,
    sum(amount) as amount,
    sum(items_without_value)::bigint as items_without_value
from part
group by account_id, marketplace, channel, category, currency, stage
having sum(items) <> 0
