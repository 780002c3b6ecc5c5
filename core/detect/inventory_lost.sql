-- one row per adjustment by which units were reported lost in the warehouse
with lost as (
    select *
    from derived.adjustment
    where account_id = :account_id and meaning = 'lost'
)

select
    account_id,
    row_id,
    channel,
    marketplace,
    event_on,
    sku,
    fnsku,
    asin,
    gtin,
    '' as order_id,
    '' as shipment_id,
    -quantity as units,
    abs(unreconciled) as most_open,
    doubt
from lost
