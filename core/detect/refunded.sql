-- one row per refund of an order's goods, with the order that they were first bought under, and what is left of the refund after
-- the marketplace took some back from the customer: of the latest refunds first
with refunded as (
    select r.*, coalesce(o.order_key, r.order_key) as first_order
    from derived.refund as r
    left join derived.replaced_order as o
        on o.account_id = r.account_id and o.channel = r.channel and o.order_id = r.order_key
    where r.account_id = :account_id
)

select
    *,
    greatest(
        least(
            principal,
            sum(principal) over whole - coalesce(sum(greatest(principal, 0)) over (whole order by refunded_on, row_id
                rows between unbounded preceding and 1 preceding), 0)
        ),
        0
    ) as principal_left
from refunded
window whole as (partition by account_id, channel, currency, first_order, sku, kind)
