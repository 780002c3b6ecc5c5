-- one row per adjustment that disposed of units, less units of an earlier disposal order, and less units that the marketplace had
-- damaged before: those are owed once, as damaged
with adjusted as (
    select a.*, coalesce(p.product, nullif(a.sku, ''), a.fnsku) as product, w.meaning as state
    from adjustment as a
    left join product_name as p
        on p.account_id = a.account_id and p.channel = 'amazon' and p.name = coalesce(nullif(a.sku, ''), a.fnsku)
    left join report_word as w
        on w.channel = 'amazon' and w.subject = 'disposition' and w.word = derived.fold(a.disposition)
    where a.account_id = :account_id and a.channel = 'amazon' and a.meaning in ('disposed', 'damaged')
),

worn as (
    -- disposals of damaged units matched with the damages, oldest first
    select
        *,
        greatest(
            sum(case when meaning = 'damaged' then quantity else -quantity end) over (
                partition by account_id, product order by event_on, meaning, row_id
            ),
            0
        ) as excess
    from adjusted
    where meaning = 'damaged' or state = 'damaged'
),

disposed as (
    select account_id, row_id, product, marketplace, event_on, -quantity as units
    from adjusted
    where meaning = 'disposed' and state is distinct from 'damaged'
    union all
    select account_id, row_id, product, marketplace, event_on, units
    from (
        select
            *,
            (max(excess) over until_it - coalesce(max(excess) over before_it, 0))::int as units
        from worn
        window
            until_it as (partition by account_id, product order by event_on, meaning, row_id),
            before_it as (
                partition by account_id, product order by event_on, meaning, row_id
                rows between unbounded preceding and 1 preceding
            )
    ) as not_damaged_here
    where meaning = 'disposed' and units > 0
),

place as (
    select distinct account_id, product, marketplace from disposed
),

step as (
    -- disposal orders come before disposals of the same day; undone disposals count as ordered. An order covers disposals in its
    -- own marketplace; an order of an unknown marketplace covers any
    select
        o.account_id,
        d.product,
        d.marketplace,
        o.requested_on as day,
        null::uuid as row_id,
        case
            when derived.fold(o.status) = 'completed' then coalesce(o.disposed_units, 0)
            else greatest(
                coalesce(o.disposed_units, 0), coalesce(o.requested_units, 0) - coalesce(o.cancelled_units, 0)
            )
        end as covered,
        0 as disposed
    from removal_order as o
    inner join marketplace as m on m.marketplace = o.marketplace
    left join product_name as p
        on p.account_id = o.account_id and p.channel = 'amazon' and p.name = coalesce(nullif(o.sku, ''), o.fnsku)
    inner join place as d
        on
            d.account_id = o.account_id
            and d.product = coalesce(p.product, nullif(o.sku, ''), o.fnsku)
            and (d.marketplace = o.marketplace or m.country = '')
    inner join report_word as w
        on
            w.channel = 'amazon'
            and w.subject = 'removal_type'
            and w.word = derived.fold(o.order_type)
            and w.meaning = 'disposed'
    where o.account_id = :account_id
    union all
    select
        e.account_id, coalesce(p.product, nullif(e.sku, ''), e.fnsku), e.marketplace, date '2000-01-01', null,
        e.quantity, 0
    from inventory_event as e
    inner join adjustment_reason as r
        on r.channel = e.channel and r.reason = derived.fold(e.reason) and r.meaning = 'disposed'
    left join product_name as p
        on p.account_id = e.account_id and p.channel = 'amazon' and p.name = coalesce(nullif(e.sku, ''), e.fnsku)
    where
        e.account_id = :account_id
        and e.channel = 'amazon'
        and lower(e.event_type) in ('adjustments', 'adjustment')
        and e.quantity > 0
    union all
    select account_id, product, marketplace, event_on, row_id, 0, units from disposed
),

so_far as (
    select
        account_id,
        product,
        marketplace,
        day,
        row_id,
        greatest(
            sum(disposed - covered) over (
                partition by account_id, product, marketplace order by day, row_id nulls first
            ),
            0
        ) as excess
    from step
),

uncovered as (
    -- an order covers later disposals only, so only a new maximum counts
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
    select u.account_id, u.row_id, min(h.gap) as gap
    from uncovered as u
    inner join marketplace as m on m.marketplace = u.marketplace
    inner join hole as h
        on
            h.account_id = u.account_id
            and h.channel = 'amazon'
            and h.report = 'removal_orders'
            and h.region = m.region
            and h.hole_from <= u.day
            and h.hole_through >= u.day - 90
    where u.row_id is not null and u.units > 0
    group by u.account_id, u.row_id
),

destroyed as (
    select
        a.account_id, a.row_id, a.channel, a.marketplace, a.event_on, a.sku, a.fnsku, a.asin, a.gtin,
        u.units::int as units,
        case
            when a.state is distinct from 'sellable' then 'unsellable_disposed'
            when n.gap is not null then 'removal_orders_not_covered' || e'\x1f' || n.gap
            else ''
        end as doubt
    from adjusted as a
    inner join uncovered as u on u.account_id = a.account_id and u.row_id = a.row_id and u.units > 0
    left join unseen as n on n.account_id = a.account_id and n.row_id = a.row_id
    union all
    select
        account_id, row_id, channel, marketplace, event_on, sku, fnsku, asin, gtin, -quantity, 'disposal_order_unknown'
    from adjustment
    where account_id = :account_id and channel = 'walmart' and meaning = 'disposed'
)

select
    account_id,
    row_id,
    channel,
    marketplace,
    event_on,
    sku,
    fnsku,
    asin,
    gtin,
    units,
    doubt
from destroyed
