-- one row per item with units paid below the seller's own sourcing cost; the paid amount is computed only for the rows shown
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
    (
        select sum(e.amount) from item_evidence as e
        where e.account_id = i.account_id and e.item_id = i.item_id and e.role = 'underpaid'
    ) as paid,
    (
        select trim_scale((sum(e.amount) + i.underpaid) / i.units_underpaid) from item_evidence as e
        where e.account_id = i.account_id and e.item_id = i.item_id and e.role = 'underpaid'
    ) as sourcing_cost,
    i.underpaid as shortfall,
    i.currency,
    i.underpaid_on as paid_on,
    i.re_evaluation_until
from item as i
where i.units_underpaid > 0
