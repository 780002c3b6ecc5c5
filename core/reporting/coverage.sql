-- one row per account, region, report and span of days for which it is known to be whole, with what waits for days that it lacks:
-- each waiting item stands with the last span that begins before its gap ends. A report of which no day is known has one row
-- without days, where anything waits for it
create view reporting.coverage with (security_invoker = true) as
with laid as (
    -- spans and gaps side by side in the order of days
    select
        account_id, format, region, currency, known_by, covered_from, covered_through, covered_from as day,
        0::bigint as items, 0::numeric as amount
    from coverage
    union all
    select account_id, format, region, '', null, null, null, last_on, items, amount
    from waiting_total
    where account_id > 0 and deadline_on >= derived.today('UTC')
),

told as (
    select
        *,
        greatest(
            count(known_by) over (
                partition by account_id, format, region order by day, known_by nulls last
            ),
            least(1, count(known_by) over (partition by account_id, format, region))
        ) as span
    from laid
)

select
    a.code as account,
    t.region,
    t.format,
    max(t.covered_from) as covered_from,
    max(t.covered_through) as covered_through,
    max(t.known_by) as known_by,
    sum(t.items)::bigint as waiting_items,
    sum(t.amount) as waiting_amount,
    max(t.currency) as currency
from told as t
inner join account as a on a.account_id = t.account_id
group by a.code, t.account_id, t.region, t.format, t.span
