-- one row per account and channel: the newest day of any report (of the ledger: of its adjustments), and the newest day of both
-- channels
create view derived.data_through with (security_invoker = true) as
select account_id, channel, max(day) as newest_on, max(max(day)) over (partition by account_id) as newest_of_account
from (
    select account_id, channel, day from derived.report_day where report <> 'ledger'
    union all
    select account_id, channel, max(event_on)
    from inventory_event
    where lower(event_type) in ('adjustments', 'adjustment')
    group by account_id, channel
) as known
group by account_id, channel
