-- one row per case. What it asks for is `filed_units` and `filed_amount`; `claimed_units` and `claimed_amount` are former names
create view reporting.cases with (security_invoker = true) as
select
    a.code as account,
    c.marketplace,
    c.case_id,
    c.status,
    c.stage,
    c.outcome,
    c.origin,
    c.opened_on,
    c.decided_on,
    c.closed_on,
    c.claimed_units,
    c.claimed_amount,
    c.recovered_units,
    c.recovered_amount,
    c.currency,
    c.claimed_units as filed_units,
    c.claimed_amount as filed_amount
from claim_case as c
inner join account as a on a.account_id = c.account_id
