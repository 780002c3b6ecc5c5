-- one row per refund or replacement whose units were not returned
select
    account_id,
    category,
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
    units,
    unit_value,
    reason as doubt
from missing
where account_id = :account_id
