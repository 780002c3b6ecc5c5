-- one row per account, channel and warehouse with receipts: its marketplace, null where the receipts name several. Used only where a
-- shipment names none
create view derived.warehouse with (security_invoker = true) as
select
    e.account_id,
    e.channel,
    e.fulfilment_center,
    case when count(distinct e.marketplace) = 1 then min(e.marketplace) end as marketplace
from inventory_event as e
inner join marketplace as m on m.marketplace = e.marketplace and m.country <> ''
where
    lower(e.event_type) in ('receipts', 'receipt')
    and e.fulfilment_center <> ''
    and exists (
        select 1
        from inbound_item as i
        inner join marketplace as u on u.marketplace = i.marketplace and u.country = ''
        where i.account_id = e.account_id
    )
group by e.account_id, e.channel, e.fulfilment_center
