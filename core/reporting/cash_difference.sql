-- one row per amount that Amazon approved and did not pay, where settlements are covered for all the days on which it may be paid,
-- or that Amazon paid and did not approve
create view derived.cash_difference with (security_invoker = true) as
with settled as (
    select c.account_id, r.currency, range_agg(daterange(c.covered_from, c.covered_through, '[]')) as days
    from coverage as c
    inner join covered_format as f on f.format = c.format and f.channel = 'amazon' and f.kind = 'settlements'
    inner join derived.account_region as r
        on
            r.account_id = c.account_id
            and r.channel = f.channel
            and r.region = c.region
            and r.currency <> ''
            and c.currency in ('', r.currency)
    group by c.account_id, r.currency
)

select
    u.account_id,
    u.row_id,
    u.side,
    u.marketplace,
    u.moved_on,
    u.reason,
    u.sku,
    u.order_id,
    u.amount,
    u.currency,
    u.document,
    u.file_id,
    u.line
from derived.unmatched_cash as u
left join settled as s on s.account_id = u.account_id and s.currency = u.currency
where u.side = 'paid' or s.days @> daterange(u.moved_on, u.moved_on + derived.days_to_cash(), '[]')
