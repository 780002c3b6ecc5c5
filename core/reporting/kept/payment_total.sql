-- one row per account, channel, currency and month: what was paid, and what was taken back
select
    p.account_id,
    p.channel,
    p.currency,
    coalesce(date_trunc('month', p.approved_on)::date, '-infinity') as month,
    count(*) as payments,
    coalesce(sum(p.amount) filter (where p.amount > 0), 0) as recovered,
    coalesce(sum(p.amount) filter (where p.amount < 0), 0) as reversed
from derived.payment as p
where p.account_id = any(:accounts)
group by p.account_id, p.channel, p.currency, coalesce(date_trunc('month', p.approved_on)::date, '-infinity')
