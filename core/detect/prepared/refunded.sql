-- one row per refund of an order's goods, with the original order, net of what the marketplace charged back to the customer: the
-- latest earlier refund is reduced first
with refunded as (
    select r.*, coalesce(o.order_key, r.order_key) as first_order
    from derived.refund as r
    left join derived.replaced_order as o
        on o.account_id = r.account_id and o.channel = r.channel and o.order_id = r.order_key
    where r.account_id = :account_id
),

running as (
    select *, sum(principal) over (of_goods order by refunded_on, row_id) as so_far
    from refunded
    window of_goods as (partition by account_id, channel, currency, first_order, sku, kind)
)

select
    *,
    greatest(
        least(
            principal,
            min(so_far) over (
                of_goods order by refunded_on, row_id rows between current row and unbounded following
            ) - (so_far - principal)
        ),
        0
    ) as principal_left
from running
window of_goods as (partition by account_id, channel, currency, first_order, sku, kind)
