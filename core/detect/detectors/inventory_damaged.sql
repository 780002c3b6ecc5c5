-- one row per adjustment that booked units as damaged in the warehouse; its P twin is excluded
with damaged as (
    select *
    from adjustment
    where account_id = :account_id and meaning = 'damaged'
),

received as (
    -- code 6: units received damaged by the carrier are the same units
    select d.account_id, d.row_id, max(r.first_on) as received_on
    from damaged as d
    inner join receipt as r
        on
            r.account_id = d.account_id
            and r.channel = d.channel
            and r.product = coalesce(nullif(d.fnsku, ''), nullif(derived.gtin(d.gtin), ''), d.sku)
            and r.units_damaged > 0
            and d.event_on between r.first_on and r.first_on + 45
    where d.channel = 'walmart' or d.reason = '6'
    group by d.account_id, d.row_id
)

select
    d.account_id,
    d.row_id,
    d.channel,
    d.marketplace,
    d.event_on,
    d.sku,
    d.fnsku,
    d.asin,
    d.gtin,
    -d.quantity as units,
    -- reports that do not track the reconciliation of damages leave both quantities at 0
    case when d.reconciled + abs(d.unreconciled) = -d.quantity then abs(d.unreconciled) end as most_open,
    case
        when d.doubt <> '' then d.doubt
        when r.row_id is not null then concat_ws(e'\x1f', 'same_unit_elsewhere', 'shipment_damaged', r.received_on)
        else ''
    end as doubt
from damaged as d
left join received as r on r.account_id = d.account_id and r.row_id = d.row_id
