-- one row per order line of Walmart's returns: the party at fault, null where the returns differ or have no known reason
create view derived.return_fault with (security_invoker = true) as
select
    r.account_id,
    'walmart' as channel,
    r.order_id as order_key,
    r.sku,
    case when count(distinct coalesce(w.meaning, '')) = 1 then min(w.meaning) end as meaning
from return_order_line as r
left join report_word as w
    on w.channel = 'walmart' and w.subject = 'return_reason' and w.word = derived.fold(r.reason)
group by r.account_id, r.order_id, r.sku
