-- one row per adjustment by which units were disposed of, as far as no disposal order from before it covers them
with disposed as (
    select distinct a.account_id, coalesce(nullif(a.fnsku, ''), a.sku) as product, a.marketplace
    from adjustment as a
    where a.account_id = :account_id and a.channel = 'amazon' and a.meaning = 'disposed'
),

step as (
    -- orders to dispose come before disposals of the same day; disposals that were undone count as ordered. An order covers
    -- what is disposed of in its own marketplace, one whose marketplace is not known in any
    select
        o.account_id,
        coalesce(nullif(o.fnsku, ''), o.sku) as product,
        d.marketplace,
        o.requested_on as day,
        null::uuid as row_id,
        case
            when derived.fold(o.status) = 'completed' then coalesce(o.disposed_units, 0)
            else greatest(coalesce(o.disposed_units, 0), coalesce(o.requested_units, 0) - coalesce(o.cancelled_units, 0))
        end as covered,
        0 as disposed
    from removal_order as o
    inner join marketplace as m on m.marketplace = o.marketplace
    inner join disposed as d
        on
            d.account_id = o.account_id
            and d.product = coalesce(nullif(o.fnsku, ''), o.sku)
            and (d.marketplace = o.marketplace or m.country = '')
    inner join report_word as w
        on
            w.channel = 'amazon'
            and w.subject = 'removal_type'
            and w.word = derived.fold(o.order_type)
            and w.meaning = 'disposed'
    where o.account_id = :account_id
    union all
    select e.account_id, coalesce(nullif(e.fnsku, ''), e.sku), e.marketplace, date '2000-01-01', null, e.quantity, 0
    from inventory_event as e
    inner join adjustment_reason as r
        on r.channel = e.channel and r.reason = derived.fold(e.reason) and r.meaning = 'disposed'
    where
        e.account_id = :account_id
        and e.channel = 'amazon'
        and lower(e.event_type) in ('adjustments', 'adjustment')
        and e.quantity > 0
    union all
    select a.account_id, coalesce(nullif(a.fnsku, ''), a.sku), a.marketplace, a.event_on, a.row_id, 0, -a.quantity
    from adjustment as a
    where a.account_id = :account_id and a.channel = 'amazon' and a.meaning = 'disposed'
),

so_far as (
    select
        account_id,
        product,
        marketplace,
        day,
        row_id,
        greatest(
            sum(disposed - covered) over (partition by account_id, product, marketplace order by day, row_id nulls first), 0
        ) as excess
    from step
),

uncovered as (
    -- what was ordered covers what is disposed of later and never what was disposed of before, so only a new peak counts
    select
        *,
        max(excess) over until_it - coalesce(max(excess) over before_it, 0) as units
    from so_far
    window
        until_it as (partition by account_id, product, marketplace order by day, row_id nulls first),
        before_it as (
            partition by account_id, product, marketplace order by day, row_id nulls first
            rows between unbounded preceding and 1 preceding
        )
),

unseen as (
    select u.account_id, u.row_id, min(h.saying) as saying
    from uncovered as u
    inner join derived.hole as h
        on
            h.account_id = :account_id
            and h.account_id = u.account_id
            and h.channel = 'amazon'
            and h.report = 'removal_orders'
            and h.hole_from <= u.day
            and h.hole_through >= u.day - 90
    where u.row_id is not null and u.units > 0
    group by u.account_id, u.row_id
),

destroyed as (
    select
        a.*,
        u.units::int as units,
        case
            when w.meaning is distinct from 'sellable'
                then 'The units were unsellable: Amazon may have paid for them before, or may dispose of them unasked.'
            when n.saying is not null then n.saying || ', so that an order to dispose of the units may be missing.'
            else ''
        end as why
    from adjustment as a
    inner join uncovered as u on u.account_id = a.account_id and u.row_id = a.row_id and u.units > 0
    left join report_word as w
        on w.channel = 'amazon' and w.subject = 'disposition' and w.word = derived.fold(a.disposition)
    left join unseen as n on n.account_id = a.account_id and n.row_id = a.row_id
    where a.account_id = :account_id and a.meaning = 'disposed'
    union all
    select a.*, -a.quantity, 'No report of Walmart says who asked to dispose of the units.'
    from adjustment as a
    where a.account_id = :account_id and a.channel = 'walmart' and a.meaning = 'disposed'
)

select
    account_id,
    row_id::text as item_key,
    row_id,
    array[row_id] as made_by,
    array[]::uuid[] as reduced_by,
    channel,
    marketplace,
    '' as currency,
    event_on,
    event_on as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    '' as order_id,
    '' as shipment_id,
    units,
    null::int as most_open,
    null::numeric as unit_value,
    why as doubt
from destroyed
