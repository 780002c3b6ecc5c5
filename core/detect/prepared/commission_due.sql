-- one row per order line with an Amazon commission and a previewed rate: the commission that was due
with taken as (
    select
        s.*,
        s.principal + s.shipping + s.gift_wrap - s.promotion + case when t.value = 1 then s.tax else 0 end as base,
        coalesce(l.value, 0) * s.units as least_fee
    from charged as s
    left join detection_bound as t on t.bound = 'price_includes_tax' and t.marketplace = s.marketplace
    left join detection_bound as l on l.bound = 'minimum_referral_fee' and l.marketplace = s.marketplace
    where s.account_id = :account_id and s.channel = 'amazon' and s.commission > 0 and s.units > 0
)

select distinct on (c.account_id, c.currency, c.order_key, c.order_line, c.sku)
    c.account_id,
    c.marketplace,
    c.currency,
    c.order_key,
    c.order_id,
    c.order_line,
    c.sku,
    p.fnsku,
    p.asin,
    c.principal,
    c.commission,
    c.commission_on,
    c.commission_row_id,
    c.row_ids,
    p.row_id as preview_row_id,
    c.base / c.units as unit_price,
    greatest(round(p.rate * c.base / p.smallest) * p.smallest, c.least_fee) as due,
    p.smallest * c.units + p.rate_error * c.base as tolerance,
    p.price as previewed_price,
    p.is_flat,
    p.is_unassigned as is_of_unknown_marketplace,
    p.previewed_on,
    min(p.rate) over each_line < p.rate - 0.001 - p.rate_error as is_contradicted
from taken as c
inner join previewed_rate as p
    on
        p.account_id = :account_id
        and p.account_id = c.account_id
        and p.sku = c.sku
        and p.currency = c.currency
        and (p.marketplace = c.marketplace or p.is_unassigned)
        and (p.next_before < c.commission_on) is not false
        and (p.next_after > c.commission_on) is not false
where c.base > 0
window each_line as (partition by c.account_id, c.currency, c.order_key, c.order_line, c.sku)
-- where previews differ, use the one with the smallest difference
order by
    c.account_id, c.currency, c.order_key, c.order_line, c.sku, p.rate desc, p.previewed_on desc nulls last, p.row_id
