-- one row per report row of goods returned under an order or its replacement, or left with the customer. A licence plate number is
-- one unit, however often and with whatever date an order's return reports it: the first row counts
create view derived.unit_back with (security_invoker = true) as
with told as (
    select
        *,
        license_plate = '' or row_number() over (
            partition by account_id, order_id, license_plate order by returned_on, row_id
        ) = 1 as is_first
    from customer_return
    where quantity > 0
)

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
    p.word is not null as is_said_paid,
    false as is_kept
from told as c
left join derived.replaced_order as o
    on o.account_id = c.account_id and o.channel = 'amazon' and o.order_id = c.order_id
left join report_word as w
    on
        w.channel = 'amazon'
        and w.subject = 'disposition'
        and w.meaning = 'damaged'
        and w.word = derived.fold(c.disposition)
left join report_word as p
    on
        p.channel = 'amazon'
        and p.subject = 'return_status'
        and p.meaning = 'paid'
        and p.word = derived.fold(c.status)
where c.is_first
union all
-- Walmart: COMPLETED means that the refund is done; the delivery status and events locate the goods
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
    false,
    not r.is_there or coalesce(r.is_keep_it, false)
from (
    select
        r.*,
        -- sqlfluff reads `exists (` as a call
        exists (  -- noqa: LT01, LT06
            select 1
            from report_word as s
            where
                s.channel = 'walmart'
                and s.meaning = 'back'
                and (
                    s.subject = 'return_status' and s.word = derived.fold(r.status)
                    or s.subject = 'return_event' and s.word = derived.fold(r.delivery_status)
                    or s.subject = 'return_event'
                    and s.word = any(string_to_array(derived.fold_list(r.tracking_events), ','))
                )
        ) as is_there
    from return_order_line as r
) as r
left join derived.replaced_order as o
    on o.account_id = r.account_id and o.channel = 'walmart' and o.order_id = r.order_id
left join report_word as w
    on w.channel = 'walmart' and w.subject = 'return_reason' and w.word = derived.fold(r.reason)
where
    r.is_keep_it
    or (r.is_there and w.meaning is distinct from 'not_delivered')
    -- undelivered goods are not expected back either, and are owed
    or (not r.is_return_expected and w.meaning is distinct from 'not_delivered')
