-- one row per account, marketplace, currency and month: paid and reversed amounts with their row counts, besides rows without
-- money; an unknown marketplace is empty
select
    p.account_id,
    p.channel,
    coalesce(p.marketplace, '') as marketplace,
    p.currency,
    date_trunc('month', p.approved_on)::date as month,
    count(*) as payments,
    count(*) filter (where p.amount > 0) as paid,
    count(*) filter (where p.amount < 0) as taken_back,
    coalesce(sum(p.amount) filter (where p.amount > 0), 0) as recovered,
    coalesce(sum(p.amount) filter (where p.amount < 0), 0) as reversed
from derived.payment as p
where p.account_id = any(:accounts)
group by p.account_id, p.channel, coalesce(p.marketplace, ''), p.currency, date_trunc('month', p.approved_on)
