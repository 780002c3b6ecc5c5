-- one row per replacement order, with the original order
create view derived.replaced_order with (security_invoker = true) as
with again as not materialized (
    select account_id, 'amazon' as channel, replacement_order_id, original_order_id
    from replacement
    union all
    select account_id, 'walmart', replacement_order_id, order_id
    from return_order_line
)

select
    r.account_id,
    r.channel,
    r.replacement_order_id as order_id,
    -- a replacement may itself have been replaced
    min(coalesce(f.original_order_id, r.original_order_id)) as order_key
from again as r
left join again as f
    on
        f.account_id = r.account_id
        and f.channel = r.channel
        and f.replacement_order_id = r.original_order_id
        and f.original_order_id <> r.replacement_order_id
where r.replacement_order_id not in ('', r.original_order_id)
group by r.account_id, r.channel, r.replacement_order_id
