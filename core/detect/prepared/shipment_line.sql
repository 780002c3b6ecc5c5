-- one row per product of a shipment to a marketplace, with the units sent and the units received according to any report
with told as (
    select
        i.account_id,
        i.channel,
        i.row_id,
        i.marketplace,
        i.shipment_id,
        coalesce(nullif(i.fnsku, ''), nullif(derived.gtin(i.gtin), ''), i.sku) as product,
        i.sku,
        i.fnsku,
        i.gtin,
        i.shipped_units,
        coalesce(i.damaged_units, 0) as damaged_units,
        coalesce(i.received_units, 0) + coalesce(i.damaged_units, 0) as units_in_items,
        i.received_units,
        f.exported_on
    from inbound_item as i
    inner join source_file as f on f.account_id = i.account_id and f.file_id = i.file_id
    where i.account_id = :account_id
),

beside as (
    -- receipts beyond the lines' own counts are shared among the product's lines: each gets its shortfall, in turn
    select
        t.*,
        r.asin,
        r.units,
        coalesce(r.units, 0) - sum(t.units_in_items) over of_product as units_beyond,
        greatest(t.shipped_units - t.units_in_items, 0) as lacking,
        coalesce(sum(greatest(t.shipped_units - t.units_in_items, 0)) over (
            of_product order by t.sku, t.row_id rows between unbounded preceding and 1 preceding
        ), 0) as lacking_before,
        row_number() over (of_product order by t.sku desc, t.row_id desc) = 1 as is_last
    from told as t
    left join receipt as r
        on
            r.account_id = t.account_id
            and r.channel = t.channel
            and r.shipment_id = t.shipment_id
            and r.product = t.product
    window of_product as (partition by t.account_id, t.channel, t.shipment_id, t.product)
),

counted as (
    select
        *,
        case when is_last then coalesce(units, 0) else 0 end as units_in_receipts,
        received_units is not null or units is not null as is_counted,
        -- both reports are lower bounds; the newer one may count more
        units_in_items + greatest(
            case
                when is_last then units_beyond - lacking_before
                else least(lacking, units_beyond - lacking_before)
            end,
            0
        ) as arrived_units
    from beside
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
    -- units received beyond those sent: of other products of the shipment, or of products that it does not list
    sum(greatest(c.arrived_units - c.shipped_units, 0)) over each_shipment
    + greatest(s.units_in_receipts - sum(c.units_in_receipts) over each_shipment, 0) as units_over,
    coalesce(s.received_units > sum(c.arrived_units) over each_shipment, false) as is_behind
from counted as c
inner join marketplace as m on m.marketplace = c.marketplace
inner join shipment as s
    on s.account_id = c.account_id and s.channel = c.channel and s.shipment_id = c.shipment_id
window each_shipment as (partition by c.account_id, c.channel, c.shipment_id)
