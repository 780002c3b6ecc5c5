-- one row per refund of goods returned in time where the marketplace was at fault and charged the seller
select
    account_id,
    'refunded_more' as category,
    concat_ws(e'\x1f', channel, order_key, sku, 'fault', noted_on) as item_key,
    row_id,
    made_by,
    channel,
    marketplace,
    currency,
    clock_on as event_on,
    came_on as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    order_id,
    unit_value * units as unit_value,
    'marketplace_fault' as doubt
from returned
where account_id = :account_id and category = 'marketplace_fault'
