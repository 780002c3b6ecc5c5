-- one row per product of a shipment with fewer units received than sent, once the shipment is closed or its receiving period is
-- over
with short as (
    select
        l.*,
        coalesce(l.progress = 'closed', false) as is_closed,
        l.arrived_on + b.value::int as received_by,
        least(l.arrived_on + b.value::int, t.newest_on) as counted_until
    from shipment_line as l
    inner join detection_bound as b on b.bound = 'receiving_days' and b.marketplace = l.marketplace
    left join newest as t on t.account_id = l.account_id and t.channel = l.channel
    where
        l.account_id = :account_id
        and l.arrived_units < l.shipped_units
        -- the receiving period is over, as far as the reports reach: units still being received are no loss yet (greatest ignores
        -- nulls; without any date, the calendar decides)
        and (
            l.progress is not distinct from 'closed'
            or coalesce(l.arrived_on + b.value::int <= greatest(t.newest_on, l.exported_on), true)
        )
        -- it has arrived: by its status, or by a delivery or receipt
        and (
            l.progress in ('receiving', 'closed') or l.progress is distinct from 'not_sent' and l.arrived_on is not null
        )
),

unseen as (
    -- still being received according to a report older than the receiving period, without newer receipts
    select s.account_id, s.row_id, min(h.gap) as gap
    from short as s
    inner join marketplace as m on m.marketplace = s.marketplace
    inner join hole as h
        on
            h.account_id = s.account_id
            and h.channel = s.channel
            and h.report = 'ledger'
            and h.region = m.region
            and h.hole_from <= s.counted_until
            and h.hole_through >= s.arrived_on
    where not s.is_closed and coalesce(s.exported_on < s.counted_until, true)
    group by s.account_id, s.row_id
),

received as (
    select s.account_id, s.row_id, array_agg(e.row_id order by e.row_id) as row_ids
    from short as s
    inner join inventory_event as e
        on
            e.account_id = :account_id
            and e.account_id = s.account_id
            and e.channel = s.channel
            and case e.channel when 'amazon' then e.reference_id else e.shipment_id end = s.shipment_id
            and coalesce(nullif(e.fnsku, ''), nullif(derived.gtin(e.gtin), ''), e.sku) = s.product
            and lower(e.event_type) in ('receipts', 'receipt')
    group by s.account_id, s.row_id
)

select
    s.account_id,
    concat_ws(e'\x1f', channel, shipment_id, sku, fnsku, gtin) as item_key,
    s.row_id,
    s.row_ids as made_by,
    coalesce(r.row_ids, '{}') as reduced_by,
    channel,
    marketplace,
    arrived_on as event_on,
    coalesce(case when is_closed then arrived_on else received_by end, created_on, date '2000-01-01') as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    shipment_id,
    shipped_units - arrived_units as units,
    case
        when progress is null then 'shipment_state_unknown'
        when not is_counted then 'receipts_unknown'
        when progress = 'on_the_way' and first_receipt_on is null
            then 'delivery_contradicted'
        when delivered_on > first_receipt_on then 'delivery_after_receipt'
        when units_over > 0 then 'over_in_shipment'
        when is_behind then 'shipment_behind'
        when u.gap is not null then 'receipts_not_covered' || e'\x1f' || u.gap
        else ''
    end as doubt
from short as s
left join unseen as u on u.account_id = s.account_id and u.row_id = s.row_id
left join received as r on r.account_id = s.account_id and r.row_id = s.row_id
