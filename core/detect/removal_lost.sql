-- one row per product of a removal's parcel of which no delivery is known
with parcel as (
    select p.*, t.newest_on
    from removal_parcel as p
    left join derived.data_through as t on t.account_id = p.account_id and t.channel = 'amazon'
    where p.account_id = :account_id
),

noted as (
    -- the time for which deliveries of removals are written down at all
    select account_id, min(shipped_on) as since, max(delivered_on) as through
    from parcel
    where delivered_on is not null
    group by account_id
)

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
    case
        -- a parcel that is missing among others that arrived is lost; where nobody writes deliveries down, none is missing
        when p.shipped_on >= n.since and n.through >= p.shipped_on + b.value::int then ''
        when p.shipped_on >= n.since and n.through + b.value::int >= p.newest_on then ''
        else 'No report says whether the removal arrived.'
    end as doubt
from parcel as p
inner join detection_bound as b on b.bound = 'removal_days' and b.marketplace = p.marketplace
left join noted as n on n.account_id = p.account_id
where p.delivered_on is null and p.units > 0
