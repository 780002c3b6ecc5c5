-- one row per amount that Amazon approved and did not pay in cash, although settlements are there for all the days that it
-- may take, or paid in cash and did not approve
create view derived.cash_difference with (security_invoker = true) as
with settlement as (
    select distinct account_id, currency, period_start, period_end
    from settlement_line
    where channel = 'amazon' and period_start is not null and period_end is not null
)

select u.*
from derived.unmatched_cash as u
where
    u.side = 'paid'
    or (
        exists (
            select 1 from settlement as s
            where
                s.account_id = u.account_id
                and s.currency = u.currency
                and u.moved_on between s.period_start and s.period_end
        )
        and exists (
            select 1 from settlement as s
            where
                s.account_id = u.account_id
                and s.currency = u.currency
                and u.moved_on + derived.days_to_cash() between s.period_start and s.period_end
        )
    )
