-- one row per amount that Amazon approved and did not pay in cash, although settlements are there for all the days that it
-- may take, or paid in cash and did not approve
create view derived.cash_difference with (security_invoker = true) as
-- settlements are laid beside the amounts in the order of days: within a window over one account, so that to ask of an
-- account reads the settlements of no other
with laid as (
    select
        u.account_id,
        u.currency,
        u.moved_on as begins_on,
        u.moved_on + derived.days_to_cash() as paid_by,
        cast(null as date) as settled_until,
        true as is_amount,
        u as amount
    from derived.unmatched_cash as u
    union all
    select distinct account_id, currency, period_start, period_start, period_end, false, null::derived.unmatched_cash
    from settlement_line
    where channel = 'amazon' and period_start is not null and period_end is not null
),

seen as (
    select
        l.account_id,
        l.currency,
        l.amount,
        l.is_amount,
        max(l.settled_until) over by_beginning >= l.begins_on
        and max(l.settled_until) over by_payment >= l.paid_by as is_settled
    from laid as l
    window
        by_beginning as (partition by l.account_id, l.currency order by l.begins_on, l.is_amount),
        by_payment as (partition by l.account_id, l.currency order by l.paid_by, l.is_amount)
)

select
    s.account_id,
    (s.amount).row_id,
    (s.amount).side,
    (s.amount).marketplace,
    (s.amount).moved_on,
    (s.amount).reason,
    (s.amount).sku,
    (s.amount).order_id,
    (s.amount).amount,
    s.currency,
    (s.amount).document,
    (s.amount).file_id,
    (s.amount).line
from seen as s
where s.is_amount and (s.is_settled or (s.amount).side = 'paid')
