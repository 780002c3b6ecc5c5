-- one row per thing in the reports that may explain units of the same goods that are open: its reason for Review with its parameters,
-- for how many units, of which categories, and for events of which days
with regraded as (
    -- units that left a damaged disposition and came into the sellable one on a day
    select
        e.account_id,
        e.marketplace,
        e.event_on,
        e.sku,
        e.fnsku,
        max(e.asin) as asin,
        least(
            sum(-e.quantity) filter (where derived.fold(e.reason) = 'q' and e.quantity < 0 and w.meaning = 'damaged'),
            sum(e.quantity) filter (where derived.fold(e.reason) = 'p' and e.quantity > 0 and w.meaning = 'sellable')
        ) as units,
        min(e.row_id::text)::uuid as row_id
    from inventory_event as e
    inner join report_word as w
        on w.channel = 'amazon' and w.subject = 'disposition' and w.word = derived.fold(e.disposition)
    where
        e.account_id = :account_id
        and e.channel = 'amazon'
        and lower(e.event_type) in ('adjustments', 'adjustment')
        and upper(e.reason) in ('P', 'Q')
    group by e.account_id, e.marketplace, e.event_on, e.sku, e.fnsku
)

select
    row_id,
    'sellable_again' || e'\x1f' || event_on as doubt,
    '' as surplus,
    array['inventory_damaged', 'shipment_damaged'] as categories,
    marketplace,
    event_on - 90 as from_on,
    event_on as through_on,
    event_on as happened_on,
    units::int as units,
    'amazon' as channel,
    sku,
    fnsku,
    asin,
    '' as gtin,
    '' as order_id,
    '' as shipment_id
from regraded
where units > 0
union all
select
    a.row_id,
    'found_damaged' || e'\x1f' || a.event_on,
    '',
    array['inventory_lost'],
    a.marketplace,
    a.event_on - 120,
    a.event_on,
    a.event_on,
    a.quantity,
    a.channel,
    a.sku,
    a.fnsku,
    a.asin,
    a.gtin,
    '',
    ''
from adjustment as a
inner join report_word as w
    on
        w.channel = a.channel
        and w.subject = 'disposition'
        and w.word = derived.fold(a.disposition)
        and w.meaning = 'damaged'
where a.account_id = :account_id and a.meaning = 'found' and a.quantity > 0
union all
select
    o.row_id,
    'awaits_removal' || e'\x1f' || o.requested_on,
    '',
    array['inventory_lost', 'inventory_damaged'],
    o.marketplace,
    o.requested_on,
    case when derived.fold(o.status) in ('completed', 'cancelled') then coalesce(o.updated_on, o.requested_on) else date '9999-12-31' end,
    o.requested_on,
    coalesce(o.requested_units, 0) - coalesce(o.cancelled_units, 0),
    'amazon',
    o.sku,
    o.fnsku,
    '',
    '',
    '',
    ''
from removal_order as o
inner join report_word as w
    on
        w.channel = 'amazon'
        and w.subject = 'removal_type'
        and w.word = derived.fold(o.order_type)
        and w.meaning = 'disposed'
where
    o.account_id = :account_id
    -- what is lost of unsellable goods is in Review anyway
    and derived.fold(o.disposition) in ('', 'sellable')
    and coalesce(o.requested_units, 0) > coalesce(o.cancelled_units, 0)
union all
select
    row_id,
    'over_in_other_shipment' || e'\x1f' || shipment_id,
    'receipts',
    array['shipment_lost'],
    marketplace,
    coalesce(arrived_on, created_on, date '2000-01-01') - 60,
    coalesce(arrived_on, created_on, date '2000-01-01') + 60,
    coalesce(arrived_on, created_on, date '2000-01-01'),
    arrived_units - shipped_units,
    channel,
    sku,
    fnsku,
    asin,
    gtin,
    '',
    ''
from shipment_line
where account_id = :account_id and arrived_units > shipped_units
