-- one row per refund whose units came back damaged by the carrier or the marketplace, and one per order line for such units without
-- a refund
select
    account_id,
    concat_ws(e'\x1f', channel, order_key, sku, cause, noted_on, nullif(line, '')) as item_key,
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
        else 'refund_not_seen'
    end as doubt
from returned
where account_id = :account_id and category = 'return_carrier_damaged'
