-- one row per product of a removal order's parcel, with its destination and whether it arrived
with sent as (
    select
        p.account_id,
        p.order_id,
        p.tracking_number,
        p.shipped_on,
        p.sku,
        p.fnsku,
        min(p.marketplace) as marketplace,
        sum(p.quantity)::int as units,
        array_agg(p.row_id order by p.row_id) as row_ids
    from removal_shipment as p
    left join report_word as w
        on w.channel = 'amazon' and w.subject = 'removal_type' and w.word = derived.fold(p.order_type)
    where p.account_id = :account_id and w.meaning is distinct from 'disposed'
    group by p.account_id, p.order_id, p.tracking_number, p.shipped_on, p.sku, p.fnsku
),

ordered as (
    -- the order has a currency, so its marketplace is often known where the parcel's is not
    select
        o.account_id,
        o.order_id,
        case when count(distinct o.marketplace) = 1 then min(o.marketplace) end as marketplace
    from removal_order as o
    inner join marketplace as m on m.marketplace = o.marketplace and m.country <> ''
    where o.account_id = :account_id
    group by o.account_id, o.order_id
)

select
    s.account_id,
    s.order_id,
    s.tracking_number,
    s.shipped_on,
    s.sku,
    s.fnsku,
    case when m.country <> '' then s.marketplace else coalesce(o.marketplace, s.marketplace) end as marketplace,
    s.units,
    s.row_ids,
    -- the delivery file may name the parcel or the whole order
    coalesce(by_parcel.delivered_on, by_order.delivered_on) as delivered_on
from sent as s
inner join marketplace as m on m.marketplace = s.marketplace
left join ordered as o on o.account_id = s.account_id and o.order_id = s.order_id
left join shipment_delivery as by_parcel
    on by_parcel.account_id = s.account_id and by_parcel.shipment_id = s.tracking_number and s.tracking_number <> ''
left join shipment_delivery as by_order on by_order.account_id = s.account_id and by_order.shipment_id = s.order_id
