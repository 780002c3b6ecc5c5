-- one row per product of a removal that arrived damaged, according to the team's case file: no Amazon report has it. Units denied
-- and claimed again are the same units
with told as (
    select
        e.account_id,
        e.order_id,
        e.marketplace,
        coalesce(p.product, nullif(e.sku, ''), e.fnsku) as product,
        e.sku,
        e.fnsku,
        e.claimed_units,
        e.opened_on,
        case when e.decision = 'denied' then coalesce(e.decided_on, e.closed_on, e.opened_on) end as denied_on,
        e.row_id
    from case_entry as e
    inner join marketplace as m on m.marketplace = e.marketplace and m.channel = 'amazon'
    left join product_name as p
        on p.account_id = e.account_id and p.channel = 'amazon' and p.name = coalesce(nullif(e.sku, ''), e.fnsku)
    where e.account_id = :account_id and e.category = 'removal_damaged' and e.claimed_units > 0
),

at_once as (
    -- the units claimed up to each case, less units denied before it
    select t.account_id, t.order_id, t.marketplace, t.product, t.row_id, sum(b.claimed_units)::int as units
    from told as t
    inner join told as b
        on
            b.account_id = t.account_id
            and b.order_id = t.order_id
            and b.marketplace = t.marketplace
            and b.product = t.product
            and (b.opened_on, b.row_id) <= (t.opened_on, t.row_id)
            and (b.row_id = t.row_id or (b.denied_on <= t.opened_on) is not true)
    group by t.account_id, t.order_id, t.marketplace, t.product, t.row_id
),

claimed as (
    select
        t.account_id,
        t.order_id,
        t.marketplace,
        t.product,
        max(t.sku) as sku,
        max(t.fnsku) as fnsku,
        max(o.units) as units,
        min(t.opened_on) as opened_on,
        array_agg(t.row_id order by t.opened_on, t.row_id) as row_ids
    from told as t
    inner join at_once as o on o.account_id = t.account_id and o.row_id = t.row_id
    group by t.account_id, t.order_id, t.marketplace, t.product
),

arrived as (
    select
        r.account_id,
        r.order_id,
        coalesce(p.product, nullif(r.sku, ''), r.fnsku) as product,
        min(r.fnsku) as fnsku,
        max(r.delivered_on) as delivered_on
    from removal_parcel as r
    left join product_name as p
        on p.account_id = r.account_id and p.channel = 'amazon' and p.name = coalesce(nullif(r.sku, ''), r.fnsku)
    where r.account_id = :account_id
    group by r.account_id, r.order_id, coalesce(p.product, nullif(r.sku, ''), r.fnsku)
)

select
    c.account_id,
    concat_ws(e'\x1f', c.marketplace, c.order_id, c.sku, c.fnsku) as item_key,
    c.row_ids[1] as row_id,
    c.row_ids as made_by,
    'amazon' as channel,
    c.marketplace,
    a.delivered_on as event_on,
    least(a.delivered_on, c.opened_on) as noted_on,
    c.sku,
    coalesce(nullif(c.fnsku, ''), a.fnsku, '') as fnsku,
    c.order_id,
    c.units
from claimed as c
left join arrived as a on a.account_id = c.account_id and a.order_id = c.order_id and a.product = c.product
