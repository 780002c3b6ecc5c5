-- one row per account, marketplace, category, currency and state of its cases
select
    c.account_id,
    c.marketplace,
    c.channel,
    c.category,
    c.currency,
    c.status,
    c.stage,
    c.origin,
    count(*) as cases,
    count(*) filter (where c.claimed_amount is null) as without_claim,
    coalesce(sum(c.claimed_amount), 0) as claimed,
    coalesce(sum(c.recovered_amount), 0) as recovered
from claim_case as c
where c.account_id = any(:accounts)
group by c.account_id, c.marketplace, c.channel, c.category, c.currency, c.status, c.stage, c.origin
