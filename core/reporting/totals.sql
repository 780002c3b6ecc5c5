-- one row per account, marketplace, category, currency and stage; an item with units in several stages is counted in each
create view reporting.totals with (security_invoker = true) as
select
    a.code as account,
    i.marketplace,
    i.channel,
    i.category,
    i.category_group,
    i.currency,
    i.stage,
    s.total,
    count(*) as items,
    sum(i.units) as units,
    coalesce(sum(i.amount), 0) as amount
from derived.staged_amount as i
inner join account as a on a.account_id = i.account_id
inner join stage as s on s.stage = i.stage
group by a.code, i.marketplace, i.channel, i.category, i.category_group, i.currency, i.stage, s.total
