-- one row per adjustment that booked units as found, or took a find back (negative). Units found damaged settle no loss: the
-- marketplace still owes them
select
    a.row_id,
    a.marketplace,
    a.event_on as found_on,
    a.quantity as units,
    upper(a.reason) = 'N' as is_transfer,
    a.channel,
    a.sku,
    a.fnsku,
    a.asin,
    a.gtin,
    '' as order_id,
    '' as shipment_id
from adjustment as a
left join report_word as w
    on w.channel = a.channel and w.subject = 'disposition' and w.word = derived.fold(a.disposition)
where a.account_id = :account_id and a.meaning = 'found' and w.meaning is distinct from 'damaged'
