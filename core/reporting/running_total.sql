-- one row per account, deadline, opening, marketplace, category, currency and stage of what can still be claimed, as of today
-- in its marketplace; the stage `both` takes away the items that stand in two stages, where items of several are counted
create view derived.running_total with (security_invoker = true) as
select
    d.account_id,
    d.marketplace,
    d.channel,
    d.category,
    d.currency,
    d.deadline_on,
    case
        when d.part <> 'sure' then d.part
        when d.opens_on > m.today then 'future'
        else 'ready'
    end as stage,
    d.items,
    d.units,
    d.amount,
    d.items_without_value
from deadline_total as d
inner join derived.day as m on m.marketplace = d.marketplace
where
    -- the day in the last time zone on earth, so that an index finds the first deadline that can still run
    d.deadline_on >= derived.today('Etc/GMT+12')
    and d.deadline_on >= m.today
