-- one row per product of a removal's parcel without a known delivery. Only the carrier knows whether it arrived, unless the
-- delivery file is stated to be whole for the expected days
with untold as (
    select distinct p.account_id, p.row_ids[1] as row_id
    from removal_parcel as p
    inner join marketplace as m on m.marketplace = p.marketplace
    inner join newest as n on n.account_id = p.account_id and n.channel = 'amazon'
    inner join detection_bound as b on b.bound = 'removal_days' and b.marketplace = p.marketplace
    inner join hole as h
        on
            h.account_id = p.account_id
            and h.channel = 'amazon'
            and h.report = 'deliveries'
            and h.region = m.region
            and h.hole_from <= least(p.shipped_on + b.value::int, n.newest_on)
            and h.hole_through >= p.shipped_on
)

select
    p.account_id,
    p.row_ids[1] as row_id,
    p.row_ids as made_by,
    'amazon' as channel,
    p.marketplace,
    p.shipped_on as event_on,
    p.sku,
    p.fnsku,
    p.order_id,
    p.tracking_number as shipment_id,
    p.units,
    case when u.row_id is null then '' else 'removal_arrival_unknown' end as doubt
from removal_parcel as p
left join untold as u on u.account_id = p.account_id and u.row_id = p.row_ids[1]
where p.account_id = :account_id and p.delivered_on is null and p.units > 0
