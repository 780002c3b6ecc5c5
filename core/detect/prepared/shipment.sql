-- one row per shipment to a marketplace that any report has: its state, its arrival, its receipts
with named as (
    select account_id, channel, shipment_id from inbound_item where account_id = :account_id
    union
    select account_id, channel, shipment_id from inbound_shipment where account_id = :account_id
    union
    select account_id, channel, shipment_id from receipt where account_id = :account_id
),

brought_in as (
    select
        account_id,
        channel,
        shipment_id,
        case when count(distinct marketplace) = 1 then min(marketplace) end as marketplace,
        sum(units)::int as units,
        min(first_on) as first_on
    from receipt
    where account_id = :account_id
    group by account_id, channel, shipment_id
)

select
    n.account_id,
    n.channel,
    n.shipment_id,
    s.row_id,
    d.row_id as delivery_row_id,
    coalesce(b.marketplace, w.marketplace) as marketplace,
    k.meaning as progress,
    d.delivered_on,
    b.first_on as first_receipt_on,
    -- the tracked delivery; without one the first receipt, which is hours or a few days later
    coalesce(d.delivered_on, b.first_on) as arrived_on,
    coalesce(b.units, 0) as units_in_receipts,
    s.received_units,
    s.created_on
from named as n
left join inbound_shipment as s
    on
        s.account_id = :account_id
        and s.account_id = n.account_id
        and s.channel = n.channel
        and s.shipment_id = n.shipment_id
left join report_word as k
    on k.channel = n.channel and k.subject = 'shipment_status' and k.word = derived.fold(s.status)
left join shipment_delivery as d
    on d.account_id = :account_id and d.account_id = n.account_id and d.shipment_id = n.shipment_id
left join brought_in as b
    on b.account_id = n.account_id and b.channel = n.channel and b.shipment_id = n.shipment_id
left join warehouse as w
    on w.account_id = n.account_id and w.channel = n.channel and w.fulfilment_center = s.fulfilment_center
