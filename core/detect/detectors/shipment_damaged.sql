-- one row per product of a shipment with units received damaged
with damaged as (
    -- Amazon: receipts that the ledger books as damaged by the warehouse or the carrier
    select
        r.account_id,
        r.channel,
        r.shipment_id,
        coalesce(r.marketplace, 'AMAZON_UNASSIGNED') as marketplace,
        r.sku,
        r.fnsku,
        r.asin,
        r.gtin,
        r.units_damaged,
        array_agg(e.row_id order by e.row_id) as row_ids
    from receipt as r
    inner join inventory_event as e
        on
            e.account_id = :account_id
            and e.account_id = r.account_id
            and e.channel = r.channel
            and case e.channel when 'amazon' then e.reference_id else e.shipment_id end = r.shipment_id
            and coalesce(nullif(e.fnsku, ''), nullif(derived.gtin(e.gtin), ''), e.sku) = r.product
            and lower(e.event_type) in ('receipts', 'receipt')
    inner join report_word as w
        on
            w.channel = e.channel
            and w.subject = 'disposition'
            and w.word = derived.fold(e.disposition)
            and w.meaning = 'damaged'
    where r.account_id = :account_id and r.channel = 'amazon' and r.units_damaged > 0
    group by
        r.account_id, r.channel, r.shipment_id, r.marketplace, r.sku, r.fnsku, r.asin, r.gtin, r.units_damaged
    union all
    -- Walmart: the damaged quantity of the shipment's lines
    select
        l.account_id,
        l.channel,
        l.shipment_id,
        l.marketplace,
        l.sku,
        l.fnsku,
        l.asin,
        l.gtin,
        l.damaged_units,
        array[l.row_id]
    from shipment_line as l
    where l.account_id = :account_id and l.channel = 'walmart' and l.damaged_units > 0
)

select
    d.account_id,
    concat_ws(e'\x1f', d.channel, d.shipment_id, d.sku, d.fnsku, d.gtin) as item_key,
    d.row_ids[1] as row_id,
    d.row_ids || array_remove(array[s.row_id, s.delivery_row_id], null) as made_by,
    d.channel,
    d.marketplace,
    s.arrived_on as event_on,
    coalesce(s.arrived_on, s.created_on, date '2000-01-01') as noted_on,
    d.sku,
    d.fnsku,
    d.asin,
    d.gtin,
    d.shipment_id,
    d.units_damaged as units,
    case
        when s.delivered_on > s.first_receipt_on then 'delivery_after_receipt'
        else ''
    end as doubt
from damaged as d
inner join shipment as s
    on s.account_id = d.account_id and s.channel = d.channel and s.shipment_id = d.shipment_id
where s.progress is distinct from 'not_sent'
