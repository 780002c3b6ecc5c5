-- one row per item of which units were paid less than the seller's own sourcing cost
create view derived.underpaid_item with (security_invoker = true) as
select
    i.account_id,
    i.marketplace,
    i.category,
    i.item_id,
    i.sku,
    i.fnsku,
    i.order_id,
    i.units_underpaid as units,
    p.amount as paid,
    trim_scale((p.amount + i.underpaid) / i.units_underpaid) as sourcing_cost,
    i.underpaid as shortfall,
    i.currency,
    p.paid_on,
    i.re_evaluation_until
from item as i
-- of these few items alone
cross join lateral (
    select sum(e.amount) as amount, max(p.approved_on) as paid_on
    from item_evidence as e
    inner join derived.payment as p on p.account_id = e.account_id and p.row_id = e.row_id
    where e.account_id = i.account_id and e.item_id = i.item_id and e.role = 'underpaid'
    having count(*) > 0
) as p
where i.units_underpaid > 0
