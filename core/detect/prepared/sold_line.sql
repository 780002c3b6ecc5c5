-- one row per order line of a SKU sold at different prices within its order: a refund belongs to its own line
with line as (
    select
        a.account_id,
        a.channel,
        a.order_key,
        a.sku,
        a.order_line,
        sum(a.quantity) filter (where a.part = 'principal') as units,
        sum(a.amount) filter (where a.part = 'principal') as principal,
        coalesce(sum(a.amount) filter (where a.part = 'item_promotion'), 0) as promotion,
        coalesce(sum(a.amount) filter (where a.part in ('commission', 'fulfilment_fee')), 0) as fees
    from derived.order_amount as a
    inner join sold as s
        on s.account_id = a.account_id and s.channel = a.channel and s.order_key = a.order_key and s.sku = a.sku
    where a.account_id = :account_id and a.entry in ('order', 'sale') and a.part <> 'other' and s.units > 1
    group by a.account_id, a.channel, a.order_key, a.sku, a.order_line
    having
        sum(a.amount) filter (where a.part = 'principal') > 0
        and sum(a.quantity) filter (where a.part = 'principal') > 0
),

priced as (
    select
        *,
        principal / units as unit_price,
        (principal + promotion) / units as unit_net_price,
        min(principal / units) over of_goods as lowest,
        max(principal / units) over of_goods as highest
    from line
    window of_goods as (partition by account_id, channel, order_key, sku)
)

select
    account_id,
    channel,
    order_key,
    sku,
    order_line,
    units::int as units,
    unit_price,
    unit_net_price,
    greatest((principal + promotion + fees) / units, 0) as unit_value
from priced
where highest > lowest * 1.02
