-- one row per other name of an event's order: the order of its replacement, and on Walmart the purchase orders of the customer's
-- order
with named as (
    select distinct channel, order_id
    from judged
    where account_id = :account_id and order_id <> ''
),

other as (
    select 'amazon' as channel, original_order_id as order_id, replacement_order_id as other_id
    from replacement
    where account_id = :account_id
    union
    select 'walmart', order_id, purchase_order_id
    from settlement_line
    where account_id = :account_id and channel = 'walmart' and purchase_order_id <> ''
    union
    select 'walmart', order_id, purchase_order_id
    from return_order_line
    where account_id = :account_id
)

select n.channel, n.order_id, o.other_id
from named as n
inner join other as o on o.channel = n.channel and o.order_id = n.order_id
where o.other_id not in ('', n.order_id)
order by n.channel, n.order_id, o.other_id
