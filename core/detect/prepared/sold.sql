-- one row per order line with a refund, a replacement or a damaged return: its sale and the value of a unit. By the settlements;
-- where they do not reach back to the sale, by the orders report or the return's price
with asked as (
    select account_id, channel, first_order as order_key from refunded
    union
    select account_id, channel, order_key from derived.replaced_order
    where account_id = :account_id
    union
    select account_id, channel, order_id from derived.sent_again
    where account_id = :account_id
    union
    select account_id, channel, order_key from derived.unit_back
    where account_id = :account_id and is_damaged
),

told as (
    select
        account_id, channel, order_key, sku, gtin, marketplace, currency, part, amount, quantity, posted_on,
        fulfilment_type, row_id
    from derived.order_amount
    where account_id = :account_id and entry in ('order', 'sale') and part <> 'other'
    union all
    select
        account_id, 'amazon', order_id, sku, '', marketplace, currency, 'ordered', item_price, quantity, purchased_on,
        fulfilment_type, row_id
    from order_line
    where account_id = :account_id and item_price > 0 and quantity > 0 and not starts_with(lower(status), 'cancel')
    union all
    select
        account_id, 'walmart', order_id, sku, '', marketplace, currency, 'stated', unit_price, 1, requested_on,
        '', row_id
    from return_order_line
    where account_id = :account_id and unit_price > 0
),

summed as (
    select
        t.account_id,
        t.channel,
        t.order_key,
        t.sku,
        max(t.gtin) as gtin,
        min(m.marketplace) as marketplace,
        coalesce(min(t.currency) filter (where t.part = 'principal'), min(t.currency)) as currency,
        min(t.posted_on) filter (where t.part = 'principal') as charged_on,
        nullif(sum(t.quantity) filter (where t.part = 'principal'), 0) as units,
        sum(t.amount) filter (where t.part = 'principal') as principal,
        coalesce(sum(t.amount) filter (where t.part = 'item_promotion'), 0) as promotion,
        coalesce(sum(t.amount) filter (where t.part = 'tax'), 0) as tax,
        coalesce(sum(t.amount) filter (where t.part in ('shipping', 'gift_wrap')), 0) as shipping,
        count(distinct t.currency) filter (where t.part = 'principal') > 1 as is_of_currencies,
        max(t.posted_on) filter (where t.part = 'principal' and t.amount > 0) as last_charged_on,
        sum(t.amount) filter (where t.part = 'commission') as commission,
        coalesce(sum(t.amount) filter (where t.part = 'fulfilment_fee'), 0) as fulfilment_fee,
        sum(t.quantity) filter (where t.part = 'ordered') as units_ordered,
        sum(t.amount) filter (where t.part = 'ordered') as price_ordered,
        max(t.amount) filter (where t.part = 'stated') as price_stated,
        coalesce(
            max(t.fulfilment_type) filter (where t.part = 'principal' and t.fulfilment_type <> ''),
            max(t.fulfilment_type) filter (where t.part = 'ordered')
        ) as fulfilment_type,
        min(t.row_id::text) filter (where t.part in ('principal', 'ordered'))::uuid as row_id
    from told as t
    inner join asked as a on a.account_id = t.account_id and a.channel = t.channel and a.order_key = t.order_key
    left join marketplace as m on m.marketplace = t.marketplace and m.country <> ''
    group by t.account_id, t.channel, t.order_key, t.sku
)

select
    s.account_id,
    s.channel,
    s.order_key,
    s.sku,
    s.gtin,
    s.marketplace,
    s.row_id,
    f.meaning as fulfilled_by,
    s.currency,
    s.charged_on,
    s.principal,
    s.principal + s.promotion as net_principal,
    s.tax,
    s.shipping,
    s.is_of_currencies,
    s.last_charged_on,
    greatest(s.units, s.units_ordered)::int as units,
    -- whether the settlements show each unit ordered; null where no report has the number
    s.units >= s.units_ordered as is_charged_whole,
    coalesce(s.principal / s.units, s.price_ordered / s.units_ordered, s.price_stated) as unit_price,
    coalesce((s.principal + s.promotion) / s.units, s.price_ordered / s.units_ordered, s.price_stated)
        as unit_net_price,
    -- the seller's proceeds of the sale, at least 0
    case
        when s.commission < 0 and not s.is_of_currencies
            then greatest((s.principal + s.promotion + s.commission + s.fulfilment_fee) / s.units, 0)
    end as unit_value
from summed as s
left join report_word as f
    on f.channel = s.channel and f.subject = 'fulfilment' and f.word = derived.fold(s.fulfilment_type)
