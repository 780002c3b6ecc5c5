-- one row per refund whose units came back after the customer's last day to return them
select
    account_id,
    concat_ws(e'\x1f', channel, order_key, sku, noted_on, nullif(line, '')) as item_key,
    row_id,
    made_by,
    array[]::uuid[] as reduced_by,
    channel,
    marketplace,
    currency,
    clock_on as event_on,
    noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    order_id,
    '' as shipment_id,
    units,
    null::int as most_open,
    unit_value,
    doubt
from returned
where account_id = :account_id and category = 'return_delayed'
