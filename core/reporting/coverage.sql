-- one row per account, region, report and covered span of days, with the items in Review that wait for a gap beside it: one row per
-- currency of the waiting items, on the span before the gap, else on the span after it. A report without any coverage has a row
-- without days for its waiting items
create view reporting.coverage with (security_invoker = true) as
with waiting as (
    select
        w.account_id,
        f.channel,
        f.kind,
        w.format,
        w.region,
        w.currency,
        w.first_on,
        w.last_on,
        sum(w.items) as items,
        sum(w.amount) as amount
    from waiting_total as w
    inner join covered_format as f on f.format = w.format
    inner join derived.day as m on m.marketplace = w.marketplace
    -- account ids up to 0 are sums over accounts
    where w.account_id > 0 and w.deadline_on >= m.today
    group by w.account_id, f.channel, f.kind, w.format, w.region, w.currency, w.first_on, w.last_on
    having sum(w.items) <> 0
),

beside as (
    select distinct on (w.account_id, w.format, w.region, w.currency, w.first_on, w.last_on)
        w.*,
        c.format as span_format,
        c.currency as span_currency,
        c.known_by,
        c.covered_from
    from waiting as w
    inner join covered_format as f on f.channel = w.channel and f.kind = w.kind
    left join coverage as c
        on
            c.account_id = w.account_id
            and c.format = f.format
            and c.region = w.region
            and c.currency in ('', w.currency)
            and (c.covered_through = w.first_on - 1 or c.covered_from = w.last_on + 1)
    order by
        w.account_id, w.format, w.region, w.currency, w.first_on, w.last_on,
        c.covered_through = w.first_on - 1 desc nulls last, f.sort_order, c.covered_from desc, c.known_by
),

waiting_beside as (
    select
        account_id,
        region,
        coalesce(span_format, format) as format,
        span_currency,
        known_by,
        covered_from,
        currency,
        sum(items)::bigint as items,
        sum(amount) as amount
    from beside
    group by account_id, region, coalesce(span_format, format), span_currency, known_by, covered_from, currency
)

select
    a.code as account,
    c.region,
    c.format,
    c.covered_from,
    c.covered_through,
    c.known_by,
    coalesce(w.items, 0) as waiting_items,
    coalesce(w.amount, 0) as waiting_amount,
    coalesce(w.currency, c.currency) as currency
from coverage as c
inner join account as a on a.account_id = c.account_id
left join waiting_beside as w
    on
        w.account_id = c.account_id
        and w.region = c.region
        and w.format = c.format
        and w.span_currency = c.currency
        and w.known_by = c.known_by
        and w.covered_from = c.covered_from
union all
select a.code, w.region, w.format, null, null, null, w.items, w.amount, w.currency
from waiting_beside as w
inner join account as a on a.account_id = w.account_id
where w.covered_from is null
