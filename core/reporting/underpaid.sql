-- one row per item with units paid below the seller's own sourcing cost
create view reporting.underpaid with (security_invoker = true) as
select
    a.code as account,
    u.marketplace,
    u.category,
    u.item_id,
    u.sku,
    u.fnsku,
    u.order_id,
    u.units,
    u.paid,
    u.sourcing_cost,
    u.shortfall,
    u.currency,
    u.paid_on,
    u.re_evaluation_until
from derived.underpaid_item as u
inner join account as a on a.account_id = u.account_id
