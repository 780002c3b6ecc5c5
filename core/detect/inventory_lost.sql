-- one row per adjustment by which units were reported lost in the warehouse
with lost as (
    select *
    from adjustment
    where account_id = :account_id and meaning = 'lost'
)

select
    account_id,
    row_id::text as item_key,
    row_id,
    array[row_id] as made_by,
    array[]::uuid[] as reduced_by,
    channel,
    marketplace,
    '' as currency,
    event_on,
    event_on as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    '' as order_id,
    '' as shipment_id,
    -quantity as units,
    abs(unreconciled) as most_open,
    null::numeric as unit_value,
    doubt
from lost
