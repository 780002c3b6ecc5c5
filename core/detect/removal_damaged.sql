-- one row per product of a removal that came back damaged, as the team's case file says: no report of Amazon's does
with told as (
    select
        e.account_id,
        e.order_id,
        e.sku,
        e.fnsku,
        e.marketplace,
        sum(e.claimed_units)::int as units,
        min(e.opened_on) as opened_on,
        array_agg(e.row_id order by e.opened_on, e.row_id) as row_ids
    from case_entry as e
    inner join marketplace as m on m.marketplace = e.marketplace and m.channel = 'amazon'
    where e.account_id = :account_id and e.category = 'removal_damaged' and e.claimed_units > 0
    group by e.account_id, e.order_id, e.sku, e.fnsku, e.marketplace
),

arrived as (
    select account_id, order_id, sku, min(fnsku) as fnsku, max(delivered_on) as delivered_on
    from removal_parcel
    where account_id = :account_id
    group by account_id, order_id, sku
)

select
    t.account_id,
    concat_ws(e'\x1f', t.marketplace, t.order_id, t.sku, t.fnsku) as item_key,
    t.row_ids[1] as row_id,
    t.row_ids as made_by,
    array[]::uuid[] as reduced_by,
    'amazon' as channel,
    t.marketplace,
    '' as currency,
    a.delivered_on as event_on,
    least(a.delivered_on, t.opened_on) as noted_on,
    t.sku,
    coalesce(nullif(t.fnsku, ''), a.fnsku, '') as fnsku,
    '' as asin,
    '' as gtin,
    t.order_id,
    '' as shipment_id,
    t.units,
    null::int as most_open,
    null::numeric as unit_value,
    '' as doubt
from told as t
left join arrived as a on a.account_id = t.account_id and a.order_id = t.order_id and a.sku = t.sku
