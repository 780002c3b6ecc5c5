-- law 1: one row per account and currency where unclaimed + claimed + lost differs from the amount detected, to the cent
with stages as (
    select i.account_id, i.currency, sum(i.amount) as in_stages
    from derived.staged_amount as i
    group by i.account_id, i.currency
),

items as (
    select i.account_id, i.currency, sum(i.detected) as detected
    from item as i
    group by i.account_id, i.currency
)

select
    a.code as account,
    items.currency,
    items.detected || ' detected, ' || coalesce(stages.in_stages, 0) || ' unclaimed + claimed + lost' as what
from items
inner join account as a on a.account_id = items.account_id
left join stages on stages.account_id = items.account_id and stages.currency = items.currency
where items.detected <> coalesce(stages.in_stages, 0)
