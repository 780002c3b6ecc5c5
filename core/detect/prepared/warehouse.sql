-- one row per warehouse with receipts: its marketplace, null where the receipts name several; used only where a shipment names none.
-- Of the whole account: of `public`, also where a detection reads only some groups
select
    e.account_id,
    e.channel,
    e.fulfilment_center,
    case when count(distinct e.marketplace) = 1 then min(e.marketplace) end as marketplace
from public.inventory_event as e
inner join marketplace as m on m.marketplace = e.marketplace and m.country <> ''
where
    e.account_id = :account_id
    and lower(e.event_type) in ('receipts', 'receipt')
    and e.fulfilment_center <> ''
    and exists (
        select 1
        from public.inbound_item as i
        inner join marketplace as u on u.marketplace = i.marketplace and u.country = ''
        where i.account_id = :account_id
    )
group by e.account_id, e.channel, e.fulfilment_center
