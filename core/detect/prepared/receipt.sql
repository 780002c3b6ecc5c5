-- one row per product received with a shipment, from Amazon's ledger or Walmart's inventory log; only for shipments that another
-- report has, or that brought in unsellable units
with named as (
    select channel, shipment_id from inbound_item where account_id = :account_id
    union
    select channel, shipment_id from inbound_shipment where account_id = :account_id
    union
    select channel, case channel when 'amazon' then reference_id else shipment_id end
    from inventory_event
    where
        account_id = :account_id
        and lower(event_type) in ('receipts', 'receipt')
        and lower(disposition) <> 'sellable'
),

received as (
    -- summed before words are compared: receipts are many
    select
        e.account_id,
        n.channel,
        n.shipment_id,
        coalesce(nullif(e.fnsku, ''), nullif(derived.gtin(e.gtin), ''), e.sku) as product,
        e.marketplace,
        e.disposition,
        max(e.sku) as sku,
        max(e.fnsku) as fnsku,
        max(e.asin) as asin,
        max(e.gtin) as gtin,
        sum(e.quantity) as units,
        min(e.event_on) filter (where e.quantity > 0) as first_on
    from named as n
    inner join inventory_event as e
        on
            e.account_id = :account_id
            and lower(e.event_type) in ('receipts', 'receipt')
            and case e.channel when 'amazon' then e.reference_id else e.shipment_id end = n.shipment_id
            and e.channel = n.channel
    where n.shipment_id <> ''
    group by
        e.account_id,
        n.channel,
        n.shipment_id,
        coalesce(nullif(e.fnsku, ''), nullif(derived.gtin(e.gtin), ''), e.sku),
        e.marketplace,
        e.disposition
)

select
    r.account_id,
    r.channel,
    r.shipment_id,
    r.product,
    max(r.sku) as sku,
    max(r.fnsku) as fnsku,
    max(r.asin) as asin,
    max(r.gtin) as gtin,
    case
        when count(distinct r.marketplace) filter (where m.country <> '') = 1
            then min(r.marketplace) filter (where m.country <> '')
    end as marketplace,
    sum(r.units)::int as units,
    coalesce(sum(r.units) filter (where w.meaning = 'damaged'), 0)::int as units_damaged,
    min(r.first_on) as first_on
from received as r
inner join marketplace as m on m.marketplace = r.marketplace
left join report_word as w
    on w.channel = r.channel and w.subject = 'disposition' and w.word = derived.fold(r.disposition)
group by r.account_id, r.channel, r.shipment_id, r.product
