-- one row per adjustment by which units were reported damaged in the warehouse; the P twin that follows is no adjustment of ours
with damaged as (
    select *
    from adjustment
    where account_id = :account_id and meaning = 'damaged'
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
    -- reports that do not track the reconciliation of damages leave both quantities at 0
    case when reconciled + abs(unreconciled) = -quantity then abs(unreconciled) end as most_open,
    null::numeric as unit_value,
    doubt
from damaged
