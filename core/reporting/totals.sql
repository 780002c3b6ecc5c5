-- one row per account, marketplace, category, currency and stage; an item with units in several stages is counted in each. Summed
-- from the rollups: open units by their deadline, all others as they are. What is open and no longer running has expired
create view reporting.totals with (security_invoker = true) as
with day as materialized (
    select marketplace, today from derived.day
)

select
    a.code as account,
    p.marketplace,
    p.channel,
    p.category,
    c.category_group,
    p.currency,
    p.stage,
    s.total,
    sum(p.items)::bigint as items,
    sum(p.units)::bigint as units,
    sum(p.amount) as amount
from account as a
cross join lateral (
    select
        d.marketplace,
        d.channel,
        d.category,
        d.currency,
        v.stage,
        v.sign * d.items as items,
        v.sign * d.units as units,
        v.sign * d.amount as amount
    from deadline_total as d
    inner join day as m on m.marketplace = d.marketplace
    cross join lateral (
        values
            (case when d.part <> 'sure' then d.part when d.opens_on > m.today then 'future' else 'ready' end, 1),
            ('expired', -1)
    ) as v (stage, sign)
    where
        d.account_id = a.account_id
        -- the day in the last time zone on earth: an index finds the first deadline that may still run
        and d.deadline_on >= derived.today('Etc/GMT+12')
        and d.deadline_on >= m.today
    union all
    select
        t.marketplace,
        t.channel,
        t.category,
        t.currency,
        case t.part when 'open' then 'expired' else t.part end,
        t.items,
        t.units,
        t.amount
    from item_total as t
    where t.account_id = a.account_id and t.part <> 'detected'
) as p
inner join stage as s on s.stage = p.stage
inner join category as c on c.category = p.category
group by a.code, p.marketplace, p.channel, p.category, c.category_group, p.currency, p.stage, s.total
having sum(p.items) <> 0
