-- law 2: one row per account and currency where the amount claimed differs from the sum of the reimbursement rows, to the cent
with paid as (
    select p.account_id, p.currency, sum(p.amount) as amount
    from derived.payment as p
    group by p.account_id, p.currency
),

claimed as (
    select i.account_id, i.currency, sum(i.claimed) as amount
    from item as i
    group by i.account_id, i.currency
)

select
    a.code as account,
    coalesce(paid.currency, claimed.currency) as currency,
    coalesce(claimed.amount, 0) || ' claimed, ' || coalesce(paid.amount, 0) || ' in reimbursement rows' as what
from paid
full join claimed on claimed.account_id = paid.account_id and claimed.currency = paid.currency
inner join account as a on a.account_id = coalesce(paid.account_id, claimed.account_id)
where coalesce(paid.amount, 0) <> coalesce(claimed.amount, 0)
