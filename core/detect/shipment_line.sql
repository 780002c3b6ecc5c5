-- one row per product of a shipment to a marketplace, with the units sent and all that any report counts as arrived
with counted as (
    select
        i.account_id,
        i.channel,
        i.row_id,
        i.marketplace,
        i.shipment_id,
        coalesce(nullif(i.fnsku, ''), nullif(i.gtin, ''), i.sku) as product,
        i.sku,
        i.fnsku,
        i.gtin,
        i.shipped_units,
        coalesce(i.damaged_units, 0) as damaged_units,
        r.asin,
        coalesce(r.units, 0) as units_in_receipts,
        i.received_units is not null or r.units is not null as is_counted,
        -- the newer of two reports says more; both say at least what they say
        greatest(coalesce(i.received_units, 0) + coalesce(i.damaged_units, 0), coalesce(r.units, 0)) as arrived_units,
        f.exported_on
    from inbound_item as i
    inner join source_file as f on f.account_id = i.account_id and f.file_id = i.file_id
    left join receipt as r
        on
            r.account_id = i.account_id
            and r.channel = i.channel
            and r.shipment_id = i.shipment_id
            and r.product = coalesce(nullif(i.fnsku, ''), nullif(i.gtin, ''), i.sku)
    where i.account_id = :account_id
)

select
    c.account_id,
    c.channel,
    c.row_id,
    case when m.country <> '' then c.marketplace else coalesce(s.marketplace, c.marketplace) end as marketplace,
    c.shipment_id,
    c.product,
    c.sku,
    c.fnsku,
    coalesce(c.asin, '') as asin,
    c.gtin,
    c.shipped_units,
    c.damaged_units,
    c.is_counted,
    c.arrived_units,
    s.progress,
    s.delivered_on,
    s.first_receipt_on,
    s.arrived_on,
    s.created_on,
    c.exported_on,
    array_remove(array[c.row_id, s.row_id, s.delivery_row_id], null) as row_ids,
    -- units that arrived beyond what was sent of them: of other products of the shipment, or of none that it lists
    sum(greatest(c.arrived_units - c.shipped_units, 0)) over each_shipment
    + greatest(s.units_in_receipts - sum(c.units_in_receipts) over each_shipment, 0) as units_over,
    coalesce(s.received_units > sum(c.arrived_units) over each_shipment, false) as is_behind
from counted as c
inner join marketplace as m on m.marketplace = c.marketplace
inner join shipment as s
    on s.account_id = c.account_id and s.channel = c.channel and s.shipment_id = c.shipment_id
window each_shipment as (partition by c.account_id, c.channel, c.shipment_id)
