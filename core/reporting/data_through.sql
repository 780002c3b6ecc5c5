-- one row per account and channel: the newest day of any report (of the ledger: of its adjustments), and the newest day of both
-- channels
create view derived.data_through with (security_invoker = true) as
select account_id, channel, max(day) as newest_on, max(max(day)) over (partition by account_id) as newest_of_account
from (
    select account_id, channel, day from derived.report_day where report <> 'ledger'
    union all
    select a.account_id, c.channel, l.day
    from account as a
    cross join (values ('amazon'), ('walmart')) as c (channel)
    cross join lateral (
        select max(e.event_on) as day
        from inventory_event as e
        where
            e.account_id = a.account_id
            and e.channel = c.channel
            and lower(e.event_type) in ('adjustments', 'adjustment')
    ) as l
    where l.day is not null
) as known
group by account_id, channel
