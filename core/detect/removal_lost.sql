-- one row per product of a removal's parcel of which no delivery is known
select
    p.account_id,
    concat_ws(e'\x1f', p.order_id, p.tracking_number, p.shipped_on, p.sku, p.fnsku) as item_key,
    p.row_ids[1] as row_id,
    p.row_ids as made_by,
    array[]::uuid[] as reduced_by,
    'amazon' as channel,
    p.marketplace,
    '' as currency,
    p.shipped_on as event_on,
    p.shipped_on as noted_on,
    p.sku,
    p.fnsku,
    '' as asin,
    '' as gtin,
    p.order_id,
    p.tracking_number as shipment_id,
    p.units,
    null::int as most_open,
    null::numeric as unit_value,
    -- nobody but a carrier knows, and a delivery file holds what somebody wrote down
    'No report says whether the removal arrived.' as doubt
from removal_parcel as p
where p.account_id = :account_id and p.delivered_on is null and p.units > 0
