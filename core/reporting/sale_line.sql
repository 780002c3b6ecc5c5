-- one row per charged order line: the customer's money as charged, fees and discounts as positive amounts
create view derived.sale_line with (security_invoker = true) as
select
    account_id,
    channel,
    min(marketplace) filter (where part = 'principal') as marketplace,
    currency,
    order_key,
    max(order_id) as order_id,
    order_line,
    sku,
    max(gtin) as gtin,
    min(posted_on) filter (where part = 'principal') as charged_on,
    sum(quantity) filter (where part = 'principal')::int as units,
    sum(amount) filter (where part = 'principal') as principal,
    coalesce(sum(amount) filter (where part = 'tax'), 0) as tax,
    coalesce(sum(amount) filter (where part = 'shipping'), 0) as shipping,
    coalesce(sum(amount) filter (where part = 'gift_wrap'), 0) as gift_wrap,
    -coalesce(sum(amount) filter (where part in ('item_promotion', 'shipping_promotion')), 0) as promotion,
    -coalesce(sum(amount) filter (where part = 'item_promotion'), 0) as item_promotion,
    -coalesce(sum(amount) filter (where part = 'commission'), 0) as commission,
    -coalesce(sum(amount) filter (where part = 'fulfilment_fee'), 0) as fulfilment_fee,
    min(posted_on) filter (where part = 'commission') as commission_on,
    min(posted_on) filter (where part = 'fulfilment_fee') as fulfilment_fee_on,
    max(contract_category) filter (where part in ('principal', 'commission')) as contract_category,
    max(commission_rate) filter (where part in ('principal', 'commission')) as commission_rate,
    max(fulfilment_type) as fulfilment_type,
    min(row_id::text) filter (where part = 'principal')::uuid as row_id,
    min(row_id::text) filter (where part = 'commission')::uuid as commission_row_id,
    min(row_id::text) filter (where part = 'fulfilment_fee')::uuid as fulfilment_fee_row_id,
    array_agg(row_id) filter (where is_first_of_row) as row_ids
from derived.order_amount
where entry in ('order', 'sale') and part <> 'other'
group by account_id, channel, currency, order_key, order_line, sku
having sum(amount) filter (where part = 'principal') > 0
