-- one row per refund whose units were not returned
select
    account_id,
    concat_ws(e'\x1f', channel, order_key, sku, noted_on, nullif(line, '')) as item_key,
    row_id,
    made_by,
    reduced_by,
    channel,
    marketplace,
    currency,
    clock_on as event_on,
    known_on as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    order_id,
    '' as shipment_id,
    units,
    null::int as most_open,
    unit_value,
    reason as doubt
from missing
where account_id = :account_id and category = 'return_lost'
