-- one row per adjustment by which units were found again
select
    row_id,
    marketplace,
    event_on as found_on,
    quantity as units,
    upper(reason) = 'N' as is_transfer,
    channel,
    sku,
    fnsku,
    asin,
    gtin,
    '' as order_id,
    '' as shipment_id
from adjustment
where account_id = :account_id and meaning = 'found'
