-- one row per order line and day of a replacement: its first units are due back
create view derived.sent_again with (security_invoker = true) as
select
    account_id,
    'amazon' as channel,
    marketplace,
    original_order_id as order_id,
    sku,
    max(asin) as asin,
    shipped_on,
    min(shipped_at) as shipped_at,
    shipped_on as noted_on,
    sum(quantity)::int as units,
    min(row_id::text)::uuid as row_id,
    array_agg(row_id order by row_id) as row_ids
from replacement
where quantity > 0 and not starts_with(original_order_id, 'S')
group by account_id, marketplace, original_order_id, sku, shipped_on
union all
-- Walmart reports that a line is to be replaced, not when the replacement was sent
select
    account_id,
    'walmart',
    marketplace,
    order_id,
    sku,
    '',
    null,
    null,
    requested_on,
    coalesce(nullif(quantity, 0), 1),
    row_id,
    array[row_id]
from return_order_line
where lower(return_type) = 'replacement' and requested_on is not null
