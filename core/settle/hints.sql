-- one row per report entry that may explain open units of the same goods: its reason for Review with parameters, its units, the
-- categories and the days of the events that it may explain
with regraded as (
    -- units that moved from a damaged to the sellable disposition on a day
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
),

back as (
    -- returns of an order, matched in order: the first unit due back is the first unit returned
    select
        b.*,
        coalesce(m.marketplace, o.marketplace) as known_marketplace,
        sum(b.units) over (
            partition by b.account_id, b.channel, b.order_key, b.sku order by b.came_on, b.row_id
        ) as units_so_far
    from derived.unit_back as b
    left join marketplace as m on m.marketplace = b.marketplace and m.country <> ''
    left join (
        select account_id, order_id, min(marketplace) as marketplace
        from order_line
        where account_id = :account_id
        group by account_id, order_id
    ) as o on o.account_id = b.account_id and b.channel = 'amazon' and o.order_id = b.order_id
    where b.account_id = :account_id and not b.is_kept
),

due_back as (
    select
        account_id,
        channel,
        order_key,
        sku,
        sum(units) as units,
        count(*) filter (where cause = 'refund') as refunds
    from due
    where account_id = :account_id
    group by account_id, channel, order_key, sku
),

refunds as (
    select account_id, channel, first_order as order_key, sku, count(*) as refunds
    from refunded
    where account_id = :account_id
    group by account_id, channel, first_order, sku
),

returned_over as (
    -- units returned without anything due for them, unless a refund of the line was excluded as small or reversed. A refund may
    -- come 120 days before the return or 45 days after it: where refunds or replacements are not covered on any of these days, the
    -- refund may exist, and the units are no surplus
    select
        b.*,
        least(b.units, b.units_so_far - coalesce(d.units, 0)) as units_over,
        coalesce(p.region, '') as region,
        coalesce(p.currency, '') as currency
    from back as b
    left join marketplace as p on p.marketplace = b.known_marketplace
    left join due_back as d
        on d.account_id = b.account_id and d.channel = b.channel and d.order_key = b.order_key and d.sku = b.sku
    left join refunds as r
        on r.account_id = b.account_id and r.channel = b.channel and r.order_key = b.order_key and r.sku = b.sku
    where
        not b.is_damaged
        and b.units_so_far > coalesce(d.units, 0)
        and coalesce(r.refunds, 0) = coalesce(d.refunds, 0)
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
    case
        when derived.fold(o.status) in ('completed', 'cancelled') then coalesce(o.updated_on, o.requested_on) else
            date '9999-12-31'
    end,
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
    -- losses of unsellable goods are in Review anyway
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
union all
-- these explain no open unit: units of the order that did not return are in Review for it already
select
    o.row_id,
    'sibling_back',
    'returns',
    array[]::text[],
    coalesce(o.known_marketplace, upper(o.channel) || '_UNASSIGNED'),
    o.came_on,
    o.came_on,
    o.came_on,
    o.units_over::int,
    o.channel,
    o.sku,
    o.fnsku,
    o.asin,
    '',
    o.order_id,
    ''
from returned_over as o
where
    not exists (
        select 1
        from hole as h
        where
            h.account_id = o.account_id
            and h.channel = o.channel
            and h.report in ('settlements', 'replacements')
            and (o.region = '' or (h.region = o.region and h.currency in ('', o.currency)))
            and h.hole_from <= o.came_on + 45
            and h.hole_through >= o.came_on - 120
    )
