-- one row per report row of goods that came back under an order or its replacement, or that the customer was let keep
create view derived.unit_back with (security_invoker = true) as
select
    c.account_id,
    'amazon' as channel,
    coalesce(o.order_key, c.order_id) as order_key,
    c.order_id,
    c.marketplace,
    c.sku,
    c.fnsku,
    c.asin,
    c.row_id,
    c.returned_on as came_on,
    c.returned_at as came_at,
    null::date as return_by_on,
    c.quantity as units,
    w.word is not null as is_damaged,
    false as is_kept
from customer_return as c
left join derived.replaced_order as o
    on o.account_id = c.account_id and o.channel = 'amazon' and o.order_id = c.order_id
left join report_word as w
    on
        w.channel = 'amazon'
        and w.subject = 'disposition'
        and w.meaning = 'damaged'
        and w.word = derived.fold(c.disposition)
where c.quantity > 0
union all
select
    r.account_id,
    'walmart',
    coalesce(o.order_key, r.order_id),
    r.order_id,
    r.marketplace,
    r.sku,
    '',
    '',
    r.row_id,
    coalesce(r.status_on, r.requested_on),
    null,
    r.return_by_on,
    coalesce(nullif(r.quantity, 0), nullif(r.refunded_units, 0), 1),
    coalesce(w.meaning = 'damaged', false),
    s.word is null or coalesce(r.is_keep_it, false)
from return_order_line as r
left join derived.replaced_order as o
    on o.account_id = r.account_id and o.channel = 'walmart' and o.order_id = r.order_id
left join report_word as w
    on w.channel = 'walmart' and w.subject = 'return_reason' and w.word = derived.fold(r.reason)
left join report_word as s
    on s.channel = 'walmart' and s.subject = 'return_status' and s.word = derived.fold(r.status)
where
    r.is_keep_it
    or (s.word is not null and w.meaning is distinct from 'not_delivered')
    -- nothing is expected back of what was never delivered either, and that is owed
    or (not r.is_return_expected and w.meaning is distinct from 'not_delivered')
