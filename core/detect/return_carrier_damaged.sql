-- one row per return of units that the carrier or the marketplace damaged, and refund that it belongs to
select
    account_id,
    concat_ws('|', channel, order_key, sku, came_on, cause, noted_on) as item_key,
    row_id,
    made_by,
    array[]::uuid[] as reduced_by,
    channel,
    marketplace,
    currency,
    case cause when 'refund' then clock_on else came_on end as event_on,
    coalesce(noted_on, came_on) as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    order_id,
    '' as shipment_id,
    units,
    null::int as most_open,
    unit_value,
    case
        when doubt <> '' then doubt
        when cause = 'refund' then ''
        else 'No report shows a refund for the return, so its claim window is counted from the return.'
    end as doubt
from returned
where account_id = :account_id and category = 'return_carrier_damaged'
