-- one row per refund whose units came back after the customer's last day to return them, or damaged by the carrier or the
-- marketplace; and one per order line for damaged units without a refund
select
    account_id,
    category,
    concat_ws(
        e'\x1f',
        channel, order_key, sku, case category when 'return_carrier_damaged' then cause end, noted_on, nullif(line, '')
    ) as item_key,
    row_id,
    made_by,
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
    units,
    unit_value,
    case when doubt = '' and cause <> 'refund' then 'refund_not_seen' else doubt end as doubt
from returned
where account_id = :account_id and category in ('return_delayed', 'return_carrier_damaged')
